import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from '#platform/refusal.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { getOffer, setOffer } from '../curriculum/actions.ts';
import { actorOf, contextFor, makeAppointment, makePerson, makeSchool } from '../testing.ts';
import {
  addTerm,
  clearCalendarDay,
  editTerm,
  getBellSlots,
  getTerm,
  listTerms,
  setBellSlots,
  setCalendarDay,
} from './actions.ts';

const { db } = await createTestDatabase();
const context = async () => contextFor(db, await actorOf(db, null, { duties: ['system'] }));

const autumn = async () => {
  const { rows } = await listTerms(await context());
  const term = rows.find(({ schoolYear, term: number }) => schoolYear === 2026 && number === 1);
  assert.ok(term);
  return term;
};

test('the default terms are there, and days elapsed follow the calendar', async () => {
  const term = await autumn();
  assert.equal(term.name, '2026—2027学年第一学期');
  const before = term.teachingDaysElapsed;
  const { version } = await setCalendarDay(await context(), {
    termId: term.id,
    version: term.version,
    dayOn: '2026-11-20',
    isTeachingDay: false,
    followsWeekday: null,
    note: '运动会',
  });
  assert.equal((await autumn()).teachingDaysElapsed, before - 1);
  await assert.rejects(
    clearCalendarDay(await context(), { termId: term.id, version: term.version, dayOn: '2026-11-20' }),
    { kind: 'conflict' },
  );
  await clearCalendarDay(await context(), { termId: term.id, version, dayOn: '2026-11-20' });
  assert.equal((await autumn()).teachingDaysElapsed, before);
});

test('a term cannot leave a special day outside, nor overlap another', async () => {
  const term = await autumn();
  const edit = { termId: term.id, version: term.version };
  await assert.rejects(editTerm(await context(), { ...edit, startsOn: '2026-09-21', endsOn: '2027-01-22' }), {
    kind: 'invalid',
  });
  await assert.rejects(editTerm(await context(), { ...edit, startsOn: '2026-07-01', endsOn: '2027-01-22' }), {
    kind: 'conflict',
  });
  await assert.rejects(
    addTerm(await context(), { schoolYear: 2026, term: 1, startsOn: '2027-03-01', endsOn: '2027-07-01' }),
    { kind: 'conflict' },
  );
  const { id } = await addTerm(await context(), {
    schoolYear: 2026,
    term: 2,
    startsOn: '2027-03-01',
    endsOn: '2027-07-09',
  });
  assert.equal((await getTerm(await context(), { termId: id })).teachingDays, 95);
});

test('a day outside the term is refused', async () => {
  const term = await autumn();
  await assert.rejects(
    setCalendarDay(await context(), {
      termId: term.id,
      version: term.version,
      dayOn: '2026-08-20',
      isTeachingDay: true,
      followsWeekday: null,
      note: '补课',
    }),
    { kind: 'invalid' },
  );
});

const setOfferAsShown = async (change: Omit<Parameters<typeof setOffer>[1], 'version'>) =>
  setOffer(await context(), { ...change, version: (await getOffer(await context(), {})).version });

test('the table of subjects has 22 cells per stage, and changes from a day on', async () => {
  const cells = async (on: string, of: (grade: number) => boolean) =>
    (await getOffer(await context(), { on })).rows.filter(({ grade }) => of(grade)).length;
  const primary = (grade: number) => grade <= 6;
  const junior = (grade: number) => grade >= 7;
  assert.deepEqual([await cells('2026-11-23', primary), await cells('2026-11-23', junior)], [22, 22]);
  for (const grade of [1, 2])
    await setOfferAsShown({ grade, subject: 'science', offered: false, from: '2027-02-01' });
  assert.deepEqual([await cells('2027-01-31', primary), await cells('2027-02-01', primary)], [22, 20]);
  await setOfferAsShown({ grade: 1, subject: 'science', offered: true, from: '2026-12-01' });
  assert.equal(await cells('2027-02-01', primary), 21);
});

test('a school’s own bell table replaces the district’s, and an empty one gives it back', async () => {
  const schoolId = await makeSchool(db, '清河小学');
  const principal = await makePerson(db, '赵校长', { schoolId });
  await makeAppointment(db, principal, 'principal', { schoolId });
  const leader = contextFor(db, await actorOf(db, principal));
  const own = { schoolId, stage: 'primary' } as const;
  const shown = async () => {
    const { slots, ownTable } = await getBellSlots(leader, own);
    return [slots.length, ownTable];
  };
  const slots = [{ slot: 1, startsAt: '07:00', endsAt: '07:40' }];
  assert.deepEqual(await shown(), [7, false]);
  const version = async () => (await getBellSlots(leader, own)).version;
  await setBellSlots(leader, { ...own, slots, version: await version() });
  assert.deepEqual(await shown(), [1, true]);
  await setBellSlots(leader, { ...own, slots: [], version: await version() });
  assert.deepEqual(await shown(), [7, false]);
  await assert.rejects(setBellSlots(leader, { ...own, schoolId: null, slots, version: await version() }), {
    kind: 'forbidden',
  });
});

test('bells and subjects that somebody else changed meanwhile are not overwritten', async () => {
  const own = { schoolId: await makeSchool(db, '柳岸小学'), stage: 'primary' } as const;
  const one = [{ slot: 1, startsAt: '07:00', endsAt: '07:40' }];
  const two = [...one, { slot: 2, startsAt: '07:50', endsAt: '08:30' }];
  const { version } = await getBellSlots(await context(), own);
  await setBellSlots(await context(), { ...own, slots: one, version });
  await assert.rejects(setBellSlots(await context(), { ...own, slots: two, version }), { kind: 'conflict' });
  const shown = await getBellSlots(await context(), own);
  assert.deepEqual(shown.slots, one);
  await setBellSlots(await context(), { ...own, slots: two, version: shown.version });

  const offer = { grade: 6, subject: 'music', from: '2026-09-01' } as const;
  const before = await getOffer(await context(), {});
  await setOffer(await context(), { ...offer, offered: true, version: before.version });
  const late = { ...offer, offered: false, version: before.version };
  await assert.rejects(setOffer(await context(), late), { kind: 'conflict' });
  const after = await getOffer(await context(), {});
  assert.equal(after.rows.length, before.rows.length + 1);
  await setOffer(await context(), { ...late, version: after.version });
});

test('of two who save the same bells at the same moment one is told', async () => {
  const own = { schoolId: await makeSchool(db, '桃源小学'), stage: 'primary' } as const;
  const keeper = await actorOf(db, null, { duties: ['system'] });
  const { version } = await getBellSlots(contextFor(db, keeper), own);
  const outcomes = await Promise.allSettled(
    ['07:40', '07:45'].map((endsAt) =>
      db.transaction().execute((on) =>
        setBellSlots(contextFor(on, keeper), {
          ...own,
          version,
          slots: [{ slot: 1, startsAt: '07:00', endsAt }],
        }),
      ),
    ),
  );
  assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  for (const outcome of outcomes)
    if (outcome.status === 'rejected')
      assert.ok(outcome.reason instanceof Refusal && outcome.reason.kind === 'conflict');
});
