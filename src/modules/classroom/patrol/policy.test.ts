import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { createTestDatabase } from '#platform/testing.ts';
import { passOn } from '../finding/pass-on/actions.ts';
import {
  aBody,
  anAppointment,
  aPerson,
  aSchool,
  aTerm,
  contextOf,
  type TestPerson,
  type TestPost,
} from '../testing.ts';
import { getPatrol, listMyPatrols, listPatrolsOfSchool, savePatrol, startPatrol } from './actions.ts';
import { arrangeCorridor, getCorridor } from './corridor/actions.ts';
import { patrolScope } from './policy.ts';
import { getPatrolRota, putOnRota } from './rota/actions.ts';
import { aMark, arrival, aSaving, aWalkedSchool, type WalkedSchool } from './testing.ts';
import { listPatrolStops, sumPatrolWeek } from './week/actions.ts';

const { db } = await createTestDatabase();

interface May {
  readonly reads: boolean;
  readonly walks: boolean;
  readonly leads: boolean;
}
const nothing: May = { reads: false, walks: false, leads: false };
const leader: May = { reads: true, walks: true, leads: true };
const people = new Map<string, { person: TestPerson; may: May }>();
let walked: WalkedSchool;
let patrolId = '';
const today = '2024-03-20';

before(async () => {
  const { id: termId } = await aTerm(db);
  walked = await aWalkedSchool(db, termId);
  const central = await aSchool(db);
  await db
    .updateTable('organisation.school')
    .set({ parentId: central.id })
    .where('id', '=', walked.school.id)
    .execute();
  const there = await aSchool(db);
  const schoolId = walked.school.id;
  const body = {
    leading: await aBody(db, { kind: 'leading-group' }),
    office: await aBody(db, { kind: 'research-office' }),
    group: await aBody(db, { kind: 'core-group', stage: 'primary', subject: 'fine-art' }),
    consortium: await aBody(db, { kind: 'consortium', stage: 'primary' }),
  };
  const add = async (who: string, may: May, ...posts: TestPost[]): Promise<TestPerson> => {
    const person = await aPerson(db, { name: who, schoolId });
    for (const post of posts) await anAppointment(db, person.id, post);
    people.set(who, { person, may });
    return person;
  };
  people.set('principal', { person: walked.principal, may: leader });
  await add('vice-principal', leader, { post: 'vice-principal', schoolId });
  await add('dean', leader, { post: 'dean', schoolId });
  const patroller = await add('the patroller on the rota', { reads: true, walks: true, leads: false });
  const onRota = await add('somebody else on the rota', { reads: false, walks: true, leads: false });
  const [teacher] = walked.teachers;
  assert.ok(teacher);
  people.set('the teacher of a stop', { person: teacher, may: nothing });
  await add('a colleague', nothing, { post: 'teacher', schoolId });
  await add('subject head', nothing, { post: 'subject-lead', schoolId, subject: 'chinese' });
  await add('principal of another school', nothing, { post: 'principal', schoolId: there.id });
  await add('principal of the central school above', nothing, { post: 'principal', schoolId: central.id });
  await add('head of the leading group', nothing, { post: 'head', bodyId: body.leading });
  await add('deputy of the leading group', nothing, { post: 'deputy', bodyId: body.leading });
  await add('research officer', nothing, { post: 'research-officer', bodyId: body.office });
  await add("the subject's researcher", nothing, { post: 'lead', bodyId: body.group });
  await add('head of the consortium', nothing, { post: 'head', bodyId: body.consortium });
  await add('principal until yesterday', nothing, { post: 'principal', schoolId, to: today });
  await add('principal from tomorrow', nothing, { post: 'principal', schoolId, from: '2024-03-21' });
  const principal = await contextOf(db, walked.principal, arrival);
  for (const { id: personId } of [patroller, onRota])
    await putOnRota(principal, { schoolId, personId, weekday: 3, halfDay: 'morning' });
  const moved = await add('somebody on the rota who moved away', nothing);
  await putOnRota(principal, { schoolId, personId: moved.id, weekday: 3, halfDay: 'afternoon' });
  await db
    .updateTable('organisation.person')
    .set({ homeSchoolId: there.id })
    .where('id', '=', moved.id)
    .execute();
  const sent = aSaving(schoolId, [
    aMark(walked.classIds[0] ?? '', { result: 'noted', findings: [{ kind: 'phone', count: null }] }),
  ]);
  patrolId = sent.id;
  await savePatrol(await contextOf(db, patroller, arrival), sent);
});

