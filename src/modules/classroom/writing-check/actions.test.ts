import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { newId } from '#platform/ids.ts';
import { createTestDatabase } from '#platform/testing.ts';
import {
  aBody,
  anAppointment,
  aPerson,
  aSchool,
  aTaughtClass,
  aTerm,
  contextOf,
  type TestPerson,
} from '../testing.ts';
import {
  correctWritingCheck,
  getWritingCheck,
  listWritingChecks,
  recordWritingCheck,
  startWritingCheck,
  withdrawWritingCheck,
  writingTrend,
} from './actions.ts';
import type { WritingContent } from './contract.ts';
import { writingFigures } from './store.ts';

const { db } = await createTestDatabase();
const dayOn = '2024-03-20';

let schoolId = '';
let otherId = '';
let classId = '';
let principal: TestPerson;
let dean: TestPerson;
let officer: TestPerson;
let head: TestPerson;
let stranger: TestPerson;
let teacher: TestPerson;

const as = (person: TestPerson) => contextOf(db, person);
const content = (change: Partial<WritingContent> = {}): WritingContent => ({
  dayOn,
  classId,
  grade: null,
  subject: 'chinese',
  sample: 20,
  posture: 15,
  grip: 12,
  form: 18,
  neat: 16,
  faults: ['head-low', 'fingers-low'],
  faultNote: '后排光线暗。',
  advice: '课前提醒。',
  ...change,
});
const record = async (person: TestPerson, change: Partial<WritingContent> = {}, at = schoolId) => {
  const id = newId();
  await recordWritingCheck(await as(person), { id, schoolId: at, content: content(change) });
  return id;
};

before(async () => {
  const { id: termId } = await aTerm(db);
  schoolId = (await aSchool(db)).id;
  otherId = (await aSchool(db)).id;
  const post = async (name: 'principal' | 'dean', at: string) => {
    const person = await aPerson(db, { schoolId: at });
    await anAppointment(db, person.id, { post: name, schoolId: at });
    return person;
  };
  principal = await post('principal', schoolId);
  dean = await post('dean', schoolId);
  stranger = await post('principal', otherId);
  officer = await aPerson(db);
  const bodyId = await aBody(db, { kind: 'research-office' });
  await anAppointment(db, officer.id, { post: 'research-officer', bodyId });
  head = await aPerson(db);
  await anAppointment(db, head.id, { post: 'head', bodyId: await aBody(db, { kind: 'leading-group' }) });
  teacher = await aPerson(db, { schoolId });
  classId = await aTaughtClass(db, {
    schoolId,
    termId,
    teacherId: teacher.id,
    grade: 3,
    number: 2,
    subject: 'chinese',
    times: [[3, 1]],
  });
});

describe('who records where', () => {
  it('leaders at their own school, research officers at any, and it says as whom', async () => {
    for (const [who, person, own, other] of [
      ['principal', principal, 'school', null],
      ['dean', dean, 'school', null],
      ['officer', officer, 'district', 'district'],
      ['principal elsewhere', stranger, null, 'school'],
      ['head of the leading group', head, null, null],
      ['teacher', teacher, null, null],
    ] as const)
      for (const [at, expected] of [
        [schoolId, own],
        [otherId, other],
      ] as const) {
        const made = record(person, at === otherId ? { classId: null, grade: 4 } : {}, at);
        if (expected === null) {
          await assert.rejects(made, { kind: 'not-found' }, who);
          continue;
        }
        const { madeAs } = await getWritingCheck(await as(person), { id: await made });
        assert.equal(madeAs, expected, who);
      }
  });

  it('the form offers the school’s classes, and every school to an officer', async () => {
    const own = await startWritingCheck(await as(principal), {});
    assert.equal(own.school?.id, schoolId);
    assert.deepEqual(
      own.schools.map(({ id }) => id),
      [schoolId],
    );
    assert.deepEqual(own.classes, [{ id: classId, label: '三年级(2)班', grade: 3 }]);
    const officers = await startWritingCheck(await as(officer), {});
    assert.equal(officers.school, null);
    assert.deepEqual(new Set(officers.schools.map(({ id }) => id)), new Set([schoolId, otherId]));
  });

  it('a class of another school, no class at all, and a day to come are refused', async () => {
    await assert.rejects(record(stranger, {}, otherId), { kind: 'invalid' });
    await assert.rejects(record(principal, { classId: null }), { kind: 'invalid' });
    await assert.rejects(record(principal, { dayOn: '2024-03-21' }), { kind: 'invalid' });
  });
});

