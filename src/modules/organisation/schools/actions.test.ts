import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestDatabase } from '#platform/testing.ts';
import { appoint } from '../appointments/actions.ts';
import { acceptNomination, nominate } from '../coverage/actions.ts';
import { getStructure, moveSchool, setSubjectBase } from '../structure/actions.ts';
import {
  actorOf,
  contextFor,
  makeAppointment,
  makeBody,
  makePerson,
  makeSchool,
  placeSchool,
} from '../testing.ts';
import { closeSchool, getSchool, previewCloseOfSchool } from './actions.ts';

const { db } = await createTestDatabase();

const system = async () => contextFor(db, await actorOf(db, null, { duties: ['system'] }));
const basesVersion = async () => (await getStructure(await system(), {})).subjectBasesVersion;

let made = 0;

/** A base school with leaders, a teacher in a subject group, a base of a subject, and a campus. */
const aSchoolWithEverything = async () => {
  made += 1;
  const id = await makeSchool(db, `春晖${made}小学`);
  const consortium = await makeBody(db, 'consortium', `春晖${made}小学联合体`, { stage: 'primary' });
  await placeSchool(db, consortium, id, 'primary', 'base');
  const group = await makeBody(db, 'subject-group', `春晖${made}小学联合体语文学科组`, {
    stage: 'primary',
    subject: 'chinese',
    parentId: consortium,
  });
  const core = await makeBody(db, 'core-group', `小学语文研训中心组${made}`, {
    stage: 'primary',
    subject: 'chinese',
  });
  const principal = await makePerson(db, '赵校长', { schoolId: id });
  await makeAppointment(db, principal, 'principal', { schoolId: id });
  const teacher = await makePerson(db, '陈老师', { schoolId: id });
  await makeAppointment(db, teacher, 'teacher', { schoolId: id });
  await makeAppointment(db, teacher, 'subject-lead', { schoolId: id, subject: 'chinese' });
  for (const grade of [1, 2])
    await makeAppointment(db, teacher, 'member', {
      bodyId: group,
      schoolId: id,
      gradeFrom: grade,
      gradeTo: grade,
    });
  await makeAppointment(db, teacher, 'member', { bodyId: core, schoolId: id });
  return { id, consortium, principal, teacher };
};

const postsOn = async (personId: string, on: string) =>
  (await actorOf(db, personId, { on })).appointments.map(({ post, bodyKind }) => bodyKind ?? post).sort();

test('what ends with a school is said first, then ends with the day, each with its audit entry', async () => {
  const { id, consortium, principal, teacher } = await aSchoolWithEverything();
  await setSubjectBase(await system(), {
    stage: 'primary',
    subject: 'chinese',
    schoolId: id,
    from: '2026-03-01',
    version: await basesVersion(),
  });
  const end = { schoolId: id, activeTo: '2026-12-01' };
  const effect = await previewCloseOfSchool(await system(), end);
  assert.deepEqual(
    { ...effect, consortia: effect.consortia.map(({ id: one, role }) => [one, role]) },
    {
      leaders: [{ personId: principal, name: '赵校长', post: 'principal' }],
      otherStaff: 1,
      groupMembers: 1,
      consortia: [[consortium, 'base']],
      subjectBases: [{ stage: 'primary', subject: 'chinese' }],
      peopleLeft: 2,
    },
  );
  assert.equal((await getSchool(await system(), { schoolId: id })).activeTo, null);
  await assert.rejects(closeSchool(await system(), { ...end, version: 7 }), { kind: 'conflict' });

  await closeSchool(await system(), { ...end, version: 1 });
  assert.deepEqual(
    [await postsOn(principal, '2026-11-30'), await postsOn(principal, '2026-12-01')],
    [['principal'], []],
  );
  assert.deepEqual(
    [await postsOn(teacher, '2026-11-30'), await postsOn(teacher, '2026-12-01')],
    [['core-group', 'subject-group', 'subject-group', 'subject-lead', 'teacher'], ['core-group']],
  );
  const picture = async (on: string) => {
    const { consortia, subjectBases } = await getStructure(await system(), { on });
    return [
      consortia.find((one) => one.id === consortium)?.schools.length,
      subjectBases.some(({ school }) => school?.id === id),
    ];
  };
  assert.deepEqual(
    [await picture('2026-11-30'), await picture('2026-12-01')],
    [
      [1, true],
      [0, false],
    ],
  );
  const places = await db
    .selectFrom('organisation.consortiumSchool')
    .where('schoolId', '=', id)
    .select('activeTo')
    .execute();
  assert.deepEqual(places, [{ activeTo: '2026-12-01' }]);
  const audited = await db
    .selectFrom('platform.auditEntry')
    .select(({ fn }) => ['action', fn.countAll<number>().as('count')])
    .where('action', 'in', ['organisation.school-closed', 'organisation.appointment-ended'])
    .groupBy('action')
    .orderBy('action')
    .execute();
  assert.deepEqual(audited, [
    { action: 'organisation.appointment-ended', count: 5 },
    { action: 'organisation.school-closed', count: 1 },
  ]);
  await assert.rejects(previewCloseOfSchool(await system(), end), { kind: 'conflict' });
});

