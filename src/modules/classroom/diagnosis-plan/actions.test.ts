import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { newId } from '#platform/ids.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { insertFollowUp } from '../follow-up/store.ts';
import {
  aBody,
  anAppointment,
  anObservation,
  aPerson,
  aSchool,
  aTaughtClass,
  aTerm,
  contextOf,
  type TestPerson,
} from '../testing.ts';
import {
  confirmDiagnosisPlan,
  getDiagnosisPlan,
  listDiagnosisPlans,
  openDiagnosisPlan,
  reviseDiagnosisPlan,
  saveDiagnosisPlan,
} from './actions.ts';
import type { PlanContent } from './contract.ts';
import { proposeDiagnosisLessons } from './proposals/actions.ts';
import { sumOf } from './rules.ts';
import { countPlans } from './store.ts';

const { db } = await createTestDatabase();

// 2024-03-20 is the Wednesday of week 4; Thursday is a holiday here.
const today = '2024-03-20T00:45:00Z';
const reader = (person: TestPerson) => contextOf(db, person, today);

const district = async () => {
  const { id: termId } = await aTerm(db, ['2024-03-21']);
  const school = await aSchool(db, { name: '青禾学校' });
  const principal = await aPerson(db, { name: '田校长', schoolId: school.id });
  const dean = await aPerson(db, { name: '孟主任', schoolId: school.id });
  await anAppointment(db, principal.id, { post: 'principal', schoolId: school.id });
  await anAppointment(db, dean.id, { post: 'dean', schoolId: school.id });
  const officer = await aPerson(db);
  await anAppointment(db, officer.id, {
    post: 'research-officer',
    bodyId: await aBody(db, { kind: 'research-office' }),
  });
  const stranger = await aPerson(db);
  await anAppointment(db, stranger.id, { post: 'principal', schoolId: (await aSchool(db)).id });
  const teachers: TestPerson[] = [];
  const classes: string[] = [];
  for (const [index, name] of ['甲老师', '乙老师', '丙老师'].entries()) {
    const teacher = await aPerson(db, { name, schoolId: school.id });
    teachers.push(teacher);
    classes.push(
      await aTaughtClass(db, {
        schoolId: school.id,
        termId,
        teacherId: teacher.id,
        grade: 3 + index,
        number: 1,
        subject: 'mathematics',
        times: [
          [3, 1],
          [4, 2],
          [5, 1 + index],
        ],
      }),
    );
  }
  return { termId, school, principal, dean, officer, stranger, teachers, classes };
};

let made: Awaited<ReturnType<typeof district>>;
before(async () => {
  made = await district();
});

const content = (changes: Partial<PlanContent> = {}): PlanContent => ({
  problem: '追问停在“是什么”',
  grades: [5],
  subjects: [],
  teacherIds: [],
  kinds: ['drop-in'],
  weeks: [
    { week: 3, lessons: 4 },
    { week: 4, lessons: 2 },
  ],
  talkOn: '当天',
  openPoints: '',
  ...changes,
});

const of = () => ({ schoolId: made.school.id, termId: made.termId });

