import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { createTestDatabase } from '#platform/testing.ts';
import { getObservation, listFeedbackToMe, listMyObservations, listObservationsOfSchool } from './actions.ts';
import { observationScope } from './policy.ts';
import {
  aBody,
  actorOf,
  anAppointment,
  anObservation,
  aPerson,
  aSchool,
  contextOf,
  type TestPerson,
  type TestPost,
} from './testing.ts';

const { db } = await createTestDatabase();

const records = ['draft', 'finalised', 'fed-back', 'replied', 'withdrawn'] as const;
type Record = (typeof records)[number];
const finalisedOn: readonly Record[] = ['finalised', 'fed-back', 'replied'];

const ids = new Map<Record, string>();
const people = new Map<string, { person: TestPerson; reads: readonly Record[] }>();
const today = '2024-03-20';

before(async () => {
  const central = await aSchool(db);
  const here = await aSchool(db, { stages: ['primary'], parentId: central.id });
  const there = await aSchool(db);
  const schoolId = here.id;
  const body = {
    leading: await aBody(db, { kind: 'leading-group' }),
    office: await aBody(db, { kind: 'research-office' }),
    mathematics: await aBody(db, { kind: 'core-group', stage: 'primary', subject: 'mathematics' }),
    juniorMathematics: await aBody(db, { kind: 'core-group', stage: 'junior', subject: 'mathematics' }),
    chinese: await aBody(db, { kind: 'core-group', stage: 'primary', subject: 'chinese' }),
    consortium: await aBody(db, { kind: 'consortium', stage: 'primary' }),
  };
  const add = async (who: string, reads: readonly Record[], ...posts: TestPost[]): Promise<TestPerson> => {
    const person = await aPerson(db, { name: who, schoolId });
    for (const post of posts) await anAppointment(db, person.id, post);
    people.set(who, { person, reads });
    return person;
  };
  const observer = await add('observer', records, { post: 'principal', schoolId });
  const teacher = await add('the observed teacher', ['fed-back', 'replied'], { post: 'teacher', schoolId });
  await add('another principal of the school', finalisedOn, { post: 'principal', schoolId });
  await add('vice-principal', finalisedOn, { post: 'vice-principal', schoolId });
  await add('dean', finalisedOn, { post: 'dean', schoolId });
  await add('subject head', finalisedOn, { post: 'subject-lead', schoolId, subject: 'mathematics' });
  await add('subject head of the stage', finalisedOn, {
    post: 'subject-lead',
    schoolId,
    subject: 'mathematics',
    stage: 'primary',
  });
  await add('subject head of the other stage', [], {
    post: 'subject-lead',
    schoolId,
    subject: 'mathematics',
    stage: 'junior',
  });
  await add('subject head of another subject', [], { post: 'subject-lead', schoolId, subject: 'chinese' });
  await add('subject head elsewhere', [], {
    post: 'subject-lead',
    schoolId: there.id,
    subject: 'mathematics',
  });
  await add("the subject's researcher", finalisedOn, { post: 'lead', bodyId: body.mathematics });
  await add('research officer with the subject', finalisedOn, {
    post: 'research-officer',
    bodyId: body.office,
    subject: 'mathematics',
  });
  await add('research officer of the other stage', [], { post: 'lead', bodyId: body.juniorMathematics });
  await add('research officer of another subject', [], { post: 'lead', bodyId: body.chinese });
  await add('research officer without a subject', [], { post: 'research-officer', bodyId: body.office });
  await add('member of the core group', [], { post: 'member', bodyId: body.mathematics });
  await add('head of the leading group', [], { post: 'head', bodyId: body.leading });
  await add('deputy of the leading group', [], { post: 'deputy', bodyId: body.leading });
  await add('head of the consortium', [], { post: 'head', bodyId: body.consortium });
  await add('principal of another school', [], { post: 'principal', schoolId: there.id });
  await add('principal of the central school above', [], { post: 'principal', schoolId: central.id });
  await add('a colleague', [], { post: 'teacher', schoolId });
  await add('principal until yesterday', [], { post: 'principal', schoolId, to: today });
  await add('principal from tomorrow', [], { post: 'principal', schoolId, from: '2024-03-21' });
  for (const [index, record] of records.entries()) {
    const id = await anObservation(db, {
      observerId: observer.id,
      schoolId,
      state: record === 'withdrawn' ? 'fed-back' : record,
      withdrawn: record === 'withdrawn',
      content: { teacherId: teacher.id, teacherName: teacher.name, slotFrom: index + 1, slotTo: index + 1 },
    });
    ids.set(record, id);
  }
});

describe('who may read an observation', () => {
  it('is the list of domain.md 3.1 and nobody else, by id and in every list', async () => {
    for (const [who, { person, reads }] of people) {
      const context = await contextOf(db, person, `${today}T09:00:00Z`);
      const lists = [
        await listMyObservations(context, { limit: 100, withdrawn: false }),
        await listMyObservations(context, { limit: 100, withdrawn: true }),
        await listObservationsOfSchool(context, { limit: 100 }),
        await listFeedbackToMe(context, { limit: 100 }),
      ].flatMap(({ rows }) => rows.map(({ id }) => id));
      for (const record of records) {
        const id = ids.get(record) ?? '';
        const found = await getObservation(context, { id }).then(
          () => true,
          (error: unknown) => {
            assert.equal(
              error instanceof Error && 'kind' in error && error.kind,
              'not-found',
              `${who} ${record}`,
            );
            return false;
          },
        );
        assert.equal(found, reads.includes(record), `${who} opens ${record}`);
        assert.equal(lists.includes(id), reads.includes(record), `${who} lists ${record}`);
      }
    }
  });

  it('nobody without a person reads anything', async () => {
    const actor = {
      accountId: 'x',
      personId: null,
      name: '管理员',
      appointments: [],
      duties: ['system', 'audit'] as const,
    };
    assert.deepEqual(observationScope(actor), {
      personId: null,
      ledSchoolIds: [],
      headedSubjects: [],
      researchedSubjects: [],
    });
    const { person } = people.get('a colleague') ?? {};
    assert.ok(person);
    const context = { ...(await contextOf(db, person)), actor };
    for (const id of ids.values())
      await assert.rejects(getObservation(context, { id }), { kind: 'not-found' });
  });

  it('the observer keeps what was written in a post that has ended', async () => {
    const person = await aPerson(db);
    const school = await aSchool(db);
    await anAppointment(db, person.id, { post: 'principal', schoolId: school.id, to: today });
    const id = await anObservation(db, { observerId: person.id, schoolId: school.id });
    assert.equal((await actorOf(db, person, today)).appointments.length, 0);
    assert.equal((await getObservation(await contextOf(db, person, `${today}T09:00:00Z`), { id })).id, id);
  });
});
