import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import fc from 'fast-check';
import { newId } from '#platform/ids.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { countLessons, listCountedObservations } from '../count/store.ts';
import { passOn } from '../finding/pass-on/actions.ts';
import { anAppointment, aPerson, aTerm, contextOf } from '../testing.ts';
import {
  getPatrol,
  listMyPatrols,
  listPatrolsOfSchool,
  savePatrol,
  startPatrol,
  takePatrolAlong,
  withdrawPatrol,
} from './actions.ts';
import type { StopMark } from './contract.ts';
import { arrangeCorridor, getCorridor } from './corridor/actions.ts';
import { startFromAlong } from './device/rules.ts';
import { putOnRota, takeOffRota } from './rota/actions.ts';
import { mergeStops } from './rules.ts';
import { aMark, arrival, aSaving, aWalkedSchool, type WalkedSchool } from './testing.ts';

const { db } = await createTestDatabase();
let termId = '';
let walked: WalkedSchool;
let other: WalkedSchool;
before(async () => {
  termId = (await aTerm(db, ['2024-04-04'])).id;
  walked = await aWalkedSchool(db, termId);
  other = await aWalkedSchool(db, termId);
});

const asPrincipal = (at = arrival, school = walked) => contextOf(db, school.principal, at);
const noted: Partial<StopMark> = {
  result: 'noted',
  findings: [{ kind: 'teacher-late', count: null }],
  note: '晚到 3 分钟',
};
const endAt = (sequence: number, summary = '巡课 3 间。') => ({
  at: '2024-03-20T01:00:00.000Z',
  sequence,
  summary,
});
const classId = (index: number): string => walked.classIds[index] ?? '';
const countRows = async (id: string): Promise<number> =>
  (await db.selectFrom('classroom.patrolMark').select('id').where('patrolId', '=', id).execute()).length;
const audits = async (id: string): Promise<string[]> =>
  (
    await db
      .selectFrom('platform.auditEntry')
      .select('action')
      .where('objectId', '=', id)
      .orderBy('id')
      .execute()
  ).map(({ action }) => action);

describe('starting', () => {
  it('proposes school, slot and the classrooms with what the timetable has there', async () => {
    const start = await startPatrol(await asPrincipal('2024-03-20T00:52:00Z'), {});
    assert.equal(start.school?.id, walked.school.id);
    assert.deepEqual(
      [start.dayOn, start.slot, start.week, start.isTeachingDay, start.leads],
      ['2024-03-20', 2, 4, true, true],
    );
    assert.deepEqual(
      start.tiles.map(({ classLabel, subject, teacherName }) => [classLabel, subject, teacherName]),
      [
        ['三年级(1)班', 'chinese', walked.teachers[0]?.name],
        ['三年级(2)班', 'fine-art', walked.teachers[1]?.name],
        ['三年级(3)班', 'mathematics', walked.teachers[2]?.name],
      ],
    );
    const off = await startPatrol(await asPrincipal(), { dayOn: '2024-04-04', slot: 2 });
    assert.deepEqual([off.isTeachingDay, off.tiles.length, off.tiles[0]?.subject], [false, 3, null]);
    const nobody = await startPatrol(await contextOf(db, await aPerson(db), arrival), {});
    assert.deepEqual([nobody.school, nobody.schools, nobody.tiles], [null, [], []]);
    await assert.rejects(startPatrol(await asPrincipal(), { schoolId: other.school.id }), {
      kind: 'not-found',
    });
  });

  it('without a network proposes from what was taken along what the server would have proposed', async () => {
    const { starts } = await takePatrolAlong(await asPrincipal());
    assert.deepEqual([...new Set(starts.map(({ dayOn }) => dayOn))], ['2024-03-20', '2024-03-21']);
    const schoolId = walked.school.id;
    for (const clock of ['06:00', '08:20', '08:52', '10:30', '14:10', '21:00'])
      for (const asked of [{}, { slot: 1 }, { slot: 3, schoolId }]) {
        const { now: _now, ...there } = await startPatrol(
          await asPrincipal(`2024-03-20T${clock}:00+08:00`),
          asked,
        );
        const here = startFromAlong(starts, { dayOn: '2024-03-20', clock, ...asked });
        assert.ok(here !== null);
        const { now: _then, ...along } = here;
        assert.deepEqual(along, there);
      }
    const later = { dayOn: '2024-03-22', clock: '08:20' };
    assert.equal(startFromAlong(starts, later), null);
    assert.equal(startFromAlong(starts, { ...later, dayOn: '2024-03-20', schoolId: other.school.id }), null);
    const nobody = await takePatrolAlong(await contextOf(db, await aPerson(db), arrival));
    assert.deepEqual(nobody.starts, []);
  });

  it('walks in the school’s own order, stored once and guarded by its version', async () => {
    const school = await aWalkedSchool(db, termId);
    const context = await asPrincipal(arrival, school);
    const { version, rooms } = await getCorridor(context, { schoolId: school.school.id });
    assert.deepEqual([version, rooms.length], [0, 3]);
    const turned = rooms.toReversed().map(({ classLabel: _label, ...room }, index) => ({
      ...room,
      building: '东楼',
      floor: 2,
      room: String(201 + index),
    }));
    const arranged = await arrangeCorridor(context, { schoolId: school.school.id, version, rooms: turned });
    assert.equal(arranged.version, 1);
    const { tiles } = await startPatrol(context, { slot: 2 });
    assert.deepEqual(
      tiles.map(({ classLabel, place }) => [classLabel, place]),
      [
        ['三年级(3)班', '东楼 2层 201'],
        ['三年级(2)班', '东楼 2层 202'],
        ['三年级(1)班', '东楼 2层 203'],
      ],
    );
    await assert.rejects(
      arrangeCorridor(context, { schoolId: school.school.id, version: 0, rooms: turned }),
      { kind: 'conflict' },
    );
    const foreign = turned.map((room, index) => (index === 0 ? { ...room, classId: classId(0) } : room));
    await assert.rejects(
      arrangeCorridor(context, { schoolId: school.school.id, version: 1, rooms: foreign }),
      { kind: 'invalid' },
    );
    await assert.rejects(getCorridor(await asPrincipal(), { schoolId: school.school.id }), {
      kind: 'not-found',
    });
  });
});