test('a closed school takes neither a place, a base nor a post; before its last day it does', async () => {
  const { id, teacher } = await aSchoolWithEverything();
  await closeSchool(await system(), { schoolId: id, version: 1, activeTo: '2026-12-01' });
  const other = await makeBody(db, 'consortium', '清河小学联合体', { stage: 'primary' });
  const place = { schoolId: id, stage: 'primary', consortiumId: other, role: 'member' } as const;
  const base = { stage: 'primary', subject: 'science', schoolId: id } as const;
  const post = {
    personId: teacher,
    post: 'dean',
    bodyId: null,
    schoolId: id,
    stage: null,
    subject: null,
    gradeFrom: null,
    gradeTo: null,
    activeTo: null,
  } as const;
  const from = '2026-12-01';
  const { placesVersion } = await getSchool(await system(), { schoolId: id });
  await assert.rejects(moveSchool(await system(), { ...place, from, version: placesVersion }), {
    kind: 'conflict',
  });
  await assert.rejects(setSubjectBase(await system(), { ...base, from, version: await basesVersion() }), {
    kind: 'conflict',
  });
  await assert.rejects(appoint(await system(), { ...post, activeFrom: from }), { kind: 'conflict' });
  await appoint(await system(), { ...post, activeFrom: '2026-11-01', activeTo: '2026-11-30' });
});

test('a school with a campus, or with a post that begins later, is not closed', async () => {
  const { id, teacher } = await aSchoolWithEverything();
  const campus = await makeSchool(db, '春晖东校区', { kind: 'campus', parentId: id });
  const close = async (schoolId: string, activeTo: string) =>
    closeSchool(await system(), { schoolId, version: 1, activeTo });
  await assert.rejects(close(id, '2026-12-01'), { kind: 'conflict', message: /春晖东校区/u });
  await close(campus, '2026-12-01');
  await makeAppointment(db, teacher, 'dean', { schoolId: id, activeFrom: '2027-02-01' });
  await assert.rejects(close(id, '2026-12-01'), { kind: 'invalid', message: /陈老师/u });
  await assert.rejects(close(id, '2024-01-01'), { kind: 'invalid' });
  await close(id, '2027-02-02');
  assert.deepEqual(await postsOn(teacher, '2027-02-02'), ['core-group']);
});

test('whoever a closed school had put forward is no longer accepted', async () => {
  const { id, consortium, principal, teacher } = await aSchoolWithEverything();
  const head = await makePerson(db, '周负责');
  await makeAppointment(db, head, 'head', { bodyId: consortium });
  const nomination = await nominate(contextFor(db, await actorOf(db, principal)), {
    consortiumId: consortium,
    schoolId: id,
    grade: 3,
    subject: 'chinese',
    personId: teacher,
  });
  await closeSchool(await system(), { schoolId: id, version: 1, activeTo: '2026-11-23' });
  await assert.rejects(
    acceptNomination(contextFor(db, await actorOf(db, head)), { nominationId: nomination.id, version: 1 }),
    { kind: 'conflict' },
  );
});
