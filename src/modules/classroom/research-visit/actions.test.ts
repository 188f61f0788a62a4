import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Refusal, type RefusalKind } from '#platform/refusal.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { listFindings } from '../finding/actions.ts';
import { aDistrict, aFinding, at } from '../finding/testing.ts';
import { aTerm, contextOf, type TestPerson } from '../testing.ts';
import {
  cancelVisit,
  changeVisit,
  getVisit,
  listVisits,
  planVisit,
  recordVisit,
  shareVisit,
  startVisit,
  visitPlanner,
} from './actions.ts';
import { type VisitPlan, type VisitState, type VisitStep, visitStates, visitSteps } from './contract.ts';
import { mayPlanVisits, mayReadVisits } from './policy.ts';
import { notVisited } from './rules.ts';

const { db } = await createTestDatabase();
await aTerm(db);
const district = await aDistrict(db);
const { here, there, officer, colleague, head, groupMember, principal, vice, teacher, elsewhere } = district;

const refused = (kind: RefusalKind) => (error: unknown) => error instanceof Refusal && error.kind === kind;
const as = (person: TestPerson, on = '2024-03-20') => contextOf(db, person, at(on));
const aPlan = (given: Partial<VisitPlan> = {}): VisitPlan => ({
  schoolId: here.id,
  stage: 'primary',
  dayOn: '2024-03-27',
  subject: 'mathematics',
  focus: '单元教学设计的落实',
  announced: true,
  team: [officer.id, groupMember.id],
  ...given,
});
const planned = async (given: Partial<VisitPlan> = {}, by = officer) => planVisit(await as(by), aPlan(given));
const notes = { seen: '听了四节数学课，看了一次教研活动。', highlights: '学生敢问。' };

/** A visit in each state. */
const visitIn = async (state: VisitState, given: Partial<VisitPlan> = {}) => {
  let visit = await planned(given);
  if (state === 'cancelled')
    return cancelVisit(await as(officer), { id: visit.id, version: visit.version, reason: '学校考试' });
  if (state === 'planned') return visit;
  visit = await recordVisit(await as(officer, '2024-03-27'), { ...visit, ...notes });
  return state === 'done' ? visit : shareVisit(await as(officer, '2024-03-28'), visit);
};

describe('who may do what', () => {
  const all: readonly VisitStep[] = visitSteps;
  const may: Readonly<Record<VisitState, Readonly<Record<string, readonly VisitStep[]>>>> = {
    planned: {
      [officer.name]: all.filter((step) => step !== 'share'),
      [colleague.name]: ['change', 'cancel'],
      [head.name]: ['change', 'cancel'],
      [groupMember.name]: ['record'],
      [principal.name]: [],
    },
    done: {
      [officer.name]: ['record', 'share'],
      [colleague.name]: [],
      [groupMember.name]: ['record'],
      [principal.name]: [],
    },
    shared: {
      [officer.name]: ['record'],
      [colleague.name]: [],
      [groupMember.name]: ['record'],
      [principal.name]: [],
    },
    cancelled: { [officer.name]: [], [colleague.name]: [], [groupMember.name]: [] },
  };
  for (const state of visitStates)
    it(state, async () => {
      const people = may[state];
      const { id } = await visitIn(state);
      for (const person of [officer, colleague, head, groupMember, principal]) {
        const steps = people[person.name];
        if (steps !== undefined) assert.deepEqual((await getVisit(await as(person), { id })).steps, steps);
      }
      for (const person of [elsewhere, teacher])
        await assert.rejects(getVisit(await as(person), { id }), refused('not-found'));
    });

  it('planning is the leading group’s, reading also the schools’ leaders’', async () => {
    const table: readonly (readonly [TestPerson, boolean, boolean])[] = [
      [officer, true, true],
      [head, true, true],
      [groupMember, false, true],
      [principal, false, true],
      [vice, false, true],
      [teacher, false, false],
    ];
    for (const [person, plans, reads] of table) {
      const { actor } = await as(person);
      assert.equal(mayPlanVisits(actor), plans, person.name);
      assert.equal(mayReadVisits(actor), reads, person.name);
    }
  });
});