/** Whether it is done; a "no" must not even say that the thing exists. */
const succeeds = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    (error: unknown) => {
      assert.ok(error instanceof Error && 'kind' in error, String(error));
      assert.ok(error.kind === 'not-found' || error.kind === 'forbidden', String(error.kind));
      return false;
    },
  );

describe('who may what with patrols', () => {
  it('is the school’s management and the patroller, and nobody else, by every way', async () => {
    const schoolId = walked.school.id;
    for (const [who, { person, may }] of people) {
      const context = await contextOf(db, person, `${today}T09:00:00Z`);
      const span = { schoolId, from: '2024-03-18', to: '2024-03-24', limit: 10 };
      assert.equal(await succeeds(getPatrol(context, { id: patrolId })), may.reads, `${who} reads`);
      assert.equal((await patrolRowsSeen(context)).includes(patrolId), may.reads, `${who} lists`);
      assert.equal(
        await succeeds(startPatrol(context, { schoolId })),
        may.walks,
        `${who} opens the corridor`,
      );
      assert.equal(await succeeds(savePatrol(context, aSaving(schoolId, []))), may.walks, `${who} walks`);
      for (const [what, work] of [
        ['lists the school', () => listPatrolsOfSchool(context, { schoolId, limit: 10 })],
        ['sums the week', () => sumPatrolWeek(context, { schoolId, dayOn: today })],
        ['lists the stops', () => listPatrolStops(context, span)],
        ['sees the rota', () => getPatrolRota(context, { schoolId })],
        ['sees the corridor', () => getCorridor(context, { schoolId })],
        [
          'arranges it',
          async () =>
            arrangeCorridor(context, {
              schoolId,
              version: (await getCorridor(context, { schoolId })).version,
              rooms: [{ classId: walked.classIds[0] ?? '', building: '', floor: null, room: '' }],
            }),
        ],
        [
          'passes on',
          () => passOn(context, { source: 'patrol', sourceId: patrolId, partId: walked.classIds[0] ?? null }),
        ],
      ] as const)
        assert.equal(await succeeds(work()), may.leads, `${who} ${what}`);
    }
  });

  it('nobody without a person reads anything', () => {
    const actor = {
      accountId: 'x',
      personId: null,
      name: '管理员',
      appointments: [],
      duties: ['system'] as const,
    };
    assert.deepEqual(patrolScope(actor), { personId: null, ledSchoolIds: [] });
  });

  it('puts only people of the school on its rota, each once in a half-day', async () => {
    const context = await contextOf(db, walked.principal, arrival);
    const turn = { schoolId: walked.school.id, weekday: 2, halfDay: 'afternoon' } as const;
    const stranger = await aPerson(db);
    await assert.rejects(putOnRota(context, { ...turn, personId: stranger.id }), { kind: 'invalid' });
    const personId = walked.teachers[0]?.id ?? '';
    await putOnRota(context, { ...turn, personId });
    await assert.rejects(putOnRota(context, { ...turn, personId }), { kind: 'conflict' });
  });
});

const patrolRowsSeen = async (context: Awaited<ReturnType<typeof contextOf>>): Promise<string[]> => {
  const mine = await listMyPatrols(context, { limit: 100 });
  const ofSchools = await Promise.all(
    patrolScope(context.actor).ledSchoolIds.map((schoolId) =>
      listPatrolsOfSchool(context, { schoolId, limit: 100 }),
    ),
  );
  return [mine, ...ofSchools].flatMap(({ rows }) => rows.map(({ id }) => id));
};
