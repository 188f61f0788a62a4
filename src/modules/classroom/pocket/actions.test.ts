import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { addDays, chinaClock, chinaDay } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import { createTestDatabase } from '#platform/testing.ts';
import {
  anAppointment,
  anObservation,
  aPerson,
  aSchool,
  aTaughtClass,
  aTerm,
  contextOf,
  type TestPerson,
  type TestSchool,
} from '../testing.ts';
import { lookUpSchool, startObservation } from '../timetable/actions.ts';
import { takeAlong } from './actions.ts';
import type { Pocket } from './contract.ts';
import { peopleFromPocket, startBeyondPocket, startFromPocket } from './rules.ts';

const { db } = await createTestDatabase();
/** A Wednesday; the Thursday a week on is a holiday, and a Saturday follows its timetable. */
const takenAt = '2024-03-27T00:30:00Z';
const today = '2024-03-27';
let own: TestSchool;
let visited: TestSchool;
let unknown: TestSchool;
let closed: TestSchool;
let principal: TestPerson;
let plain: TestPerson;
let officer: TestPerson;

before(async () => {
  const { id: termId } = await aTerm(db, ['2024-04-04']);
  await db
    .insertInto('organisation.calendarDay')
    .values({ termId, dayOn: '2024-03-30', isTeachingDay: true, followsWeekday: 4, note: '补4月4日的课' })
    .execute();
  own = await aSchool(db, { name: '青禾学校' });
  visited = await aSchool(db, { name: '银丰学校' });
  unknown = await aSchool(db, { name: '白杨学校' });
  closed = await aSchool(db, { name: '旧校' });
  await db
    .updateTable('organisation.school')
    .set({ activeTo: '2024-03-29' })
    .where('id', '=', closed.id)
    .execute();
  const people = await Promise.all(
    ['苏老师', '何老师', '沈老师'].map((name) => aPerson(db, { name, schoolId: own.id })),
  );
  principal = await aPerson(db, { name: '校长', schoolId: own.id });
  await anAppointment(db, principal.id, { post: 'principal', schoolId: own.id, to: '2024-04-02' });
  plain = people[2] ?? principal;
  officer = await aPerson(db, { name: '教研员' });
  for (const schoolId of [own.id, visited.id])
    for (const [index, teacher] of people.entries())
      await aTaughtClass(db, {
        schoolId,
        termId,
        teacherId: teacher.id,
        grade: 3 + index,
        number: 1,
        subject: index === 0 ? 'chinese' : 'mathematics',
        times: [1, 2, 3, 4, 5].flatMap((weekday) =>
          [1, 2, 3, 4]
            .filter((slot) => (slot + index + weekday) % 3 > 0)
            .map((slot) => [weekday, slot] as const),
        ),
      });
  // The other school follows the district's own bell table.
  await db
    .insertInto('organisation.bellSlot')
    .values(
      [8, 9, 10, 11].map((hour, index) => ({
        id: newId(),
        schoolId: own.id,
        stage: 'primary',
        slot: index + 1,
        startsAt: `${hour}:10`,
        endsAt: `${hour}:50`,
      })),
    )
    .execute();
  for (const [observer, schoolId] of [
    [principal, visited.id],
    [officer, visited.id],
  ] as const)
    await anObservation(db, {
      observerId: observer.id,
      schoolId,
      observerSchoolId: null,
      termId,
      content: { dayOn: '2024-03-20', teacherId: people[0]?.id ?? null },
    });
});

const pocketOf = async (person: TestPerson): Promise<Pocket> =>
  JSON.parse(JSON.stringify(await takeAlong(await contextOf(db, person, takenAt), {})));

describe('what is taken along', () => {
  it('proposes what the server proposes, at every school taken along, on every day, at every time', async () => {
    let lessons = 0;
    for (const person of [principal, plain, officer]) {
      const pocket = await pocketOf(person);
      const schoolIds = [undefined, ...pocket.carried.map(({ id }) => id)];
      for (const { dayOn } of pocket.days)
        for (const schoolId of schoolIds)
          for (const [slot, clock] of [
            [undefined, '06:00'],
            [undefined, '08:05'],
            [undefined, '08:50'],
            [undefined, '09:55'],
            [undefined, '20:00'],
            [2, '08:00'],
            [4, '08:00'],
            [9, '08:00'],
          ] as const) {
            const at = new Date(`${dayOn}T${clock}:00+08:00`);
            assert.equal(chinaDay(at), dayOn);
            const context = await contextOf(db, person, at.toISOString());
            const served = await startObservation(context, { dayOn, schoolId, slot });
            assert.deepEqual(
              startFromPocket(pocket, { dayOn, schoolId, slot, clock: chinaClock(at) }),
              served,
              `${person.name} ${dayOn} ${clock} ${slot}`,
            );
            lessons += served.lessons.length;
          }
    }
    assert.ok(lessons > 200, `${lessons} lessons compared`);
  });

  it('holds classes and teachers as the server lists them', async () => {
    const pocket = await pocketOf(principal);
    for (const { id } of [own, visited])
      assert.deepEqual(
        peopleFromPocket(pocket, id),
        await lookUpSchool(await contextOf(db, principal, takenAt), { schoolId: id, dayOn: today }),
      );
    assert.equal(peopleFromPocket(pocket, unknown.id), null);
  });

  it('takes one’s own schools and those observed in last, and no others', async () => {
    const carried = async (person: TestPerson) =>
      (await pocketOf(person)).carried.map(({ id }) => id).toSorted();
    assert.deepEqual(await carried(principal), [own.id, visited.id].toSorted());
    assert.deepEqual(await carried(plain), [own.id]);
    assert.deepEqual(await carried(officer), [visited.id]);
  });

  it('names a school it did not take along, without lessons', async () => {
    const pocket = await pocketOf(principal);
    const start = startFromPocket(pocket, { dayOn: today, schoolId: unknown.id, clock: '08:20' });
    assert.partialDeepStrictEqual(start, {
      school: { id: unknown.id, name: '白杨学校' },
      slots: [],
      lessons: [],
    });
  });

  it('says nothing of a day it does not hold, but knows edition and schools still', async () => {
    const pocket = await pocketOf(principal);
    const asked = { dayOn: addDays(today, 40), clock: '08:20' };
    assert.equal(startFromPocket(pocket, asked), null);
    const beyond = startBeyondPocket(pocket, asked);
    assert.partialDeepStrictEqual(beyond, { dayOn: asked.dayOn, lessons: [], isTeachingDay: true });
    assert.equal(beyond?.rubric.length, 10);
    assert.equal(
      beyond?.schools.some(({ id }) => id === closed.id),
      false,
    );
  });

  it('stays small: days with the same lessons share one list', async () => {
    const pocket = await pocketOf(principal);
    for (const { taught, days } of pocket.carried) {
      assert.equal(days.length, pocket.days.length);
      assert.ok(taught.length <= 6, `${taught.length} lists`);
    }
  });
});
