import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTestDatabase } from '#platform/testing.ts';
import { emptyContent } from '../content/rules.ts';
import { getItem, startItem, withdrawItem } from '../item/actions.ts';
import {
  aLessonDesign,
  aLibraryDistrict,
  aParagraph,
  contextOf,
  primaryMaths,
  publishOpenRound,
} from '../testing.ts';
import type { ItemKind } from '../vocabulary/contract.ts';
import { getUnitGrid, listGridCompleteness } from './actions.ts';
import { maySeeCompleteness } from './policy.ts';
import { aVolumeInUse } from './testing.ts';

const { db } = await createTestDatabase();
const district = await aLibraryDistrict(db);
const { writer, teacher, lead, head, chinese, here } = district;
const { volumeId, first, second } = await aVolumeInUse(db);
const as = (personId: string) => contextOf(db, personId);

const contentOf = (kind: ItemKind) =>
  kind === 'lesson-design'
    ? aLessonDesign()
    : {
        sections: emptyContent(kind).sections.map((section) =>
          section.body.form === 'text'
            ? { ...section, body: { form: 'text' as const, blocks: [aParagraph('先摆一摆，再说算理。')] } }
            : section,
        ),
      };
const started = async (
  kind: ItemKind,
  unitId: string | null,
  lessonId: string | null,
  schoolId: string | null = null,
) =>
  startItem(await as(schoolId === null ? writer : teacher), {
    ...primaryMaths,
    kind,
    title: `${kind} ${lessonId ?? ''}`.trim(),
    volumeId,
    unitId,
    lessonId,
    schoolId,
    shared: true,
    content: contentOf(kind),
  });
const published = async (...place: Parameters<typeof started>) => {
  const made = await started(...place);
  await publishOpenRound(db, district, made.roundId);
  return made;
};

const lessonId = first.lessons[0]?.id ?? null;
await published('lesson-design', first.id, lessonId);
await published('strategy-guide', second.id, null);
await started('unit-design', first.id, null);
await started('pacing-guide', null, null);
await started('homework-design', second.id, null, here);

const gridOf = async (personId: string) => {
  const grid = await getUnitGrid(await as(personId), {});
  const [volume] = grid.volumes;
  assert.ok(volume);
  const state = (unit: number, kind: string): string | undefined =>
    volume.units[unit]?.cells.find((cell) => cell.kind === kind)?.state;
  return { grid, volume, state };
};

describe('the unit grid', () => {
  it('shows the caller’s own subject in the current term when nothing is asked', async () => {
    const { grid, volume } = await gridOf(writer);
    assert.deepEqual([grid.subject, grid.grade, grid.schoolYear, grid.term], ['mathematics', 3, 2026, 1]);
    assert.deepEqual(
      volume.units.map(({ title, lessons }) => [title, lessons.length]),
      [
        ['时分秒', 2],
        ['万以内的加法', 1],
      ],
    );
    assert.ok(grid.terms.some(({ schoolYear, term }) => schoolYear === 2025 && term === 2));
  });

  it('says what is published, in work and empty, and links each', async () => {
    const { volume, state } = await gridOf(writer);
    assert.equal(volume.pacing.state, 'in-work');
    assert.equal(state(0, 'lesson-design'), 'partly');
    assert.equal(state(0, 'unit-design'), 'in-work');
    assert.equal(state(1, 'strategy-guide'), 'full');
    assert.equal(state(1, 'lesson-design'), 'empty');
    const cell = volume.units[0]?.cells.find(({ kind }) => kind === 'lesson-design');
    assert.deepEqual([cell?.done, cell?.planned, cell?.items[0]?.lessonId], [1, 2, lessonId]);
  });

  it('shows a teacher what is published, not what the core group is writing', async () => {
    const { grid, volume, state } = await gridOf(teacher);
    assert.equal(state(0, 'lesson-design'), 'partly');
    assert.equal(state(0, 'unit-design'), 'empty');
    assert.equal(volume.pacing.state, 'empty');
    assert.equal(grid.may.start, false);
    assert.equal((await gridOf(writer)).grid.may.start, true);
  });

  it('holds the district’s system: a school’s own fills no cell, nor does what was withdrawn', async () => {
    assert.equal((await gridOf(teacher)).state(1, 'homework-design'), 'empty');
    const { id } = await published('showcase', second.id, null);
    assert.equal((await gridOf(writer)).state(1, 'showcase'), 'full');
    const { version } = await getItem(await as(lead), { id });
    await withdrawItem(await as(lead), { id, version, reason: '活动取消' });
    assert.equal((await gridOf(writer)).state(1, 'showcase'), 'empty');
  });

  it('has no volume where no edition is in use', async () => {
    const grid = await getUnitGrid(await as(writer), { subject: 'chinese', grade: 3 });
    assert.deepEqual(grid.volumes, []);
    assert.equal((await getUnitGrid(await as(writer), { schoolYear: 2026, term: 2 })).volumes.length, 0);
  });
});

describe('completeness over subjects', () => {
  it('counts the same cells as the grid', async () => {
    const { rows } = await listGridCompleteness(await as(head), {});
    assert.deepEqual(rows, [
      { subject: 'mathematics', stage: 'primary', grade: 3, units: 2, cells: 17, full: 1 },
    ]);
  });

  it('is for the leading group and for officers in their own fields', async () => {
    assert.equal((await listGridCompleteness(await as(lead), {})).rows.length, 1);
    assert.deepEqual((await listGridCompleteness(await as(chinese), {})).rows, []);
    assert.equal(maySeeCompleteness((await as(teacher)).actor), false);
    assert.equal(maySeeCompleteness((await as(writer)).actor), false);
  });
});