describe('课堂诊断计划', () => {
  it('begins with the target spread over the weeks left', async () => {
    const page = await getDiagnosisPlan(await reader(made.principal), {});
    assert.deepEqual([page.target, page.plan, page.post, page.currentWeek], [170, null, 'principal', 4]);
    assert.equal(sumOf(page.proposal.weeks), 170);
    assert.equal(page.proposal.weeks[0]?.lessons, 0);
    const dean = await getDiagnosisPlan(await reader(made.dean), {});
    assert.deepEqual([dean.target, sumOf(dean.proposal.weeks)], [null, 0]);
  });

  it('is a draft, then confirmed, then changed only by a version with its reason', async () => {
    const context = await reader(made.dean);
    const draft = await saveDiagnosisPlan(context, { ...of(), version: 0, content: content({ talkOn: '' }) });
    await assert.rejects(
      confirmDiagnosisPlan(context, { ...of(), version: 1, content: content({ talkOn: '' }) }),
      {
        kind: 'invalid',
      },
    );
    await assert.rejects(saveDiagnosisPlan(context, { ...of(), version: 0, content: content() }), {
      kind: 'conflict',
    });
    await assert.rejects(openDiagnosisPlan(await reader(made.principal), { planId: draft.id }), {
      kind: 'not-found',
    });
    const confirmed = await confirmDiagnosisPlan(context, { ...of(), version: 1, content: content() });
    await assert.rejects(
      saveDiagnosisPlan(context, { ...of(), version: confirmed.version, content: content() }),
      {
        kind: 'conflict',
      },
    );
    await reviseDiagnosisPlan(context, {
      ...of(),
      version: confirmed.version,
      content: content({ grades: [4] }),
      reason: '新教师到岗',
    });
    const { plan } = await getDiagnosisPlan(context, {});
    assert.deepEqual(
      [plan?.state, plan?.content.grades, plan?.versions.map(({ number, reason }) => `${number} ${reason}`)],
      ['confirmed', [4], ['2 新教师到岗', '1 确定']],
    );
    const kept = await db
      .selectFrom('classroom.diagnosisPlanVersion')
      .select('content')
      .orderBy('number')
      .execute();
    assert.equal(kept.length, 2);
  });

  it('is open to the author and the principal; the district sees that it is there and its numbers', async () => {
    const planId = (await getDiagnosisPlan(await reader(made.dean), {})).plan?.id ?? '';
    const opened = await openDiagnosisPlan(await reader(made.principal), { planId });
    assert.deepEqual([opened.person.name, opened.may.edit], ['孟主任', false]);
    for (const person of [made.officer, made.stranger])
      await assert.rejects(openDiagnosisPlan(await reader(person), { planId }), { kind: 'not-found' });
    const listed = async (person: TestPerson) =>
      (await listDiagnosisPlans(await reader(person), { schoolId: made.school.id })).rows.map(
        ({ personName, state, planned, due, mayOpen }) => [personName, state, planned, due, mayOpen],
      );
    assert.deepEqual(await listed(made.principal), [
      ['田校长', null, null, null, false],
      ['孟主任', 'confirmed', 6, 4, true],
    ]);
    assert.deepEqual(await listed(made.officer), [
      ['田校长', null, null, null, false],
      ['孟主任', 'confirmed', 6, 4, false],
    ]);
    assert.deepEqual(await listed(made.dean), [['孟主任', 'confirmed', 6, 4, true]]);
    assert.deepEqual(await listed(made.stranger), []);
    assert.deepEqual(await countPlans(db, { ...of(), on: '2024-03-20' }), { leaders: 2, confirmed: 1 });
    await assert.rejects(getDiagnosisPlan(await reader(made.stranger), of()), { kind: 'not-found' });
    await assert.rejects(
      saveDiagnosisPlan(await reader(made.stranger), { ...of(), version: 0, content: content() }),
      { kind: 'not-found' },
    );
  });

  it('names no teacher of another school, and no lessons in a week without teaching', async () => {
    const context = await reader(made.principal);
    const save = (changes: Partial<PlanContent>) =>
      saveDiagnosisPlan(context, { ...of(), version: 0, content: content(changes) });
    await assert.rejects(save({ teacherIds: [made.stranger.id] }), { kind: 'invalid' });
    await assert.rejects(save({ weeks: [{ week: 39, lessons: 1 }] }), { kind: 'invalid' });
    await assert.rejects(
      save({
        weeks: [
          { week: 4, lessons: 1 },
          { week: 4, lessons: 2 },
        ],
      }),
      { kind: 'invalid' },
    );
  });

  it('proposes whom one has not seen, in focus first, not on a day off, and whoever really teaches', async () => {
    const context = await reader(made.principal);
    await confirmDiagnosisPlan(context, { ...of(), version: 0, content: content() });
    const [first, , third] = made.teachers;
    await anObservation(db, {
      observerId: made.principal.id,
      schoolId: made.school.id,
      termId: made.termId,
      content: { dayOn: '2024-03-19', slotFrom: 1, slotTo: 1, teacherId: third?.id ?? null },
    });
    const propose = async () => {
      const { days, planned, done } = await proposeDiagnosisLessons(context, {
        schoolId: made.school.id,
        on: '2024-03-20',
      });
      return {
        planned,
        done,
        days: days.map(({ dayOn, proposals }) => [
          dayOn,
          ...proposals.map(({ lesson, inFocus, insteadOf }) =>
            [String(lesson.slotFrom), lesson.teacherName, inFocus ? '重点' : '', insteadOf ?? '']
              .filter((word) => word !== '')
              .join(' '),
          ),
        ]),
      };
    };
    // The third teacher is in focus (grade 5) but was seen; the two others are not in focus.
    assert.deepEqual(await propose(), {
      planned: 2,
      done: 1,
      days: [
        ['2024-03-20', '1 甲老师'],
        ['2024-03-22', '2 乙老师'],
      ],
    });
    await db
      .insertInto('organisation.substitution')
      .values({
        id: newId(),
        schoolId: made.school.id,
        classId: made.classes[0] ?? '',
        dayOn: '2024-03-20',
        slot: 1,
        personId: made.dean.id,
        subject: 'mathematics',
      })
      .execute();
    const { days } = await propose();
    assert.deepEqual(days[0], ['2024-03-20', '1 孟主任 甲老师']);
    assert.equal(days[1]?.[1], `1 ${first?.name}`);
    await assert.rejects(
      proposeDiagnosisLessons(await reader(made.stranger), { schoolId: made.school.id, on: '2024-03-20' }),
      { kind: 'not-found' },
    );
  });

  it('counts what was done by week', async () => {
    const { weeks } = await getDiagnosisPlan(await reader(made.principal), {});
    assert.deepEqual(
      weeks.filter(({ done }) => done > 0).map(({ week, done }) => [week, done]),
      [[4, 1]],
    );
  });

  it('puts an agreed change of one’s own first, once a week, and nobody else’s', async () => {
    const third = made.teachers[2];
    assert.ok(third !== undefined);
    const id = await anObservation(db, {
      observerId: made.principal.id,
      schoolId: made.school.id,
      termId: made.termId,
      state: 'fed-back',
      content: { dayOn: '2024-03-12', slotFrom: 1, slotTo: 1, teacherId: third.id },
    });
    const proposed = async (person: TestPerson) => {
      const { days } = await proposeDiagnosisLessons(await reader(person), {
        schoolId: made.school.id,
        on: '2024-03-20',
      });
      return days.flatMap(({ proposals }) =>
        proposals.flatMap(({ lesson, toLook }) => (toLook ? [lesson.teacherId] : [])),
      );
    };
    assert.deepEqual(await proposed(made.principal), []);
    await insertFollowUp(db, id, made.principal.id);
    assert.deepEqual(await proposed(made.principal), [third.id]);
    assert.deepEqual(await proposed(made.dean), []);
  });
});