describe('a record once made', () => {
  it('sent again is the same record; another’s id is not found', async () => {
    const id = await record(principal);
    const again = { id, schoolId, content: content() };
    assert.equal((await recordWritingCheck(await as(principal), again)).version, 1);
    await assert.rejects(recordWritingCheck(await as(dean), again), { kind: 'not-found' });
  });

  it('is corrected by its checker, keeps what stood before, and tells the second one', async () => {
    const id = await record(principal);
    const change = { id, version: 1, content: content({ posture: 20 }), reason: '数错了' };
    await assert.rejects(correctWritingCheck(await as(dean), change), { kind: 'forbidden' });
    await assert.rejects(correctWritingCheck(await as(stranger), change), { kind: 'not-found' });
    assert.equal((await correctWritingCheck(await as(principal), change)).version, 2);
    await assert.rejects(correctWritingCheck(await as(principal), change), { kind: 'conflict' });
    const check = await getWritingCheck(await as(dean), { id });
    assert.equal(check.posture, 20);
    assert.deepEqual(
      check.corrections.map(({ reason }) => reason),
      ['数错了'],
    );
    assert.equal(check.may.correct, false);
    const kept = await db
      .selectFrom('classroom.writingCheckVersion')
      .where('checkId', '=', id)
      .select('posture')
      .orderBy('version')
      .execute();
    assert.deepEqual(kept, [{ posture: 15 }, { posture: 20 }]);
    await assert.rejects(
      db.updateTable('classroom.writingCheckVersion').set({ posture: 1 }).execute(),
      /permission denied/,
    );
  });

  it('withdrawn, it counts no more', async () => {
    const earlier = await writingTrend(await as(principal), {});
    const id = await record(principal);
    await withdrawWritingCheck(await as(principal), { id, version: 1, reason: '记错班' });
    assert.deepEqual((await writingTrend(await as(principal), {})).total, earlier.total);
    await assert.rejects(getWritingCheck(await as(principal), { id }), { kind: 'not-found' });
  });
});

describe('figures', () => {
  it('weeks, classes, schools and rows sum to the total, for whoever asks', async () => {
    await record(principal, { dayOn: '2024-03-06', sample: 7, posture: 7, grip: 5, form: 6, neat: 7 });
    for (const person of [principal, officer, head]) {
      const trend = await writingTrend(await as(person), {});
      const listed = await listWritingChecks(await as(person), { limit: 100 });
      assert.equal(listed.rows.length, trend.total.checks);
      assert.deepEqual(listed.total, trend.total);
      for (const name of ['checks', 'sample', 'posture', 'grip', 'form', 'neat'] as const) {
        const sum = (rows: readonly Record<typeof name, number>[]) =>
          rows.reduce((all, row) => all + row[name], 0);
        assert.equal(sum(trend.weeks), trend.total[name], name);
        if (trend.school === null) assert.equal(sum(trend.schools), trend.total[name], name);
      }
    }
    const week = await listWritingChecks(await as(principal), {
      from: '2024-03-04',
      to: '2024-03-10',
      limit: 100,
    });
    assert.equal(week.rows.length, 1);
    const fault = await listWritingChecks(await as(principal), { fault: 'head-low', limit: 100 });
    const { faults } = await writingTrend(await as(principal), {});
    assert.equal(fault.rows.length, faults.find((one) => one.fault === 'head-low')?.checks);
  });

  it('a school that was closed keeps its line, so that the schools come to the total', async () => {
    const closed = await aSchool(db);
    const id = await record(officer, { classId: null, grade: 3 }, closed.id);
    await db
      .updateTable('organisation.school')
      .set({ activeTo: dayOn })
      .where('id', '=', closed.id)
      .execute();
    const { total, schools } = await writingTrend(await as(officer), {});
    assert.equal(schools.find((one) => one.schoolId === closed.id)?.checks, 1);
    assert.equal(
      schools.reduce((sum, { checks }) => sum + checks, 0),
      total.checks,
    );
    await withdrawWritingCheck(await as(officer), { id, version: 1, reason: '登记有误' });
  });

  it('classes are named to the school alone, and to the officer who was there', async () => {
    assert.ok((await writingTrend(await as(principal), {})).classes.length > 0);
    assert.deepEqual((await writingTrend(await as(officer), { schoolId })).classes, []);
    const { rows } = await listWritingChecks(await as(officer), { schoolId, limit: 100 });
    for (const { madeAs, classLabel } of rows) assert.equal(classLabel !== null, madeAs === 'district');
    for (const { classLabel } of (await listWritingChecks(await as(head), { limit: 100 })).rows)
      assert.equal(classLabel, null);
    // Nor does a filter tell which class it was.
    const all = await listWritingChecks(await as(head), { schoolId, limit: 100 });
    const asked = await listWritingChecks(await as(head), { schoolId, classId, limit: 100 });
    assert.equal(asked.rows.length, all.rows.length);
  });

  it('sent again it is one check; with other counts it is told, not taken for the first', async () => {
    const sent = { id: newId(), schoolId, content: content({ dayOn: '2024-03-19' }) };
    const first = await recordWritingCheck(await as(principal), sent);
    assert.deepEqual(await recordWritingCheck(await as(principal), sent), first);
    const typedOn = { ...sent, content: { ...sent.content, sample: 30 } };
    await assert.rejects(recordWritingCheck(await as(principal), typedOn), { kind: 'conflict' });
    assert.equal((await getWritingCheck(await as(principal), { id: sent.id })).sample, 20);
    await withdrawWritingCheck(await as(principal), { ...first, reason: '记错班' });
    await assert.rejects(recordWritingCheck(await as(principal), sent), { kind: 'conflict' });
    await assert.rejects(recordWritingCheck(await as(dean), sent), { kind: 'not-found' });
  });

  it('another school’s are not found', async () => {
    await assert.rejects(writingTrend(await as(stranger), { schoolId }), { kind: 'not-found' });
    const { rows } = await listWritingChecks(await as(stranger), { schoolId, limit: 100 });
    assert.equal(rows.length, 0);
  });

  it('a bulletin is given counts alone', async () => {
    const figures = await writingFigures(db, { from: '2024-03-01', to: '2024-03-31' });
    assert.equal(figures.schools, 2);
    assert.equal(
      figures.stages.reduce((sum, { checks }) => sum + checks, 0),
      figures.total.checks,
    );
    assert.doesNotMatch(JSON.stringify(figures), /后排|提醒|测试学校/);
  });
});
