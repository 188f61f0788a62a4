import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { newId } from '#platform/ids.ts';
import { Refusal } from '#platform/refusal.ts';
import { createTestDatabase } from '#platform/testing.ts';
import {
  correctObservation,
  feedBack,
  finaliseObservation,
  getObservation,
  listFeedbackToMe,
  replyToFeedback,
} from '../actions.ts';
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

const { db } = await createTestDatabase();
let school: TestSchool;
let teacher: TestPerson;

const written = (content: Partial<ObservationContent> = {}): ObservationContent =>
  aContent({
    capacity: 'principal',
    schoolId: school.id,
    teacherId: teacher.id,
    teacherName: teacher.name,
    ...content,
  });
const finalised = async (person: TestPerson, content: Partial<ObservationContent> = {}, at?: string) =>
  finaliseObservation(await contextOf(db, person, at), {
    id: newId(),
    version: 0,
    content: written(content),
  });

before(async () => {
  await aTerm(db);
  school = await aSchool(db);
  teacher = await aPerson(db, { name: '苏老师', schoolId: school.id });
});

describe('who counts and who reads', () => {
  it('a post taken up later gives no capacity for an earlier lesson, one that ended since still does', async () => {
    const promoted = await aPerson(db, { schoolId: school.id });
    await anAppointment(db, promoted.id, { post: 'dean', schoolId: school.id, to: '2024-03-20' });
    await anAppointment(db, promoted.id, { post: 'principal', schoolId: school.id, from: '2024-03-20' });
    const at = '2024-03-21T02:00:00Z';
    await assert.rejects(
      finalised(promoted, { dayOn: '2024-03-19' }, at),
      (error: Refusal) => error.kind === 'invalid' && error.message.includes('那一天'),
    );
    await finalised(promoted, { dayOn: '2024-03-19', capacity: 'dean' }, at);
    await finalised(promoted, { dayOn: '2024-03-20' }, at);
  });

  it('what was fed back to one teacher cannot be turned into a record about another', async () => {
    const principal = await aPerson(db, { schoolId: school.id });
    await anAppointment(db, principal.id, { post: 'principal', schoolId: school.id });
    const other = await aPerson(db, { name: '何老师', schoolId: school.id });
    const { id, version } = await finalised(principal);
    const context = await contextOf(db, principal);
    const fedBack = await feedBack(context, { id, version });
    const replied = await replyToFeedback(await contextOf(db, teacher), {
      id,
      text: '只对您说：我最近家里有事。',
    });
    assert.ok(replied.version > fedBack.version);
    const moved = written({ teacherId: other.id, teacherName: other.name });
    await assert.rejects(
      correctObservation(context, { id, version: replied.version, content: moved, reason: '选错了人' }),
      (error: Refusal) => error.kind === 'conflict' && error.message.includes('苏老师'),
    );
    await assert.rejects(getObservation(await contextOf(db, other), { id }), Refusal);
    const { rows } = await listFeedbackToMe(await contextOf(db, other), { limit: 10 });
    assert.deepEqual(rows, []);
  });
});
