import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { type Database, isLostRace, type Queryable } from '#platform/database/database.ts';
import { Refusal } from '#platform/refusal.ts';
import { readTables } from '#platform/spreadsheet/read-tables.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { printAppendix } from '../appendix/actions.ts';
import { endAppointment } from '../appointments/actions.ts';
import { getSchool } from '../schools/actions.ts';
import {
  actorOf,
  contextFor,
  makeAppointment,
  makeBody,
  makePerson,
  makeSchool,
  placeSchool,
  standingBody,
} from '../testing.ts';
import { getStructure, moveSchool, setSubjectBase } from './actions.ts';

const { db } = await createTestDatabase();

const district = async (on: Database) => {
  const base = await makeSchool(on, '春晖小学');
  const member = await makeSchool(on, '柳岸中心校', { kind: 'central' });
  const outside = await makeSchool(on, '清河学校', { kind: 'nine-year', stages: ['primary', 'junior'] });
  const consortium = await makeBody(on, 'consortium', '春晖小学联合体', { stage: 'primary' });
  await placeSchool(on, consortium, base, 'primary', 'base');
  await placeSchool(on, consortium, member, 'primary');
  const group = await makeBody(on, 'core-group', '小学数学研训中心组', {
    stage: 'primary',
    subject: 'mathematics',
  });
  const team = await makeBody(on, 'grade-team', '一年级', {
    stage: 'primary',
    subject: 'mathematics',
    parentId: group,
    gradeFrom: 1,
    gradeTo: 1,
  });
  const thinking = await makeBody(on, 'grade-team', '思维课', {
    stage: 'primary',
    subject: 'mathematics',
    parentId: group,
    gradeFrom: 1,
    gradeTo: 6,
    topic: '思维课',
  });
  const lead = await makePerson(on, '郑一鸣');
  const gradeLead = await makePerson(on, '王二妹', { schoolId: base });
  const first = await makePerson(on, '李三多', { schoolId: member });
  const second = await makePerson(on, '么四海');
  await makeAppointment(on, lead, 'lead', { bodyId: group });
  await makeAppointment(on, gradeLead, 'grade-lead', { bodyId: team });
  const membership = await makeAppointment(on, first, 'member', { bodyId: team });
  await makeAppointment(on, second, 'member', { bodyId: team });
  await makeAppointment(on, second, 'grade-lead', { bodyId: thinking });
  const leader = await makePerson(on, '钱五福');
  await makeAppointment(on, leader, 'head', { bodyId: await standingBody(on, 'leading-group') });
  await makeAppointment(on, leader, 'head', { bodyId: consortium });
  return { base, member, outside, consortium, membership };
};

let made: Awaited<ReturnType<typeof district>>;
before(async () => {
  made = await district(db);
});

const context = async () => contextFor(db, await actorOf(db, null, { duties: ['system'] }));

const basesVersion = async () => (await getStructure(await context(), {})).subjectBasesVersion;
const placesVersion = async (schoolId: string) =>
  (await getSchool(await context(), { schoolId })).placesVersion;

const cellsOf = async (number: string, on: string): Promise<string[][]> => {
  const { bytes } = await printAppendix(await context(), { params: { number }, query: { on } });
  assert.ok(Buffer.isBuffer(bytes));
  const rows: string[][] = [];
  for await (const { table, cells } of readTables({ name: 'appendix.docx', bytes }))
    if (table !== '正文') rows.push(cells);
  return rows;
};

test('the structure is one picture of a day', async () => {
  const structure = await getStructure(await context(), {});
  assert.deepEqual(
    structure.consortia.map(({ name, schools, heads }) => [
      name,
      schools.map((school) => `${school.name} ${school.role}`),
      heads.map((head) => head.name),
    ]),
    [['春晖小学联合体', ['春晖小学 base', '柳岸中心校 member'], ['钱五福']]],
  );
  assert.deepEqual(
    structure.coreGroups[0]?.teams.map(({ topic, gradeFrom, gradeTo }) => [topic, gradeFrom, gradeTo]),
    [
      ['思维课', 1, 6],
      [null, 1, 1],
    ],
  );
  assert.deepEqual(
    structure.leadingGroup.holders.map(({ name, post }) => [name, post]),
    [['钱五福', 'head']],
  );
  assert.deepEqual(
    structure.schoolsOutside.map(({ name, stage }) => [name, stage]),
    [
      ['清河学校', 'junior'],
      ['清河学校', 'primary'],
    ],
  );
});

