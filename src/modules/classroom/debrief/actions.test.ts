import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { createTestDatabase } from '#platform/testing.ts';
import { getObservation } from '../actions.ts';
import {
  aBody,
  anAppointment,
  anObservation,
  aPerson,
  aSchool,
  contextOf,
  type TestPerson,
  type TestPost,
} from '../testing.ts';
import {
  addDebriefNote,
  addDebriefParticipant,
  callDebrief,
  concludeDebrief,
  findDebriefOfLesson,
  getDebrief,
  listMyDebriefs,
  saveDebriefFocus,
  saveDebriefGist,
} from './actions.ts';

const { db } = await createTestDatabase();
let school: { id: string };
let teacher: TestPerson;
let principal: TestPerson;
let dean: TestPerson;
let recordId: string;
let deansId: string;

const add = async (...posts: TestPost[]): Promise<TestPerson> => {
  const person = await aPerson(db, { schoolId: school.id });
  for (const post of posts) await anAppointment(db, person.id, post);
  return person;
};
const observed = (observer: TestPerson, state: 'draft' | 'finalised' = 'finalised') =>
  anObservation(db, {
    observerId: observer.id,
    schoolId: school.id,
    state,
    content: { teacherId: teacher.id, teacherName: teacher.name },
  });

before(async () => {
  school = await aSchool(db);
  teacher = await add({ post: 'teacher', schoolId: school.id });
  principal = await add({ post: 'principal', schoolId: school.id });
  dean = await add();
  recordId = await observed(principal);
  deansId = await observed(dean);
});

describe('the meeting about one lesson', () => {
  it('knows who else observed, is called once and joined by the others', async () => {
    const mine = await contextOf(db, principal);
    assert.deepEqual(await findDebriefOfLesson(mine, { observationId: recordId }), {
      debriefId: null,
      joined: false,
      observers: [{ id: dean.id, name: dean.name }],
    });
    const { id } = await callDebrief(mine, { observationId: recordId, participantIds: [] });
    const hers = await contextOf(db, dean);
    const found = await findDebriefOfLesson(hers, { observationId: deansId });
    assert.equal(found.debriefId, id);
    assert.equal(found.joined, false);
    assert.equal((await callDebrief(hers, { observationId: deansId, participantIds: [] })).id, id);
    assert.equal((await getDebrief(hers, { id })).participants.length, 2);
    const draft = await observed(await add(), 'draft');
    await assert.rejects(callDebrief(mine, { observationId: draft, participantIds: [] }), {
      kind: 'not-found',
    });
  });

  it('takes foci, talk and gist; a concluded gist is amended beside what stood', async () => {
    const mine = await contextOf(db, principal);
    const { id } = await callDebrief(mine, { observationId: recordId, participantIds: [] });
    await saveDebriefFocus(mine, { id, version: 1, focus: '提问与追问' });
    await assert.rejects(saveDebriefFocus(mine, { id, version: 1, focus: '别的' }), { kind: 'conflict' });
    const hers = await contextOf(db, teacher);
    await addDebriefNote(hers, { id, text: '我想让学生先写再说。' });
    await assert.rejects(saveDebriefGist(hers, { id, version: 1, planGist: '', gist: 'x' }), {
      kind: 'not-found',
    });
    await saveDebriefGist(mine, { id, version: 1, planGist: '三个任务。', gist: '任务清楚。' });
    await concludeDebrief(mine, { id, version: 2, planGist: '三个任务。', gist: '任务清楚。', reason: '' });
    await assert.rejects(
      concludeDebrief(mine, { id, version: 3, planGist: '', gist: '任务清楚，讲得略多。', reason: '' }),
      { kind: 'invalid' },
    );
    await concludeDebrief(mine, { id, version: 3, planGist: '', gist: '讲得略多。', reason: '补一句' });
    const seen = await getDebrief(hers, { id });
    assert.equal(seen.gist, '讲得略多。');
    assert.deepEqual(
      seen.versions.map(({ number, reason }) => [number, reason]),
      [
        [1, '定稿'],
        [2, '补一句'],
      ],
    );
    assert.deepEqual(
      seen.notes.map(({ personName, text }) => [personName, text]),
      [[teacher.name, '我想让学生先写再说。']],
    );
    assert.deepEqual(
      (await listMyDebriefs(hers, { limit: 10 })).rows.map((row) => row.id),
      [id],
    );
  });

  it('opens to participants, the teacher and those who may read the records, and opens no record', async () => {
    const { id } = await callDebrief(await contextOf(db, principal), {
      observationId: recordId,
      participantIds: [],
    });
    const invited = await add();
    await addDebriefParticipant(await contextOf(db, principal), { id, personId: invited.id });
    await assert.rejects(addDebriefParticipant(await contextOf(db, dean), { id, personId: invited.id }), {
      kind: 'not-found',
    });
    const core = await aBody(db, { kind: 'core-group', stage: 'primary', subject: 'mathematics' });
    const leading = await aBody(db, { kind: 'leading-group' });
    const cases: readonly (readonly [string, TestPerson, boolean])[] = [
      ['the teacher', teacher, true],
      ['invited', invited, true],
      ['vice-principal', await add({ post: 'vice-principal', schoolId: school.id }), true],
      [
        'subject head',
        await add({ post: 'subject-lead', schoolId: school.id, subject: 'mathematics' }),
        true,
      ],
      ['researcher', await add({ post: 'lead', bodyId: core }), true],
      ['leading group', await add({ post: 'head', bodyId: leading }), false],
      ['a colleague', await add({ post: 'teacher', schoolId: school.id }), false],
    ];
    for (const [who, person, reads] of cases) {
      const found = await getDebrief(await contextOf(db, person), { id }).then(
        () => true,
        () => false,
      );
      assert.equal(found, reads, who);
    }
    await assert.rejects(getObservation(await contextOf(db, invited), { id: deansId }), {
      kind: 'not-found',
    });
    await assert.rejects(getObservation(await contextOf(db, teacher), { id: recordId }), {
      kind: 'not-found',
    });
  });
});
