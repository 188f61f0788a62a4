import assert from 'node:assert/strict';
import { it } from 'node:test';
import { explainRemark, explainShortfall } from '#modules/classroom/ledger/actions.ts';
import { anObservation, aTerm, contextOf } from '#modules/classroom/testing.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { aConsortium, aUnit } from '../testing.ts';
import { districtLedgers } from './actions.ts';

const { db } = await createTestDatabase();

it('the leading group learns counts and the words meant for it, no text of records and no explanation', async () => {
  const { id: termId } = await aTerm(db);
  const unit = await aUnit(db, { consortia: [await aConsortium(db, 'primary')] });
  const records: string[] = [];
  for (const slotFrom of [2, 3])
    records.push(
      await anObservation(db, {
        observerId: unit.principal.id,
        schoolId: unit.id,
        termId,
        late: true,
        content: { slotFrom, slotTo: slotFrom },
      }),
    );
  const context = await contextOf(db, unit.principal);
  const [first = '', second = ''] = records;
  await explainRemark(context, {
    termId,
    kind: 'duplicate',
    observationId: second,
    otherId: first,
    text: '连堂的两节。',
  });
  await explainShortfall(context, { termId, number: 0, text: '外出培训三周。' });
  const { rows } = await districtLedgers(context, { termId });
  assert.deepEqual(rows, [
    { personId: unit.principal.id, remarks: 3, explained: 1, shortfall: '外出培训三周。' },
  ]);
});
