import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { newId } from '#platform/ids.ts';
import { createTestDatabase } from '#platform/testing.ts';
import {
  addRequiredExperiment,
  editRequiredExperiment,
  endRequiredExperiment,
  listRequiredExperiments,
} from '../experiment/actions.ts';
import { addRoom, closeRoom, editRoom, setLibraryOpening } from '../room/actions.ts';
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
import { bookRoom, cancelBooking, listRoomUses, markExperiment, openRoomDay, roomTerm } from './actions.ts';
import type { Booking } from './contract.ts';

const { db } = await createTestDatabase();
const dayOn = '2024-03-20';

let schoolId = '';
let classId = '';
let laboratory = '';
let library = '';
let dean: TestPerson;
let teacher: TestPerson;
let colleague: TestPerson;
let officer: TestPerson;
let stranger: TestPerson;

const as = (person: TestPerson, at?: string) => contextOf(db, person, at);
const booking = (change: Partial<Booking> = {}): Booking => ({
  id: newId(),
  roomId: laboratory,
  dayOn,
  slotFrom: 1,
  slotTo: 1,
  classId,
  purpose: 'lesson',
  experimentId: null,
  experimentName: '',
  experimentMode: null,
  ...change,
});
const book = async (person: TestPerson, change: Partial<Booking> = {}) =>
  (await bookRoom(await as(person), booking(change))).id;

before(async () => {
  const { id: termId } = await aTerm(db);
  schoolId = (await aSchool(db)).id;
  const other = (await aSchool(db)).id;
  dean = await aPerson(db, { schoolId });
  await anAppointment(db, dean.id, { post: 'dean', schoolId });
  teacher = await aPerson(db, { schoolId });
  colleague = await aPerson(db, { schoolId });
  officer = await aPerson(db);
  const bodyId = await aBody(db, { kind: 'research-office' });
  await anAppointment(db, officer.id, { post: 'research-officer', bodyId });
  stranger = await aPerson(db, { schoolId: other });
  await anAppointment(db, stranger.id, { post: 'principal', schoolId: other });
  classId = await aTaughtClass(db, {
    schoolId,
    termId,
    teacherId: teacher.id,
    grade: 5,
    number: 1,
    subject: 'science',
    times: [[3, 1]],
  });
  laboratory = (await addRoom(await as(dean), { schoolId, kind: 'laboratory', name: '科学实验室' })).id;
  library = (await addRoom(await as(dean), { schoolId, kind: 'library', name: '图书室' })).id;
});

describe('rooms', () => {
  it('are kept by the school’s leaders, each name once', async () => {
    const room = { schoolId, kind: 'music', name: '音乐室' } as const;
    await assert.rejects(addRoom(await as(teacher), room), { kind: 'not-found' });
    await assert.rejects(addRoom(await as(stranger), room), { kind: 'not-found' });
    const { id } = await addRoom(await as(dean), room);
    await assert.rejects(addRoom(await as(dean), room), { kind: 'conflict' });
    const edit = { id, version: 1, kind: 'music', name: '音乐室一' } as const;
    await assert.rejects(editRoom(await as(stranger), edit), { kind: 'not-found' });
    assert.equal((await editRoom(await as(dean), edit)).version, 2);
    await assert.rejects(editRoom(await as(dean), edit), { kind: 'conflict' });
    await assert.rejects(editRoom(await as(dean), { ...edit, version: 2, name: '图书室' }), {
      kind: 'conflict',
    });
    await closeRoom(await as(dean), { id, version: 2 });
    await assert.rejects(book(teacher, { roomId: id }), { kind: 'invalid' });
    await addRoom(await as(dean), { ...room, name: '音乐室一' });
  });

  it('a library’s hours are dated, and only a library has them', async () => {
    const set = { id: library, fromOn: '2024-03-01', minutesPerWeek: 2400 };
    await assert.rejects(setLibraryOpening(await as(dean), { ...set, id: laboratory }), { kind: 'invalid' });
    await setLibraryOpening(await as(dean), set);
    await setLibraryOpening(await as(dean), { ...set, fromOn: '2024-04-01', minutesPerWeek: 1800 });
    const minutes = async (at: string) =>
      (await openRoomDay(await as(dean), { dayOn: at })).rooms.find(({ id }) => id === library)
        ?.openingMinutes;
    assert.equal(await minutes(dayOn), 2400);
    assert.equal(await minutes('2024-04-02'), 1800);
    const { library: wanted } = await roomTerm(await as(dean), {});
    assert.equal(wanted.hoursWanted, 40);
    assert.match(wanted.clause, /图书馆（室）规程/);
  });
});

