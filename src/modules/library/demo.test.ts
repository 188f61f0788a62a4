import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '#platform/random.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { seedLibrary } from './demo.ts';
import { listChosenEditions, listVolumesInUse } from './edition-choice/store.ts';
import { listEditions, listUnits } from './textbook/store.ts';
import { readTextbooks } from './textbook-import/reading/rules.ts';
import { planTextbooks } from './textbook-import/rules.ts';
import { sheetRows } from './textbook-import/sheet/rules.ts';
import { readSheet, readStanding } from './textbook-import/store.ts';

test('every subject and grade that is offered has its books, this year and the last', async () => {
  const { db } = await createTestDatabase();
  await db.transaction().execute((transaction) => seedLibrary(transaction, seededRandom(7), '2026-11-23'));
  const now = await listChosenEditions(db, 2026);
  assert.equal(now.length, 44);
  assert.equal((await listChosenEditions(db, 2025)).length, 44);
  assert.deepEqual([...new Set(now.map(({ revisionYear }) => revisionYear))], [2024]);
  assert.ok(now.every(({ withdrawnOn }) => withdrawnOn === null));
  const volumes = await listVolumesInUse(db, { schoolYear: 2026, term: 1 });
  assert.equal(volumes.length, 44);
  const units = await listUnits(
    db,
    volumes.map(({ volumeId }) => volumeId),
  );
  assert.ok(units.length >= 44 * 4, `${units.length}`);
  assert.ok(units.every(({ lessons, title }) => lessons.length >= 3 && title.endsWith('（演示）')));
  assert.ok((await listEditions(db)).some(({ withdrawnOn }) => withdrawnOn === '2026-09-01'));
});

test('the demonstration’s sheet, imported, changes nothing', async () => {
  const { db } = await createTestDatabase();
  await db.transaction().execute((transaction) => seedLibrary(transaction, seededRandom(7), '2026-11-23'));
  const rows = sheetRows(await readSheet(db, {}));
  assert.ok(rows.length > 1500);
  const { volumes, unread } = readTextbooks(
    rows.map((cells, index) => ({ table: '目录', cells, ref: (column) => `${index + 1}/${column}` })),
  );
  assert.deepEqual(unread, []);
  const standing = await readStanding(
    db,
    volumes.map(({ subject }) => subject),
  );
  const { changes, questions, units, lessons } = planTextbooks({ volumes, unread }, standing, {
    decisions: {},
    mayKeep: () => true,
  });
  assert.deepEqual(
    [changes.new, changes.changed, changes.removed, questions, units, lessons],
    [0, 0, 0, [], [], []],
  );
  assert.equal(changes.unchanged > 1500, true);
});