describe('saving', () => {
  it('one record with its stops, a receipt, and the timetable’s lesson at each door', async () => {
    const context = await asPrincipal();
    const sent = aSaving(walked.school.id, [aMark(classId(0)), aMark(classId(1), { ...noted, sequence: 2 })]);
    const answer = await savePatrol(context, sent);
    assert.deepEqual([answer.dayOn, answer.rooms, answer.finished], ['2024-03-20', 2, false]);
    const ended = await savePatrol(context, {
      ...sent,
      marks: [aMark(classId(2), { sequence: 3 })],
      finish: endAt(4),
    });
    assert.deepEqual([ended.receiptNumber, ended.rooms, ended.finished], [answer.receiptNumber, 3, true]);
    const found = await getPatrol(context, { id: sent.id });
    assert.deepEqual(
      found.stops.map(({ classLabel, subject, teacherName, result, findings }) => [
        classLabel,
        subject,
        teacherName,
        result,
        findings.map(({ kind }) => kind),
      ]),
      [
        ['三年级(1)班', 'chinese', walked.teachers[0]?.name, 'in-order', []],
        ['三年级(2)班', 'fine-art', walked.teachers[1]?.name, 'noted', ['teacher-late']],
        ['三年级(3)班', 'mathematics', walked.teachers[2]?.name, 'in-order', []],
      ],
    );
    assert.deepEqual(
      [found.rooms, found.noted, found.serious, found.halfDay, found.week],
      [3, 1, false, 'morning', 4],
    );
    assert.deepEqual(await audits(sent.id), [
      'classroom.patrol-started',
      'classroom.patrol-marked',
      'classroom.patrol-marked',
      'classroom.patrol-finished',
    ]);
    const next = await savePatrol(context, aSaving(walked.school.id, []));
    assert.equal(next.receiptNumber, answer.receiptNumber + 1);
  });

  it('sent in any order, in any pieces, any number of times, it comes to the same', async () => {
    const context = await asPrincipal();
    const marks = [1, 2, 3, 4, 5, 6].map((sequence) =>
      aMark(classId(sequence % 3), { sequence, ...(sequence % 2 === 0 ? noted : {}) }),
    );
    // Two devices that counted alike.
    marks.push(aMark(classId(1), { sequence: 4 }), aMark(classId(0), { sequence: 6, result: 'unseen' }));
    const expected = mergeStops(marks, []).map(({ id }) => id);
    const pieces = fc.array(fc.subarray(marks), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(pieces, fc.shuffledSubarray(marks, { minLength: 8 }), async (some, all) => {
        const id = newId();
        for (const piece of [...some, all.slice(0, 4), all.slice(4), all])
          await savePatrol(context, aSaving(walked.school.id, piece, { id }));
        const { stops } = await getPatrol(context, { id });
        const standing = stops.toSorted((a, b) => (a.classId < b.classId ? -1 : 1)).map((stop) => stop.id);
        assert.deepEqual(standing, expected);
        assert.equal(await countRows(id), marks.length);
      }),
      { numRuns: 12 },
    );
  });

  it('two calls at once make one patrol', async () => {
    const context = await asPrincipal();
    const sent = aSaving(walked.school.id, [aMark(classId(0))]);
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() =>
        db.transaction().execute((transaction) => savePatrol({ ...context, db: transaction }, sent)),
      ),
    );
    assert.equal(new Set(answers.map(({ receiptNumber }) => receiptNumber)).size, 1);
    assert.equal(await countRows(sent.id), 1);
  });

  it('a phone three hours ahead keeps its times, and the server’s day', async () => {
    // 21:40 on 20 March in China; the phone already says half past midnight of the 21st.
    const sent = {
      ...aSaving(walked.school.id, [aMark(classId(0), { at: '2024-03-20T16:35:00.000Z' })]),
      dayOn: '2024-03-21',
      startedAt: '2024-03-20T16:30:00.000Z',
      sentAt: '2024-03-20T16:40:00.000Z',
    };
    const context = await asPrincipal('2024-03-20T13:40:00Z');
    assert.equal((await savePatrol(context, sent)).dayOn, '2024-03-20');
    const found = await getPatrol(context, { id: sent.id });
    assert.deepEqual([found.clockOffSeconds, found.stops[0]?.at], [-10_800, '2024-03-20T16:35:00.000Z']);
  });

  const refusals: readonly [string, object, string][] = [
    ['a class of nowhere', { marks: [aMark(newId())] }, 'invalid'],
    ['a future day', { dayOn: '2024-03-21' }, 'invalid'],
    ['a day long past', { dayOn: '2024-02-01' }, 'invalid'],
    ['a day that is not taught', { dayOn: '2024-03-16' }, 'invalid'],
    ['a slot the bells do not have', { slot: 5 }, 'invalid'],
    ['a school that is none', { schoolId: newId() }, 'not-found'],
  ];
  for (const [what, spoilt, kind] of refusals)
    it(`refuses ${what} and keeps nothing of it`, async () => {
      const sent = { ...aSaving(walked.school.id, [aMark(classId(0))]), ...spoilt };
      const context = await asPrincipal();
      await assert.rejects(
        db.transaction().execute((transaction) => savePatrol({ ...context, db: transaction }, sent)),
        { kind },
      );
      assert.equal(await countRows(sent.id), 0);
      await assert.rejects(getPatrol(context, { id: sent.id }), { kind: 'not-found' });
    });

  it('takes a day off with a reason, and a class of another school never', async () => {
    const context = await asPrincipal();
    const saturday = { ...aSaving(walked.school.id, [aMark(classId(0))]), dayOn: '2024-03-16' };
    const { dayOn } = await savePatrol(context, { ...saturday, offDayReason: '周六补课' });
    assert.equal(dayOn, '2024-03-16');
    const foreign = aSaving(walked.school.id, [aMark(other.classIds[0] ?? '')]);
    await assert.rejects(savePatrol(context, foreign), { kind: 'invalid' });
  });

  it('keeps school and slot of the first call, its patroller, and its end', async () => {
    const context = await asPrincipal();
    const sent = aSaving(walked.school.id, [aMark(classId(0))]);
    await savePatrol(context, { ...sent, finish: endAt(2) });
    await assert.rejects(savePatrol(context, { ...sent, slot: 1 }), { kind: 'conflict' });
    const late = aMark(classId(1), { sequence: 9 });
    await assert.rejects(savePatrol(context, { ...sent, marks: [late] }), { kind: 'conflict' });
    await assert.rejects(savePatrol(context, { ...sent, finish: endAt(2, '另一句。') }), {
      kind: 'conflict',
    });
    // What was under way when it ended still arrives.
    const underWay = aMark(classId(1), { sequence: 2 });
    assert.equal((await savePatrol(context, { ...sent, marks: [underWay] })).rooms, 2);
    assert.equal((await savePatrol(context, { ...sent, finish: endAt(2) })).finished, true);
    const dean = await aPerson(db, { schoolId: walked.school.id });
    await anAppointment(db, dean.id, { post: 'dean', schoolId: walked.school.id });
    await assert.rejects(savePatrol(await contextOf(db, dean, arrival), sent), { kind: 'not-found' });
  });

  it('a patrol of a day on which the post was held is taken after it ended', async () => {
    const dean = await aPerson(db, { schoolId: walked.school.id });
    await anAppointment(db, dean.id, { post: 'dean', schoolId: walked.school.id, to: '2024-03-20' });
    const context = await contextOf(db, dean, arrival);
    const monday = { ...aSaving(walked.school.id, [aMark(classId(0))]), dayOn: '2024-03-18' };
    await savePatrol(context, monday);
    assert.equal((await getPatrol(context, { id: monday.id })).rooms, 1);
    await assert.rejects(savePatrol(context, aSaving(walked.school.id, [])), { kind: 'not-found' });
    await assert.rejects(listPatrolsOfSchool(context, { schoolId: walked.school.id, limit: 10 }), {
      kind: 'not-found',
    });
  });
});