describe('booking', () => {
  it('belongs to people of the school; the day is theirs to see', async () => {
    const id = await book(teacher, { slotFrom: 1, slotTo: 2 });
    await assert.rejects(book(stranger, { slotFrom: 5, slotTo: 5 }), { kind: 'not-found' });
    await assert.rejects(book(officer, { slotFrom: 5, slotTo: 5 }), { kind: 'not-found' });
    const { uses } = await openRoomDay(await as(colleague), { dayOn });
    assert.deepEqual(
      uses.map(({ id: use, bookedByName, classLabel, may }) => [use, bookedByName, classLabel, may.cancel]),
      [[id, teacher.name, '五年级(1)班', false]],
    );
    const district = await openRoomDay(await as(officer), { schoolId, dayOn });
    assert.deepEqual(
      district.uses.map(({ bookedByName, classLabel, grade }) => [bookedByName, classLabel, grade]),
      [[null, null, 5]],
    );
    assert.equal(district.may.book, false);
    await assert.rejects(openRoomDay(await as(stranger), { schoolId, dayOn }), { kind: 'not-found' });
  });

  it('an overlap is refused by name, and by the database itself', async () => {
    await assert.rejects(
      book(colleague, { slotFrom: 2, slotTo: 3 }),
      ({ kind, message }: { kind: string; message: string }) =>
        kind === 'conflict' && message.includes(teacher.name) && message.includes('第1—2节'),
    );
    await assert.rejects(
      db
        .insertInto('classroom.roomUse')
        .values({
          id: newId(),
          schoolId,
          roomId: laboratory,
          dayOn,
          slotFrom: 2,
          slotTo: 3,
          classLabel: '',
          purpose: 'lesson',
          bookedBy: colleague.id,
        })
        .execute(),
      /room_taken_once/,
    );
    // The same again is the lost answer's retry.
    const again = booking({ slotFrom: 3, slotTo: 3 });
    await bookRoom(await as(colleague), again);
    assert.equal((await bookRoom(await as(colleague), again)).id, again.id);
    // With another class it is no retry, nor is it one from somebody else.
    await assert.rejects(bookRoom(await as(colleague), { ...again, classId: null }), { kind: 'conflict' });
    await assert.rejects(bookRoom(await as(teacher), again), { kind: 'conflict' });
  });

  it('of many at the same moment one stands', async () => {
    const all = await Promise.allSettled(
      [teacher, colleague, dean, teacher].map(async (person) => {
        const context = await as(person);
        return db
          .transaction()
          .execute((transaction) =>
            bookRoom(
              { ...context, db: transaction },
              booking({ dayOn: '2024-03-22', slotFrom: 4, slotTo: 4 }),
            ),
          );
      }),
    );
    assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 1);
  });

  it('cancelled, it stays marked and the room is free again', async () => {
    const id = await book(teacher, { dayOn: '2024-03-25' });
    await assert.rejects(cancelBooking(await as(colleague), { id, reason: '要用' }), { kind: 'not-found' });
    await cancelBooking(await as(teacher), { id, reason: '改上复习课' });
    await assert.rejects(cancelBooking(await as(teacher), { id, reason: '再' }), { kind: 'conflict' });
    await book(colleague, { dayOn: '2024-03-25' });
    const { rows } = await listRoomUses(await as(dean), { cancelled: true, limit: 100 });
    assert.deepEqual(
      rows.map(({ cancelledReason }) => cancelledReason),
      ['改上复习课'],
    );
    await assert.rejects(db.deleteFrom('classroom.roomUse').execute(), /permission denied/);
  });
});