test('nine junior and four primary slots for strong-subject bases, none set at first', async () => {
  const { subjectBases } = await getStructure(await context(), {});
  assert.deepEqual(
    [subjectBases.filter(({ stage }) => stage === 'junior').length, subjectBases.length],
    [9, 13],
  );
  assert.equal(
    subjectBases.every(({ school }) => school === null),
    true,
  );
});

test('a base is set from a day on; before that day it was another, or none', async () => {
  const slot = { stage: 'primary', subject: 'science' } as const;
  const baseOn = async (on: string) =>
    (await getStructure(await context(), { on })).subjectBases.find(
      ({ stage, subject }) => stage === slot.stage && subject === slot.subject,
    )?.school?.name;
  await setSubjectBase(await context(), {
    ...slot,
    schoolId: made.base,
    from: '2026-03-01',
    version: await basesVersion(),
  });
  await setSubjectBase(await context(), {
    ...slot,
    schoolId: made.member,
    from: '2026-10-01',
    version: await basesVersion(),
  });
  assert.deepEqual(
    [await baseOn('2026-02-28'), await baseOn('2026-09-30'), await baseOn('2026-10-01')],
    [undefined, '春晖小学', '柳岸中心校'],
  );
  await setSubjectBase(await context(), {
    ...slot,
    schoolId: made.base,
    from: '2026-03-01',
    version: await basesVersion(),
  });
  assert.equal(await baseOn('2026-12-01'), '春晖小学');
  await assert.rejects(
    setSubjectBase(await context(), {
      stage: 'junior',
      subject: 'music',
      schoolId: null,
      from: '2026-03-01',
      version: await basesVersion(),
    }),
    { kind: 'invalid' },
  );
});

test('appendix 1 prints grade teams with short school names, for today and for a past day', async () => {
  const { version } = await db
    .selectFrom('organisation.appointment')
    .select('version')
    .where('id', '=', made.membership)
    .executeTakeFirstOrThrow();
  await endAppointment(await context(), {
    appointmentId: made.membership,
    version,
    activeTo: '2026-09-01',
  });
  const past = await cellsOf('1', '2026-08-31');
  const now = await cellsOf('1', '2026-09-01');
  const head = ['学科', '组长', '年级', '组长', '组员'];
  assert.deepEqual(past.slice(-3), [
    head,
    ['数学', '郑一鸣', '1-6 思维课', '么四海'],
    ['数学', '郑一鸣', '一年级', '王二妹(春晖小学)', '李三多(柳岸中心校) 么四海'],
  ]);
  assert.deepEqual(now.at(-1), ['数学', '郑一鸣', '一年级', '王二妹(春晖小学)', '么四海']);
});

test('appendix 2 prints base, members and head; appendix 3 every slot', async () => {
  assert.deepEqual(await cellsOf('2', '2026-08-31'), [
    ['学段', '研训基地校', '联合学校', '负责人'],
    ['小学', '春晖小学', '柳岸中心校', '钱五福'],
  ]);
  assert.equal((await cellsOf('3', '2026-08-31')).length, 14);
});

test('an appendix of another number, or of no day, is refused', async () => {
  const ask = async (number: string, on: string) =>
    printAppendix(await context(), { params: { number }, query: { on } });
  await assert.rejects(ask('4', '2026-08-31'), { kind: 'not-found' });
  await assert.rejects(ask('1', '2026-02-30'), { kind: 'invalid' });
});

