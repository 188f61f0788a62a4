import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { createTestDatabase } from '#platform/testing.ts';
import { getObservation, markAgreedChange, withdrawObservation } from '../actions.ts';
import { anAppointment, anObservation, aPerson, aSchool, contextOf, type TestPerson } from '../testing.ts';
import {
  endFollowUp,
  getFollowUp,
  listChangesIAgreed,
  listMyFollowUps,
  lookAgain,
  planFollowUp,
} from './actions.ts';
import { countFollowUps } from './store.ts';

const { db } = await createTestDatabase();
let school: { id: string };
let teacher: TestPerson;

before(async () => {
  school = await aSchool(db);
  teacher = await aPerson(db, { schoolId: school.id });
});

const aPrincipal = async (): Promise<TestPerson> => {
  const person = await aPerson(db, { schoolId: school.id });
  await anAppointment(db, person.id, { post: 'principal', schoolId: school.id });
  return person;
};
const observed = (observer: TestPerson, dayOn: string, of: TestPerson = teacher) =>
  anObservation(db, {
    observerId: observer.id,
    schoolId: school.id,
    state: 'fed-back',
    content: { dayOn, teacherId: of.id, teacherName: of.name },
  });
const agree = async (observer: TestPerson, id: string): Promise<void> => {
  const context = await contextOf(db, observer);
  const { version } = await getObservation(context, { id });
  await markAgreedChange(context, { id, version, agreedChange: '小组讨论前先写两分钟。' });
};

describe('following up an agreed change', () => {
  it('opens with the change, is planned by either, proposed on a later record and closed by it', async () => {
    const principal = await aPrincipal();
    const mine = await contextOf(db, principal);
    const hers = await contextOf(db, teacher);
    const id = await observed(principal, '2024-03-12');
    assert.equal((await getFollowUp(mine, { observationId: id })).followUp, null);
    await agree(principal, id);
    const planned = await planFollowUp(hers, {
      observationId: id,
      version: 1,
      plannedOn: '2024-03-20',
      plannedSlot: 2,
    });
    assert.equal(planned.version, 2);
    assert.deepEqual(
      (await listMyFollowUps(mine, { limit: 30, dueBy: '2024-03-20' })).rows.map((row) => row.observationId),
      [id],
    );
    assert.equal((await listMyFollowUps(mine, { limit: 30, dueBy: '2024-03-19' })).rows.length, 0);
    assert.ok((await listChangesIAgreed(hers, { limit: 30 })).rows.some((row) => row.observationId === id));

    const lookId = await observed(principal, '2024-03-20');
    const { earlier } = await getFollowUp(mine, { observationId: lookId });
    assert.deepEqual(
      earlier.map(({ observationId, agreedChange }) => [observationId, agreedChange]),
      [[id, '小组讨论前先写两分钟。']],
    );
    assert.deepEqual((await getFollowUp(hers, { observationId: lookId })).earlier, []);
    await lookAgain(mine, { observationId: id, version: 2, lookId, seen: '先写后议了。' });
    const { followUp } = await getFollowUp(hers, { observationId: id });
    assert.equal(followUp?.closed?.look?.id, lookId);
    assert.equal(followUp?.closed?.reason, '先写后议了。');
    assert.deepEqual(followUp?.may, { plan: false, close: false });
    assert.equal((await listMyFollowUps(mine, { limit: 30 })).rows.length, 0);
    await assert.rejects(endFollowUp(mine, { observationId: id, version: 3, reason: '再说' }), {
      kind: 'conflict',
    });
    const { version } = await getObservation(mine, { id });
    await assert.rejects(markAgreedChange(mine, { id, version, agreedChange: '别的' }), { kind: 'conflict' });
  });

  it('is open again once its look is withdrawn', async () => {
    const principal = await aPrincipal();
    const context = await contextOf(db, principal);
    const id = await observed(principal, '2024-03-13');
    await agree(principal, id);
    const lookId = await observed(principal, '2024-03-19');
    await lookAgain(context, { observationId: id, version: 1, lookId, seen: '' });
    const { version } = await getObservation(context, { id: lookId });
    await withdrawObservation(context, { id: lookId, version, reason: '记错了班级' });
    assert.equal((await getFollowUp(context, { observationId: id })).followUp?.closed, null);
    await endFollowUp(context, { observationId: id, version: 2, reason: '老师已调离。' });
    const { followUp } = await getFollowUp(context, { observationId: id });
    assert.equal(followUp?.closed?.look, null);
    assert.equal(followUp?.closed?.reason, '老师已调离。');
  });

  it('is closed by nobody but the observer, and by no lesson of another teacher', async () => {
    const principal = await aPrincipal();
    const other = await aPrincipal();
    const id = await observed(principal, '2024-03-14');
    await agree(principal, id);
    const elsewhere = await observed(principal, '2024-03-18', await aPerson(db));
    const mine = await contextOf(db, principal);
    await assert.rejects(lookAgain(mine, { observationId: id, version: 1, lookId: elsewhere, seen: '' }), {
      kind: 'invalid',
    });
    const theirs = await observed(other, '2024-03-18');
    await assert.rejects(lookAgain(mine, { observationId: id, version: 1, lookId: theirs, seen: '' }), {
      kind: 'not-found',
    });
    const hers = await contextOf(db, teacher);
    await assert.rejects(endFollowUp(hers, { observationId: id, version: 1, reason: '不用了' }), {
      kind: 'not-found',
    });
    const colleague = await contextOf(db, await aPerson(db, { schoolId: school.id }));
    await assert.rejects(getFollowUp(colleague, { observationId: id }), { kind: 'not-found' });
    await assert.rejects(
      planFollowUp(mine, { observationId: id, version: 7, plannedOn: '2024-04-01', plannedSlot: null }),
      { kind: 'conflict' },
    );
    const { version } = await getObservation(mine, { id });
    await assert.rejects(markAgreedChange(mine, { id, version, agreedChange: ' ' }), { kind: 'conflict' });
  });

  it('is counted as agreed, looked at again or ended', async () => {
    const principal = await aPrincipal();
    const context = await contextOf(db, principal);
    const termId = (
      await db
        .insertInto('organisation.term')
        .values({
          id: context.sessionId,
          schoolYear: 2023,
          term: 2,
          startsOn: '2024-02-26',
          endsOn: '2024-07-12',
        })
        .returning('id')
        .executeTakeFirstOrThrow()
    ).id;
    const ids: string[] = [];
    for (const dayOn of ['2024-03-05', '2024-03-06', '2024-03-07', '2024-03-08']) {
      const id = await anObservation(db, {
        observerId: principal.id,
        schoolId: school.id,
        termId,
        state: 'fed-back',
        content: { dayOn, teacherId: teacher.id, teacherName: teacher.name },
      });
      ids.push(id);
    }
    const [first = '', second = '', third = '', look = ''] = ids;
    for (const id of [first, second, third]) await agree(principal, id);
    await lookAgain(context, { observationId: first, version: 1, lookId: look, seen: '' });
    await endFollowUp(context, { observationId: second, version: 1, reason: '已调离' });
    assert.deepEqual(await countFollowUps(db, { observerId: principal.id, termId }), {
      agreed: 3,
      lookedAt: 1,
      ended: 1,
    });
  });
});
