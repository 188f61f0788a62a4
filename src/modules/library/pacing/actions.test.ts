import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findCurrentTerm } from '#modules/organisation/calendar/store.ts';
import { insertClass } from '#modules/organisation/teaching/store.ts';
import { newId } from '#platform/ids.ts';
import { Refusal, type RefusalKind } from '#platform/refusal.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { adaptItem } from '../adaptation/actions.ts';
import { findDraftContent, replaceDraftSection } from '../co-editing/store.ts';
import { emptyContent } from '../content/rules.ts';
import { startItem } from '../item/actions.ts';
import { reflect } from '../reflection/actions.ts';
import { getRound } from '../round/actions.ts';
import {
  aLessonDesign,
  aLibraryDistrict,
  aRow,
  contextOf,
  primaryMaths,
  publishOpenRound,
} from '../testing.ts';
import { aVolumeInUse } from '../unit-grid/testing.ts';
import { getPacing, shiftPacing } from './actions.ts';

const { db } = await createTestDatabase();
const district = await aLibraryDistrict(db);
const { here, writer, teacher, colleague, elsewhere, head } = district;
const { volumeId, first } = await aVolumeInUse(db);
const as = (personId: string) => contextOf(db, personId);
const term = await findCurrentTerm(db, '2026-11-23');
assert.ok(term);

const refused = (kind: RefusalKind) => (error: unknown) => error instanceof Refusal && error.kind === kind;
const place = { ...primaryMaths, volumeId, lessonId: null, schoolId: null, shared: true } as const;
const guide = await startItem(await as(writer), {
  ...place,
  unitId: null,
  kind: 'pacing-guide',
  title: '三年级上册教学进度',
  content: {
    sections: emptyContent('pacing-guide').sections.map((section) =>
      section.key === 'pacing'
        ? {
            ...section,
            body: {
              form: 'rows' as const,
              rows: [
                aRow('a', { week: '1', content: first.id, hours: '2' }),
                aRow('b', { week: '2', content: first.lessons[1]?.id ?? '', topic: '练习', hours: '1' }),
                aRow('c', { week: '3', content: '第二单元 万以内的加法', hours: '3' }),
                aRow('d', { week: '40', content: '期末复习' }),
              ],
            },
          }
        : section,
    ),
  },
});
const draftOf = async (personId: string) => getPacing(await as(personId), { itemId: guide.id, of: 'draft' });
const weeksOf = async () =>
  (await draftOf(writer)).weeks.flatMap(({ number, entries }) => entries.map(({ id }) => `${id}${number}`));

describe('a pacing guide on the calendar', () => {
  it('lies over the weeks of the term in which its volume is taught', async () => {
    const { term: shown, weeks, outside, currentWeek, checks } = await draftOf(writer);
    assert.equal(shown.id, term.id);
    assert.equal(weeks[0]?.from, term.startsOn);
    assert.deepEqual(
      weeks.slice(0, 3).map(({ entries }) => entries.map(({ text, hours }) => [text, hours])),
      [
        [['第一单元 时分秒', 2]],
        [['第一单元 时分秒 第2课 时间的计算：练习', 1]],
        [['第二单元 万以内的加法', 3]],
      ],
    );
    assert.deepEqual(
      outside.map(({ id, text, week }) => [id, text, week]),
      [['d', '期末复习', 40]],
    );
    assert.equal(currentWeek, 13);
    assert.ok(weeks.some(({ notes }) => notes.some((note) => note.startsWith('国庆节'))));
    assert.ok(checks.some(({ sentence }) => sentence.includes('第40周')));
    assert.ok(checks.some(({ fits, sentence }) => fits && sentence.includes('进度共6课时')));
  });

  it('is seen as a draft by those who write it alone', async () => {
    await assert.rejects(draftOf(teacher), refused('not-found'));
    await assert.rejects(
      async () => getPacing(await as(writer), { itemId: guide.id, of: 'published' }),
      refused('not-found'),
    );
    assert.equal((await draftOf(head)).round?.mayShift, false);
  });
});

