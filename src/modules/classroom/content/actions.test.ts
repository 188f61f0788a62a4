import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { openDatabase } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { finaliseObservation, getObservation, saveDraft } from '../actions.ts';
import type { ObservationContent } from '../contract.ts';
import {
  aContent,
  anAppointment,
  aPerson,
  aSchool,
  aTerm,
  contextOf,
  type TestPerson,
  type TestSchool,
} from '../testing.ts';

const { db, ownerUrl } = await createTestDatabase();
let school: TestSchool;

const aPrincipal = async (): Promise<TestPerson> => {
  const person = await aPerson(db, { schoolId: school.id });
  await anAppointment(db, person.id, { post: 'principal', schoolId: school.id });
  return person;
};
const written = (content: Partial<ObservationContent> = {}): ObservationContent =>
  aContent({ capacity: 'principal', schoolId: school.id, ...content });

before(async () => {
  await aTerm(db);
  school = await aSchool(db, { name: '青禾学校' });
});

describe('a record from a phone that was away', () => {
  it('has one receipt from its first save to its end, and no two records the same', async () => {
    const context = await contextOf(db, await aPrincipal());
    const id = newId();
    const { version, receipt } = await saveDraft(context, { id, version: 0, content: written() });
    const done = await finaliseObservation(context, { id, version, content: written() });
    assert.ok(receipt > 0);
    assert.deepEqual([done.receipt, (await getObservation(context, { id })).receipt], [receipt, receipt]);
    const other = await saveDraft(context, { id: newId(), version: 0, content: written() });
    assert.notEqual(other.receipt, receipt);
  });
  it('keeps the edition it was written with, though another is in force by then', async () => {
    const context = await contextOf(db, await aPrincipal());
    const rubricId = newId();
    const owner = openDatabase(ownerUrl, { connections: 1 });
    await owner.db
      .insertInto('classroom.rubric')
      .values({ id: rubricId, name: '旧版标准', edition: 7, clause: '试行', activeFrom: '2019-01-01' })
      .execute();
    await owner.db
      .insertInto('classroom.rubricCriterion')
      .values({ rubricId, code: 'A1', position: 1, label: '旧一', wording: '旧标准第一条' })
      .execute();
    await owner.close();
    const content = written({ criteria: [{ code: 'A1', step: 'partly', evidence: '旧标准下看到的。' }] });
    const id = newId();
    const { version } = await saveDraft(context, { id, version: 0, content, rubricId });
    await finaliseObservation(context, { id, version, content, rubricId });
    const stands = await getObservation(context, { id });
    assert.deepEqual(
      [stands.state, stands.rubricId, stands.rubric.map(({ code }) => code)],
      ['finalised', rubricId, ['A1']],
    );
    await assert.rejects(saveDraft(context, { id: newId(), version: 0, content }), {
      kind: 'invalid',
      message: /评价标准已更新/,
    });
    await assert.rejects(saveDraft(context, { id: newId(), version: 0, content, rubricId: newId() }), {
      kind: 'invalid',
      message: /没有填写时所用的那一版/,
    });
  });
  it('written by one person is not sent under the name of whoever is signed in by then', async () => {
    const writer = await aPrincipal();
    const context = await contextOf(db, await aPrincipal());
    const id = newId();
    await assert.rejects(saveDraft(context, { id, version: 0, content: written(), observerId: writer.id }), {
      kind: 'conflict',
      message: /另一个人写的/,
    });
    const none = await db.selectFrom('classroom.observation').select('id').where('id', '=', id).execute();
    assert.deepEqual(none, []);
  });
  it('of a phone whose clock is three hours ahead is kept, and finished once the day has come', async () => {
    const principal = await aPrincipal();
    // 22:30 in China; the phone says 01:30 on the next day.
    const evening = await contextOf(db, principal, '2024-03-20T14:30:00Z');
    const content = written({ dayOn: '2024-03-21' });
    const id = newId();
    const { version } = await saveDraft(evening, { id, version: 0, content });
    await assert.rejects(finaliseObservation(evening, { id, version, content }), {
      kind: 'invalid',
      message: /听课日期不能晚于今天/,
    });
    assert.equal((await getObservation(evening, { id })).state, 'draft');
    const morning = await contextOf(db, principal, '2024-03-21T00:30:00Z');
    assert.equal((await finaliseObservation(morning, { id, version, content })).state, 'finalised');
  });
  it('of a phone whose clock is three hours behind is finished for its day', async () => {
    // 01:00 in China; the phone still says the evening before.
    const context = await contextOf(db, await aPrincipal(), '2024-03-20T17:00:00Z');
    const content = written({ dayOn: '2024-03-20' });
    const done = await finaliseObservation(context, { id: newId(), version: 0, content });
    assert.equal(done.state, 'finalised');
  });
});
