import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Refusal } from '#platform/refusal.ts';
import { createTestDatabase } from '#platform/testing.ts';
import type { Content, Row } from '../content/contract.ts';
import { emptyContent } from '../content/rules.ts';
import { startItem } from '../item/actions.ts';
import {
  aLessonDesign,
  aLibraryDistrict,
  aRow,
  contextOf,
  primaryMaths,
  publishOpenRound,
} from '../testing.ts';
import { aVolumeInUse } from '../unit-grid/testing.ts';
import type { ItemKind } from '../vocabulary/contract.ts';
import { getDesignLimits, getPaperAgreement } from './actions.ts';

const { db } = await createTestDatabase();
const district = await aLibraryDistrict(db);
const { writer, teacher, elsewhere } = district;
const { volumeId, first, second } = await aVolumeInUse(db);
const as = (personId: string) => contextOf(db, personId);

const written = (kind: ItemKind, rows: Readonly<Record<string, readonly Row[]>>): Content => ({
  sections: emptyContent(kind).sections.map((section) =>
    section.body.form === 'rows'
      ? { ...section, body: { form: 'rows', rows: [...(rows[section.key] ?? [])] } }
      : section,
  ),
});
const started = async (kind: ItemKind, unitId: string | null, content: Content) =>
  startItem(await as(writer), {
    ...primaryMaths,
    kind,
    title: kind,
    volumeId,
    unitId,
    lessonId: null,
    schoolId: null,
    shared: true,
    content,
  });
const question = (id: string, cells: Record<string, string>): Row =>
  aRow(id, {
    number: id,
    stem: '算一算',
    source: 'original',
    author: '甲',
    chooser: '乙',
    reviewer: '丙',
    purchased: 'no',
    ...cells,
  });
const goals = (...levels: string[]) =>
  levels.map((level, at) => aRow(`g${at}`, { goal: `目标${at}`, level }));

describe('limits for a design', () => {
  it('come from the district’s dated setting and the stage', async () => {
    const third = await getDesignLimits(await as(teacher), { grade: 3 });
    assert.equal(third.lessonMinutes, 40);
    assert.equal(third.homework?.minutes, 60);
    assert.equal((await getDesignLimits(await as(teacher), { grade: 1 })).homework?.takeHome, false);
    assert.equal((await getDesignLimits(await as(teacher), { grade: 8 })).lessonMinutes, 45);
  });
});

describe('a paper against the goals of its units', async () => {
  const paper = await started(
    'test-paper',
    null,
    written('test-paper', {
      facts: [aRow('f1', { purpose: 'final' })],
      items: [
        question('1', { content: '时分秒', level: 'know', points: '40' }),
        question('2', { content: second.lessons[0]?.id ?? '', level: 'apply', points: '50' }),
        question('3', { content: second.id, level: 'evaluate', points: '10' }),
        question('4', { content: '分数的认识', level: 'apply', points: '10' }),
      ],
    }),
  );
  const ofDraft = { itemId: paper.id, of: 'draft' } as const;

  it('says what is missing while no design says its goals’ levels', async () => {
    const found = await getPaperAgreement(await as(writer), ofDraft);
    assert.equal(found.index, null);
    assert.match(found.reason ?? '', /没有写明目标的水平/);
    assert.equal(found.leftOut, 1);
  });

  it('a unit design’s goals count; lessons’ only where the unit has no design', async () => {
    const lesson = await started('lesson-design', first.id, aLessonDesign({ goals: goals('know', 'know') }));
    await publishOpenRound(db, district, lesson.roundId);
    const unit = await started(
      'unit-design',
      second.id,
      written('unit-design', {
        goals: goals('apply', 'apply'),
        tasks: [aRow('t1', { task: '解决问题', goals: 'g0' })],
        lessons: [aRow('l1', { topic: '课时一', goals: 'g0' })],
      }),
    );
    await publishOpenRound(db, district, unit.roundId);
    const more = await started('lesson-design', second.id, aLessonDesign({ goals: goals('create') }));
    await publishOpenRound(db, district, more.roundId);
    const found = await getPaperAgreement(await as(writer), ofDraft);
    // Paper 0.4 know, 0.5 apply, 0.1 evaluate; goals 0.5 and 0.5.
    assert.equal(found.index, 0.9);
    assert.deepEqual(
      found.units.map(({ name }) => name),
      ['第一单元 时分秒', '第二单元 万以内的加法'],
    );
    assert.deepEqual(
      found.goals.flat().filter((share) => share > 0),
      [0.5, 0.5],
    );
  });

  it('is nobody’s who may not see the draft, and published for everybody', async () => {
    const gone = (error: unknown) => error instanceof Refusal && error.kind === 'not-found';
    const refused = async (itemId: string, of: 'published' | 'draft') =>
      assert.rejects(getPaperAgreement(await as(elsewhere), { itemId, of }), gone);
    await refused(paper.id, 'draft');
    await refused(paper.id, 'published');
    await publishOpenRound(db, district, paper.roundId);
    await refused(paper.id, 'draft');
    assert.equal(
      (await getPaperAgreement(await as(elsewhere), { itemId: paper.id, of: 'published' })).index,
      0.9,
    );
  });
});
