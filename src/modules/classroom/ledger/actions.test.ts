import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { createTestDatabase } from '#platform/testing.ts';
import {
  anAppointment,
  anObservation,
  aPerson,
  aSchool,
  aTerm,
  contextOf,
  type TestPerson,
} from '../testing.ts';
import { explainRemark, explainShortfall, myLedger } from './actions.ts';

const { db } = await createTestDatabase();
let termId: string;
let principal: TestPerson;
let ids: string[];

before(async () => {
  termId = (await aTerm(db)).id;
  const school = await aSchool(db);
  principal = await aPerson(db, { schoolId: school.id });
  await anAppointment(db, principal.id, { post: 'principal', schoolId: school.id });
  const teacher = await aPerson(db);
  const observed = (slotFrom: number, more: { withdrawn?: boolean; late?: boolean } = {}) =>
    anObservation(db, {
      observerId: principal.id,
      schoolId: school.id,
      termId,
      ...more,
      content: {
        slotFrom,
        slotTo: slotFrom,
        teacherId: teacher.id,
        teacherName: teacher.name,
        strengths:
          slotFrom === 6 ? '追问引到算理，学生说得清楚，板书随发言生成。' : `第${slotFrom}节各有所得。`,
      },
    });
  ids = [
    await observed(2),
    await observed(3),
    await observed(6, { late: true }),
    await observed(5, { withdrawn: true }),
  ];
});

it('shows the observer what to look at again, and keeps a word of explanation', async () => {
  const context = await contextOf(db, principal);
  const ledger = await myLedger(context, {});
  assert.equal(ledger.lessons, 3);
  assert.equal(
    ledger.weeks.reduce((sum, { lessons }) => sum + lessons, 0),
    3,
  );
  assert.deepEqual(
    ledger.remarks.map(({ kind, row, other }) => [kind, row.id, other?.id ?? null]),
    [
      ['duplicate', ids[1], ids[0]],
      ['late', ids[2], null],
    ],
  );
  const wanted = { termId, observationId: ids[1] ?? '', otherId: ids[0] ?? '', text: '确是两节，内容相接。' };
  await explainRemark(context, { ...wanted, kind: 'duplicate' });
  await assert.rejects(explainRemark(context, { ...wanted, kind: 'overlap' }), { kind: 'not-found' });
  const again = await myLedger(context, { termId });
  assert.deepEqual(
    again.remarks.map(({ explanations }) => explanations.map(({ text }) => text)),
    [['确是两节，内容相接。'], []],
  );
  const other = await contextOf(db, await aPerson(db));
  assert.deepEqual((await myLedger(other, { termId })).remarks, []);
  await assert.rejects(explainRemark(other, { ...wanted, kind: 'duplicate' }), { kind: 'not-found' });
});

it('keeps every version of why the number is not reached', async () => {
  const context = await contextOf(db, principal);
  await assert.rejects(explainShortfall(context, { termId, number: 0, text: ' ' }), { kind: 'invalid' });
  await explainShortfall(context, { termId, number: 0, text: '外出培训三周。' });
  await assert.rejects(explainShortfall(context, { termId, number: 0, text: '别的' }), { kind: 'conflict' });
  await explainShortfall(context, { termId, number: 1, text: '外出培训四周。' });
  assert.deepEqual(
    (await myLedger(context, { termId })).shortfall.map(({ number, text }) => [number, text]),
    [
      [1, '外出培训三周。'],
      [2, '外出培训四周。'],
    ],
  );
  await assert.rejects(
    db.updateTable('classroom.ledgerShortfall').set({ text: 'x' }).where('termId', '=', termId).execute(),
    /permission denied/,
  );
});