describe('what the school sees', () => {
  const sees = async (id: string, person = principal) =>
    (await listVisits(await as(person), { limit: 100 })).rows.some((row) => row.id === id);

  it('an announced visit beforehand, an unannounced one when it is shared, a cancelled one not', async () => {
    const announced = await visitIn('planned');
    const silent = await visitIn('planned', { announced: false });
    const cancelled = await visitIn('cancelled');
    assert.equal(await sees(announced.id), true);
    assert.equal(await sees(announced.id, vice), true);
    assert.equal(await sees(announced.id, elsewhere), false);
    assert.equal(await sees(silent.id), false);
    assert.equal(await sees(cancelled.id), false);
    await assert.rejects(getVisit(await as(principal), { id: silent.id }), refused('not-found'));
    assert.equal(await sees((await visitIn('shared', { announced: false })).id), true);
  });

  it('notes only once they are shared; corrections are kept', async () => {
    const done = await visitIn('done');
    assert.equal((await getVisit(await as(principal), { id: done.id })).seen, '');
    assert.equal((await getVisit(await as(groupMember), { id: done.id })).seen, notes.seen);
    const shared = await shareVisit(await as(officer, '2024-03-28'), done);
    assert.equal((await getVisit(await as(principal), { id: done.id })).seen, notes.seen);
    await recordVisit(await as(officer, '2024-03-29'), { ...shared, ...notes, seen: '听了五节数学课。' });
    const { seen, corrections } = await getVisit(await as(principal), { id: done.id });
    assert.deepEqual([seen, corrections], ['听了五节数学课。', 1]);
    const kept = await db
      .selectFrom('classroom.researchVisitVersion')
      .select('seen')
      .where('visitId', '=', done.id)
      .orderBy('number')
      .execute();
    assert.deepEqual(
      kept.map((version) => version.seen),
      [notes.seen, '听了五节数学课。'],
    );
  });

  it('its findings by the rules of findings', async () => {
    const visit = await visitIn('shared');
    const found = await aFinding(db, district, { source: 'research-visit', sourceId: visit.id });
    const noted = await aFinding(db, district, {
      source: 'research-visit',
      sourceId: visit.id,
      handOver: null,
    });
    const of = async (person: TestPerson) =>
      (await listFindings(await as(person), { source: 'research-visit', sourceId: visit.id })).rows.map(
        ({ id }) => id,
      );
    assert.deepEqual((await of(officer)).toSorted(), [found.id, noted.id].toSorted());
    assert.deepEqual(await of(principal), [found.id]);
    assert.deepEqual(await of(elsewhere), []);
  });
});

describe('refusals', () => {
  it('a plan that cannot be', async () => {
    await assert.rejects(planned({ dayOn: '2024-03-19' }), refused('invalid'));
    await assert.rejects(planned({ stage: 'junior' }), refused('invalid'));
    await assert.rejects(planned({ team: [teacher.id] }), refused('invalid'));
    await assert.rejects(planned({ team: [officer.id, officer.id] }), refused('invalid'));
  });

  it('nothing is recorded before the day, nor over somebody else’s newer text', async () => {
    const visit = await planned();
    await assert.rejects(
      as(officer).then((context) => recordVisit(context, { ...visit, ...notes })),
      refused('invalid'),
    );
    const changed = await changeVisit(await as(colleague), { ...aPlan({ dayOn: '2024-03-25' }), ...visit });
    await assert.rejects(
      as(officer, '2024-03-25').then((context) => recordVisit(context, { ...visit, ...notes })),
      refused('conflict'),
    );
    const done = await recordVisit(await as(groupMember, '2024-03-25'), { ...changed, ...notes });
    await assert.rejects(
      as(officer).then((context) => changeVisit(context, { ...aPlan(), ...done })),
      refused('forbidden'),
    );
    await assert.rejects(
      as(colleague).then((context) => shareVisit(context, done)),
      refused('forbidden'),
    );
  });
});

it('the planner counts what was carried out in the term and names whoever was not visited', async () => {
  const { places, from, to } = await visitPlanner(await as(officer));
  assert.deepEqual(
    places.map(({ schoolId, stage }) => [schoolId, stage]),
    [
      [here.id, 'primary'],
      [there.id, 'primary'],
    ],
  );
  const [first] = places;
  const rows = await listVisits(await as(officer), {
    schoolId: here.id,
    stage: 'primary',
    from,
    to,
    visited: true,
    limit: 100,
  });
  assert.equal(first?.visits, rows.rows.length);
  assert.ok(rows.rows.length > 0);
  assert.deepEqual(
    notVisited(places).open.map(({ schoolId }) => schoolId),
    [there.id],
  );
  await planned({ schoolId: there.id });
  const after = notVisited((await visitPlanner(await as(officer))).places);
  assert.deepEqual([after.open.length, after.planned.length], [0, 1]);
});

it('what is to come stands with the nearest first', async () => {
  const { rows } = await listVisits(await as(officer), { upcoming: true, limit: 100 });
  const days = rows.map(({ dayOn }) => dayOn);
  assert.deepEqual(days, days.toSorted());
  assert.ok(rows.every(({ state }) => state === 'planned'));
  const { people, schools } = await startVisit(await as(officer));
  assert.ok(people.some(({ id }) => id === groupMember.id));
  assert.ok(!people.some(({ id }) => id === principal.id));
  assert.deepEqual(
    schools.map(({ id, stages }) => [id, stages]),
    [
      [here.id, ['primary']],
      [there.id, ['primary']],
    ],
  );
});
