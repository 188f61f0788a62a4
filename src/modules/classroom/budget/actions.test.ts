import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { newId } from '#platform/ids.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { aBody, anAppointment, aPerson, aSchool, aTerm, contextOf, type TestPerson } from '../testing.ts';
import {
  addBudgetEntry,
  getBudget,
  listBudgetEntries,
  setPlannedBudget,
  withdrawBudgetEntry,
} from './actions.ts';

const { db } = await createTestDatabase();
const schoolYear = 2023;

let schoolId = '';
let dean: TestPerson;
let officer: TestPerson;
let stranger: TestPerson;
let teacher: TestPerson;

const as = (person: TestPerson) => contextOf(db, person);
const entry = (amountFen: number, change: { dayOn?: string; id?: string } = {}) => ({
  id: newId(),
  schoolId,
  schoolYear,
  dayOn: '2024-03-12',
  purpose: 'go-out' as const,
  note: '外出听课',
  amountFen,
  ...change,
});

before(async () => {
  await aTerm(db);
  schoolId = (await aSchool(db)).id;
  const other = (await aSchool(db)).id;
  dean = await aPerson(db, { schoolId });
  await anAppointment(db, dean.id, { post: 'dean', schoolId });
  stranger = await aPerson(db, { schoolId: other });
  await anAppointment(db, stranger.id, { post: 'principal', schoolId: other });
  officer = await aPerson(db);
  const bodyId = await aBody(db, { kind: 'research-office' });
  await anAppointment(db, officer.id, { post: 'research-officer', bodyId });
  teacher = await aPerson(db, { schoolId });
});

it('the planned amount is set anew beside the one before, and never over another’s', async () => {
  const plan = { schoolId, schoolYear, version: 0, plannedFen: 5_000_000, note: '年初' };
  for (const person of [teacher, officer, stranger])
    await assert.rejects(setPlannedBudget(await as(person), plan), { kind: 'not-found' });
  assert.equal((await setPlannedBudget(await as(dean), plan)).version, 1);
  await assert.rejects(setPlannedBudget(await as(dean), plan), { kind: 'conflict' });
  await setPlannedBudget(await as(dean), { ...plan, version: 1, plannedFen: 6_000_000 });
  assert.equal((await getBudget(await as(dean), {})).plannedFen, 6_000_000);
  const kept = await db.selectFrom('classroom.budgetPlan').select('plannedFen').orderBy('version').execute();
  assert.deepEqual(kept, [{ plannedFen: 5_000_000 }, { plannedFen: 6_000_000 }]);
});

it('entries sum by purpose; what was withdrawn stays marked and counts no more', async () => {
  for (const person of [teacher, officer, stranger])
    await assert.rejects(addBudgetEntry(await as(person), entry(100)), { kind: 'not-found' });
  await assert.rejects(addBudgetEntry(await as(dean), entry(100, { dayOn: '2024-03-21' })), {
    kind: 'invalid',
  });
  const first = entry(123_456);
  await addBudgetEntry(await as(dean), first);
  // Sent again after a lost answer, it is one entry.
  await addBudgetEntry(await as(dean), first);
  await assert.rejects(addBudgetEntry(await as(dean), { ...first, amountFen: 123_450 }), {
    kind: 'conflict',
    message: /1,234\.56/,
  });
  const second = await addBudgetEntry(await as(dean), entry(1));
  assert.equal((await getBudget(await as(dean), {})).spentFen, 123_457);
  await assert.rejects(withdrawBudgetEntry(await as(stranger), { id: second.id, reason: '错' }), {
    kind: 'not-found',
  });
  await withdrawBudgetEntry(await as(dean), { id: second.id, reason: '重复登记' });
  await assert.rejects(withdrawBudgetEntry(await as(dean), { id: second.id, reason: '再' }), {
    kind: 'conflict',
  });
  await assert.rejects(addBudgetEntry(await as(dean), entry(1, { id: second.id })), { kind: 'conflict' });
  const budget = await getBudget(await as(dean), {});
  assert.equal(budget.spentFen, 123_456);
  const of = { schoolId, schoolYear: budget.schoolYear };
  const page = await listBudgetEntries(await as(dean), { ...of, limit: 1 });
  assert.ok(page.nextCursor !== null);
  const rest = await listBudgetEntries(await as(dean), { ...of, limit: 1, cursor: page.nextCursor });
  assert.equal(rest.nextCursor, null);
  const rows = [...page.rows, ...rest.rows];
  assert.deepEqual(new Set(rows.map(({ id }) => id)), new Set([first.id, second.id]));
  assert.equal(rows.find(({ id }) => id === second.id)?.withdrawnReason, '重复登记');
  for (const person of [teacher, officer, stranger])
    await assert.rejects(listBudgetEntries(await as(person), of), { kind: 'not-found' });
  assert.equal(
    budget.purposes.reduce((sum, { spentFen }) => sum + spentFen, 0),
    budget.spentFen,
  );
});

it('the district reads sums and no entry; another school reads nothing', async () => {
  const all = await getBudget(await as(officer), {});
  assert.equal(all.schools.find((one) => one.schoolId === schoolId)?.spentFen, 123_456);
  assert.equal(all.spentFen, 123_456);
  const one = await getBudget(await as(officer), { schoolId });
  assert.deepEqual([one.plannedFen, one.may.edit], [6_000_000, false]);
  assert.equal((await getBudget(await as(stranger), {})).spentFen, 0);
  await assert.rejects(getBudget(await as(stranger), { schoolId }), { kind: 'not-found' });
});
