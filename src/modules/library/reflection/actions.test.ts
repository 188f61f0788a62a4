import assert from 'node:assert/strict';
import { it } from 'node:test';
import { newId } from '#platform/ids.ts';
import { Refusal, type RefusalKind } from '#platform/refusal.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { adaptItem, getAdaptation } from '../adaptation/actions.ts';
import { aLibraryDistrict, aPublishedItem, contextOf } from '../testing.ts';
import { listReflections, reflect, withdrawReflection } from './actions.ts';

const { db } = await createTestDatabase();
const district = await aLibraryDistrict(db);
const { here, lead, head, teacher, colleague, elsewhere } = district;
const refused = (kind: RefusalKind) => (error: unknown) => error instanceof Refusal && error.kind === kind;
const as = (personId: string) => contextOf(db, personId);
const adapted = async () =>
  adaptItem(await as(teacher), {
    itemId: await aPublishedItem(db, district),
    schoolId: here,
    openTo: 'maker',
  });

it('a reflection is kept once, read in its school alone, and withdrawn by a mark', async () => {
  const { id: adaptationId } = await adapted();
  const said = {
    id: newId(),
    adaptationId,
    taughtOn: '2026-11-20',
    classLabel: '三(2)班',
    worked: '点子图很有效。',
    change: '',
    aspects: { process: '时间偏紧。' },
  };
  await reflect(await as(teacher), said);
  await reflect(await as(teacher), said);
  assert.equal((await getAdaptation(await as(teacher), { id: adaptationId })).taught, 1);
  const read = async (personId: string) => listReflections(await as(personId), { adaptationId });
  assert.equal((await read(colleague)).rows[0]?.worked, '点子图很有效。');
  for (const personId of [lead, head, elsewhere]) await assert.rejects(read(personId), refused('not-found'));
  for (const bad of [
    { ...said, id: newId(), taughtOn: '2026-12-20' },
    { ...said, id: newId(), worked: ' ', aspects: {} },
  ])
    await assert.rejects(
      as(teacher).then((context) => reflect(context, bad)),
      refused('invalid'),
    );
  await assert.rejects(
    as(colleague).then((context) => withdrawReflection(context, { id: said.id })),
    refused('not-found'),
  );
  await withdrawReflection(await as(teacher), { id: said.id });
  assert.deepEqual((await read(teacher)).rows, []);
});

it('what was written on after an answer was lost is not dropped: it is said, and kept as another one', async () => {
  const { id: adaptationId } = await adapted();
  const first = {
    id: newId(),
    adaptationId,
    taughtOn: '2026-11-20',
    classLabel: '',
    worked: '点子图很有效。',
    change: '',
    aspects: { process: '时间偏紧。', value: '都动了手。' },
  };
  await reflect(await as(teacher), first);
  await reflect(await as(teacher), { ...first, aspects: { value: '都动了手。', process: '时间偏紧。' } });
  const more = { ...first, change: '先估一估。' };
  await assert.rejects(
    as(teacher).then((context) => reflect(context, more)),
    (error) => error instanceof Refusal && error.kind === 'conflict' && /先撤回/.test(error.message),
  );
  await withdrawReflection(await as(teacher), { id: first.id });
  await reflect(await as(teacher), { ...more, id: newId() });
  const { rows } = await listReflections(await as(teacher), { adaptationId });
  assert.deepEqual(
    rows.map(({ worked, change }) => [worked, change]),
    [['点子图很有效。', '先估一估。']],
  );
});