describe('shifting in the draft', () => {
  const shift = async (personId: string, from: number, by: number, version?: number) => {
    const round = await getRound(await as(writer), { id: guide.roundId });
    return shiftPacing(await as(personId), {
      id: guide.roundId,
      version: version ?? round.version,
      from,
      by,
    });
  };

  it('moves what is planned from a week on, by the version that was seen', async () => {
    const { version } = await getRound(await as(writer), { id: guide.roundId });
    // What stands beyond the form's last week is in the way.
    await assert.rejects(shift(writer, 2, 1, version), refused('invalid'));
    const body = (await findDraftContent(db, guide.roundId))?.content.sections.find(
      ({ key }) => key === 'pacing',
    )?.body;
    assert.ok(body?.form === 'rows');
    const rows = body.rows.filter(({ id }) => id !== 'd');
    await replaceDraftSection(db, guide.roundId, {
      key: 'pacing',
      body: { form: 'rows', rows },
      personId: writer,
    });
    assert.deepEqual(await weeksOf(), ['a1', 'b2', 'c3']);
    assert.equal((await shift(writer, 2, 1)).moved, 2);
    assert.deepEqual(await weeksOf(), ['a1', 'b3', 'c4']);
    await assert.rejects(shift(writer, 2, 1, version), refused('conflict'));
    assert.deepEqual(await weeksOf(), ['a1', 'b3', 'c4']);
    await shift(writer, 3, -1);
    assert.deepEqual(await weeksOf(), ['a1', 'b2', 'c3']);
  });

  it('is refused to whoever does not write it, and once it is sent', async () => {
    await assert.rejects(shift(elsewhere, 2, 1), refused('not-found'));
    await assert.rejects(shift(head, 2, 1), refused('forbidden'));
    await publishOpenRound(db, district, guide.roundId);
    await assert.rejects(shift(writer, 2, 1), refused('not-found'));
  });
});

describe('what a school has taught', () => {
  it('stands beside the plan, for its own people only', async () => {
    const design = await startItem(await as(writer), {
      ...place,
      kind: 'lesson-design',
      title: '秒的认识',
      unitId: first.id,
      content: aLessonDesign(),
    });
    await publishOpenRound(db, district, design.roundId);
    const { id: adaptationId } = await adaptItem(await as(teacher), {
      itemId: design.id,
      schoolId: here,
      openTo: 'maker',
    });
    for (const taughtOn of ['2026-09-08', '2026-09-10', '2026-09-15'])
      await reflect(await as(teacher), {
        id: newId(),
        adaptationId,
        taughtOn,
        classLabel: '',
        worked: '学生会说算理。',
        change: '',
        aspects: {},
      });
    const taughtBy = async (personId: string) => {
      const { units } = await getPacing(await as(personId), { itemId: guide.id, of: 'published' });
      return units.map(({ planned, taught }) => ({ planned, taught }));
    };
    assert.deepEqual(await taughtBy(colleague), [
      { planned: [1, 2], taught: [2, 3] },
      { planned: [3], taught: [] },
    ]);
    assert.deepEqual((await taughtBy(elsewhere))[0]?.taught, []);
    assert.deepEqual((await taughtBy(head))[0]?.taught, null);
  });

  it('knows the weekly lessons of the caller’s own school from its timetable', async () => {
    const lessonsIn = async (personId: string) => {
      const { weeks } = await getPacing(await as(personId), { itemId: guide.id, of: 'published' });
      return weeks[1]?.lessons;
    };
    assert.equal(await lessonsIn(teacher), null);
    const classId = await insertClass(db, { schoolId: here, stage: 'primary', entryYear: 2024, number: 1 });
    const assignmentId = newId();
    await db
      .insertInto('organisation.teachingAssignment')
      .values({
        id: assignmentId,
        personId: teacher,
        schoolId: here,
        termId: term.id,
        grade: 3,
        subject: 'mathematics',
        classId,
      })
      .execute();
    await db
      .insertInto('organisation.timetableEntry')
      .values([
        ...[1, 2, 3, 4].map((weekday) => ({ assignmentId, weekday, slot: 1, weekParity: 'every' })),
        { assignmentId, weekday: 5, slot: 1, weekParity: 'odd' },
        { assignmentId, weekday: 5, slot: 2, weekParity: 'even' },
      ])
      .execute();
    assert.equal(await lessonsIn(teacher), 5);
    assert.equal(await lessonsIn(elsewhere), null);
    assert.equal(await lessonsIn(head), null);
  });
});