describe('afterwards', () => {
  it('stops never count as observed lessons', async () => {
    const school = await aWalkedSchool(db, termId);
    const context = await asPrincipal(arrival, school);
    const marks = school.classIds.map((id, index) => aMark(id, { ...noted, sequence: index + 1 }));
    await savePatrol(context, { ...aSaving(school.school.id, marks), finish: endAt(4) });
    const span = { from: '2024-02-26', to: '2024-07-12', observerIds: [school.principal.id] };
    assert.deepEqual(await countLessons(db, span), []);
    assert.deepEqual((await listCountedObservations(db, span, { limit: 10 })).rows, []);
  });

  it('a withdrawn patrol leaves the lists and takes nothing more; the reason is asked for', async () => {
    const context = await asPrincipal();
    const sent = aSaving(walked.school.id, [aMark(classId(0))]);
    await savePatrol(context, sent);
    await assert.rejects(withdrawPatrol(context, { id: sent.id, reason: ' ' }), { kind: 'invalid' });
    await withdrawPatrol(context, { id: sent.id, reason: '误开' });
    await assert.rejects(withdrawPatrol(context, { id: sent.id, reason: '误开' }), { kind: 'conflict' });
    await assert.rejects(savePatrol(context, sent), { kind: 'conflict' });
    const { rows } = await listMyPatrols(context, { limit: 100 });
    assert.ok(!rows.some(({ id }) => id === sent.id));
    assert.equal((await getPatrol(context, { id: sent.id })).withdrawnReason, '误开');
  });

  it('passing on is the leaders’ choice, marked once, and only of problems', async () => {
    const walker = await aPerson(db, { schoolId: walked.school.id });
    const principal = await asPrincipal();
    const { id: turn } = await putOnRota(principal, {
      schoolId: walked.school.id,
      personId: walker.id,
      weekday: 1,
      halfDay: 'morning',
    });
    const context = await contextOf(db, walker, arrival);
    const sent = aSaving(walked.school.id, [aMark(classId(0)), aMark(classId(1), { ...noted, sequence: 2 })]);
    await savePatrol(context, sent);
    const pass = (by: typeof context, door: number) =>
      passOn(by, { source: 'patrol', sourceId: sent.id, partId: classId(door) });
    await assert.rejects(pass(context, 1), { kind: 'forbidden' });
    await assert.rejects(pass(principal, 0), { kind: 'conflict' });
    await assert.rejects(pass(principal, 2), { kind: 'not-found' });
    const passed = await pass(principal, 1);
    assert.equal(passed.state, 'registered');
    assert.deepEqual(await pass(principal, 1), passed, 'a second time leads to the first');
    const found = await getPatrol(principal, { id: sent.id });
    assert.deepEqual(
      found.stops.map(({ passedOn }) => passedOn),
      [false, true],
    );
    await takeOffRota(principal, { schoolId: walked.school.id, id: turn });
    await assert.rejects(savePatrol(context, aSaving(walked.school.id, [])), { kind: 'not-found' });
  });

  it('nothing that was marked can be changed or removed by the application', async () => {
    for (const table of ['classroom.patrolMark', 'classroom.patrolFinding', 'classroom.patrol'] as const)
      await assert.rejects(db.deleteFrom(table).execute(), /permission denied/);
    await assert.rejects(db.updateTable('classroom.patrolMark').set({ note: '' }).execute(), /permission/);
    await assert.rejects(
      db.updateTable('classroom.patrol').set({ dayOn: '2024-01-01' }).execute(),
      /permission/,
    );
  });

  it('no text of a patrol is in the audit log', async () => {
    const rows = await db
      .selectFrom('platform.auditEntry')
      .where('objectKind', '=', 'patrol')
      .select(['action', 'after'])
      .execute();
    assert.ok(rows.length > 10);
    for (const text of ['晚到', '巡课 3 间']) assert.ok(!JSON.stringify(rows).includes(text), text);
  });
});
