import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestDatabase } from '#platform/testing.ts';
import { getOffer, setOffer } from '../curriculum/actions.ts';
import { actorOf, contextFor } from '../testing.ts';
import { addTerm, clearCalendarDay, editTerm, getTerm, listTerms, setCalendarDay } from './actions.ts';

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

test('the table of subjects has 22 cells per stage, and changes from a day on', async () => {
  const cells = async (on: string, of: (grade: number) => boolean) =>
    (await getOffer(await context(), { on })).rows.filter(({ grade }) => of(grade)).length;
  const primary = (grade: number) => grade <= 6;
  const junior = (grade: number) => grade >= 7;
  assert.deepEqual([await cells('2026-11-23', primary), await cells('2026-11-23', junior)], [22, 22]);
  for (const grade of [1, 2])
    await setOffer(await context(), { grade, subject: 'science', offered: false, from: '2027-02-01' });
  assert.deepEqual([await cells('2027-01-31', primary), await cells('2027-02-01', primary)], [22, 20]);
  await setOffer(await context(), { grade: 1, subject: 'science', offered: true, from: '2026-12-01' });
  assert.equal(await cells('2027-02-01', primary), 21);
});