describe('experiments', () => {
  it('the list is the research office’s', async () => {
    const one = { subject: 'science', grade: 5, name: '光的反射', mode: 'group' } as const;
    const { id } = await addRequiredExperiment(await as(officer), one);
    await assert.rejects(addRequiredExperiment(await as(officer), one), { kind: 'conflict' });
    await editRequiredExperiment(await as(officer), { id, version: 1, name: '光的反射规律', mode: 'group' });
    await assert.rejects(
      editRequiredExperiment(await as(officer), { id, version: 1, name: '光', mode: 'group' }),
      { kind: 'conflict' },
    );
    const ended = await addRequiredExperiment(await as(officer), { ...one, name: '摆的快慢' });
    await endRequiredExperiment(await as(officer), { id: ended.id, version: 1 });
    await addRequiredExperiment(await as(officer), { ...one, name: '热胀冷缩', mode: 'demonstration' });
    await addRequiredExperiment(await as(officer), {
      ...one,
      grade: 9,
      subject: 'chemistry',
      name: '制取氧气',
    });
    const { rows, may } = await listRequiredExperiments(await as(teacher));
    assert.deepEqual(
      rows.map(({ name }) => name),
      ['制取氧气', '光的反射规律', '热胀冷缩'],
    );
    assert.equal(may.edit, false);
  });

  it('held counts once said, once for each required experiment, for the grades the school has', async () => {
    const [reflection] = (await openRoomDay(await as(teacher), { dayOn })).experiments;
    assert.equal(reflection?.name, '光的反射规律');
    const rate = async () => (await roomTerm(await as(dean), {})).experiments;
    assert.deepEqual(await rate(), [{ subject: 'science', grade: 5, required: 2, held: 0, rate: 0 }]);
    const held = { purpose: 'experiment', experimentId: reflection?.id ?? null, slotTo: 1 } as const;
    const first = await book(teacher, { ...held, dayOn: '2024-03-18' });
    const second = await book(teacher, { ...held, dayOn: '2024-03-19' });
    assert.equal((await rate())[0]?.held, 0);
    await assert.rejects(
      markExperiment(await as(colleague), { id: first, version: 0, held: true, note: '' }),
      {
        kind: 'not-found',
      },
    );
    for (const id of [first, second])
      await markExperiment(await as(teacher), { id, version: 0, held: true, note: '' });
    assert.deepEqual((await rate())[0], { subject: 'science', grade: 5, required: 2, held: 1, rate: 50 });
    const behind = { requiredSubject: 'science', held: true, limit: 100 } as const;
    const heldRows = await listRoomUses(await as(dean), { ...behind, requiredGrade: 5 });
    assert.deepEqual(new Set(heldRows.rows.map(({ id }) => id)), new Set([first, second]));
    assert.equal((await listRoomUses(await as(dean), { ...behind, requiredGrade: 6 })).total, 0);
    await assert.rejects(
      markExperiment(await as(dean), { id: first, version: 0, held: false, note: '停电' }),
      {
        kind: 'conflict',
      },
    );
    for (const id of [first, second])
      await markExperiment(await as(dean), { id, version: 1, held: false, note: '停电' });
    assert.equal((await rate())[0]?.held, 0);
    const future = await book(teacher, { ...held, dayOn: '2024-03-21' });
    await assert.rejects(
      markExperiment(await as(teacher), { id: future, version: 0, held: true, note: '' }),
      {
        kind: 'invalid',
      },
    );
    await assert.rejects(book(teacher, { purpose: 'experiment', slotFrom: 7, slotTo: 7 }), {
      kind: 'invalid',
    });
    const named = await book(teacher, {
      purpose: 'experiment',
      experimentName: '自制小孔成像',
      experimentMode: 'group',
      slotFrom: 7,
      slotTo: 7,
    });
    const { rows } = await listRoomUses(await as(dean), { purpose: 'experiment', limit: 100 });
    assert.equal(rows.find(({ id }) => id === named)?.experimentName, '自制小孔成像');
  });
});

it('weeks, kinds, rooms and schools sum to the rows behind them; days to come do not count yet', async () => {
  const term = await roomTerm(await as(dean), {});
  const sum = (rows: readonly { uses: number }[]) => rows.reduce((all, { uses }) => all + uses, 0);
  for (const rows of [term.weeks, term.kinds, term.rooms]) assert.equal(sum(rows), term.total);
  const { from, to } = term.term;
  const listed = await listRoomUses(await as(dean), { from, to, cancelled: false, limit: 100 });
  assert.equal(listed.rows.length, term.total);
  assert.equal(listed.total, term.total);
  assert.ok(listed.rows.every(({ dayOn: day }) => day <= dayOn));
  const district = await roomTerm(await as(officer), {});
  assert.equal(sum(district.schools), district.total);
  assert.equal(district.total, term.total);
  const rows = (await listRoomUses(await as(officer), { cancelled: false, limit: 100 })).rows;
  assert.ok(
    rows.length > 0 &&
      rows.every(({ classLabel, bookedByName }) => classLabel === null && bookedByName === null),
  );
  await assert.rejects(roomTerm(await as(stranger), { schoolId }), { kind: 'not-found' });
});

it('a room given up keeps the line of its uses, so that the rooms sum to the whole', async () => {
  const until = await roomTerm(await as(dean), {});
  const used = until.rooms.find(({ uses }) => uses > 0);
  const { rooms } = await openRoomDay(await as(dean), { dayOn });
  const room = rooms.find(({ id }) => id === used?.roomId);
  assert.ok(room !== undefined);
  await closeRoom(await as(dean), { id: room.id, version: room.version });
  const after = await roomTerm(await as(dean), {});
  assert.deepEqual(
    after.rooms.map(({ roomId, uses }) => [roomId, uses]),
    until.rooms.map(({ roomId, uses }) => [roomId, uses]),
  );
  assert.equal(
    (await openRoomDay(await as(dean), { dayOn })).rooms.some(({ id }) => id === room.id),
    false,
  );
});