test('a school moves from one consortium to another on a day', async () => {
  const other = await makeBody(db, 'consortium', '清河学校联合体', { stage: 'primary' });
  await moveSchool(await context(), {
    schoolId: made.member,
    stage: 'primary',
    consortiumId: other,
    role: 'base',
    from: '2026-11-01',
    version: await placesVersion(made.member),
  });
  const placeOn = async (on: string) =>
    (await getStructure(await context(), { on })).consortia
      .filter(({ schools }) => schools.some(({ id }) => id === made.member))
      .map(({ name }) => name);
  assert.deepEqual(await placeOn('2026-10-31'), ['春晖小学联合体']);
  assert.deepEqual(await placeOn('2026-11-01'), ['清河学校联合体']);
  await assert.rejects(
    moveSchool(await context(), {
      schoolId: made.outside,
      stage: 'primary',
      consortiumId: other,
      role: 'base',
      from: '2026-11-02',
      version: await placesVersion(made.outside),
    }),
    { kind: 'conflict' },
  );
});

test('of two people who name a base at the same moment one is told, and one base stands', async () => {
  const schools = [await makeSchool(db, '甲一小学'), await makeSchool(db, '乙二小学')];
  const consortiumId = await makeBody(db, 'consortium', '同时联合体', { stage: 'primary' });
  const keeper = await actorOf(db, null, { duties: ['system'] });
  const from = '2025-09-01';
  const atOnce = (act: (on: Queryable, schoolId: string) => Promise<unknown>) =>
    Promise.allSettled(schools.map((id) => db.transaction().execute((on) => act(on, id))));
  const subject = { stage: 'primary', subject: 'english', from } as const;
  const place = { stage: 'primary', consortiumId, role: 'base', from } as const;
  const version = await basesVersion();
  const none = await placesVersion(schools[0] ?? '');
  const outcomes = [
    await atOnce((on, schoolId) => moveSchool(contextFor(on, keeper), { ...place, schoolId, version: none })),
    await atOnce((on, schoolId) => setSubjectBase(contextFor(on, keeper), { ...subject, schoolId, version })),
  ];
  for (const both of outcomes)
    for (const outcome of both)
      if (outcome.status === 'rejected')
        assert.ok(outcome.reason instanceof Refusal || isLostRace(outcome.reason), String(outcome.reason));
  const bases = await db
    .selectFrom('organisation.consortiumSchool')
    .select('id')
    .where('consortiumId', '=', consortiumId)
    .where('role', '=', 'base')
    .execute();
  const subjectBases = await db
    .selectFrom('organisation.subjectBase')
    .select('id')
    .where('subject', '=', 'english')
    .where('stage', '=', 'primary')
    .where('activeTo', 'is', null)
    .execute();
  assert.deepEqual([bases.length, subjectBases.length], [1, 1]);
});

test('a base or a place that somebody else set meanwhile is not overwritten', async () => {
  const slot = { stage: 'primary', subject: 'chinese', from: '2026-09-01' } as const;
  const shown = await basesVersion();
  await setSubjectBase(await context(), { ...slot, schoolId: made.base, version: shown });
  const late = { ...slot, schoolId: null };
  await assert.rejects(setSubjectBase(await context(), { ...late, version: shown }), { kind: 'conflict' });
  const { subjectBases } = await getStructure(await context(), {});
  assert.equal(
    subjectBases.find(({ stage, subject }) => stage === slot.stage && subject === slot.subject)?.school?.id,
    made.base,
  );
  await setSubjectBase(await context(), { ...late, version: await basesVersion() });

  const schoolId = await makeSchool(db, '丙三小学');
  const place = { schoolId, stage: 'primary', role: 'member' } as const;
  const shownFirst = await placesVersion(schoolId);
  // Planned for later, so that today's picture of the school is the same to whoever looks.
  const planned = { ...place, consortiumId: made.consortium, from: '2027-02-01' };
  await moveSchool(await context(), { ...planned, version: shownFirst });
  const gone = { ...place, consortiumId: null, from: '2026-12-01' };
  await assert.rejects(moveSchool(await context(), { ...gone, version: shownFirst }), { kind: 'conflict' });
  const places = () =>
    db.selectFrom('organisation.consortiumSchool').where('schoolId', '=', schoolId).select('id').execute();
  assert.equal((await places()).length, 1);
  await moveSchool(await context(), { ...gone, version: await placesVersion(schoolId) });
  assert.equal((await places()).length, 0);
});
