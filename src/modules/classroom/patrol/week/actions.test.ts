import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { createTestDatabase } from '#platform/testing.ts';
import { aTerm, contextOf } from '../../testing.ts';
import { savePatrol, withdrawPatrol } from '../actions.ts';
import type { StopFinding } from '../contract.ts';
import { putOnRota } from '../rota/actions.ts';
import { aMark, arrival, aSaving, aWalkedSchool, type WalkedSchool } from '../testing.ts';
import { listPatrolStops, sumPatrolWeek } from './actions.ts';

const { db } = await createTestDatabase();
let walked: WalkedSchool;
const asPrincipal = () => contextOf(db, walked.principal, '2024-03-20T09:00:00Z');
const one = (kind: StopFinding['kind'], count: number | null = null) => ({
  result: 'noted' as const,
  findings: [{ kind, count }],
});

before(async () => {
  const { id: termId } = await aTerm(db);
  walked = await aWalkedSchool(db, termId);
  const context = await contextOf(db, walked.principal, arrival);
  const [chinese = '', art = '', mathematics = ''] = walked.classIds;
  await savePatrol(
    context,
    aSaving(walked.school.id, [
      aMark(chinese, { sequence: 1 }),
      aMark(art, { sequence: 2, ...one('lesson-occupied'), taughtSubject: 'mathematics' }),
      aMark(mathematics, { sequence: 3, ...one('sleeping', 3) }),
      // Taken back, and marked again.
      aMark(chinese, { sequence: 4, result: 'unseen' }),
      aMark(chinese, { sequence: 5, ...one('abnormal-event') }),
    ]),
  );
  // The same lesson of the same hour, seen by a second patrol.
  await savePatrol(context, aSaving(walked.school.id, [aMark(art, one('lesson-diverted'))]));
  const lastWeeks = aSaving(walked.school.id, [aMark(art)]);
  await savePatrol(context, { ...lastWeeks, dayOn: '2024-03-15' });
  const taken = aSaving(walked.school.id, [aMark(art, one('phone'))]);
  await savePatrol(context, taken);
  await withdrawPatrol(context, { id: taken.id, reason: '误开' });
  await putOnRota(context, {
    schoolId: walked.school.id,
    personId: walked.principal.id,
    weekday: 3,
    halfDay: 'morning',
  });
});

describe('the week of a school', () => {
  it('counts what stands, from Monday to Sunday, without what was taken back', async () => {
    const sum = await sumPatrolWeek(await asPrincipal(), {});
    assert.deepEqual([sum.from, sum.to, sum.week], ['2024-03-18', '2024-03-24', 4]);
    assert.deepEqual(
      [sum.patrols, sum.rooms, sum.inOrder, sum.noted, sum.serious, sum.passedOn],
      [2, 4, 0, 4, 1, 0],
    );
    assert.deepEqual(sum.byKind, [
      { kind: 'abnormal-event', stops: 1 },
      { kind: 'lesson-diverted', stops: 1 },
      { kind: 'lesson-occupied', stops: 1 },
      { kind: 'sleeping', stops: 1 },
    ]);
    assert.deepEqual(sum.lost, [{ subject: 'fine-art', lessons: 1, stops: 2 }]);
    assert.deepEqual(sum.byHalfDay, [{ dayOn: '2024-03-20', halfDay: 'morning', patrols: 2, onDuty: 1 }]);
    const lastWeek = await sumPatrolWeek(await asPrincipal(), { dayOn: '2024-03-15' });
    assert.deepEqual([lastWeek.patrols, lastWeek.rooms, lastWeek.inOrder], [1, 1, 1]);
  });

  it('every figure opens as many rows as it says', async () => {
    const context = await asPrincipal();
    const sum = await sumPatrolWeek(context, {});
    const rowsOf = async (filter: object): Promise<number> => {
      const { from, to } = sum;
      const span = { schoolId: sum.school.id, from, to, limit: 100 };
      return (await listPatrolStops(context, { ...span, ...filter })).rows.length;
    };
    assert.equal(await rowsOf({}), sum.rooms);
    assert.equal(await rowsOf({ result: 'in-order' }), sum.inOrder);
    assert.equal(await rowsOf({ result: 'noted' }), sum.noted);
    assert.equal(await rowsOf({ serious: true }), sum.serious);
    for (const { kind, stops } of sum.byKind) assert.equal(await rowsOf({ kind }), stops);
    for (const { subject, stops } of sum.lost)
      assert.equal(await rowsOf({ lostSubject: subject ?? 'none' }), stops);
  });

  it('pages without loss, by day and never by teacher; a span the wrong way round is refused', async () => {
    const context = await asPrincipal();
    const span = { schoolId: walked.school.id, from: '2024-03-01', to: '2024-03-31', limit: 2 };
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listPatrolStops(context, { ...span, cursor });
      seen.push(...page.rows.map(({ dayOn, markId }) => `${dayOn}_${markId}`));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    assert.equal(new Set(seen).size, 5);
    assert.deepEqual(seen, seen.toSorted().toReversed());
    await assert.rejects(listPatrolStops(context, { ...span, to: '2024-02-01' }), { kind: 'invalid' });
  });
});
