import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { sql } from 'kysely';
import { openDatabase } from '#platform/database/database.ts';
import { createTestDatabase } from '#platform/testing.ts';
import type { Body } from '../content/contract.ts';
import { suggest } from '../suggestion/actions.ts';
import { aLibraryDistrict, aParagraph, aPublishedItem, contextOf, writeAdaptation } from '../testing.ts';
import { adaptItem } from './actions.ts';

const { db, ownerUrl } = await createTestDatabase();
const district = await aLibraryDistrict(db);
const { here, teacher } = district;

it('what lists show is filled in for what stood before the columns as it is for what comes', async () => {
  const context = await contextOf(db, teacher);
  const itemId = await aPublishedItem(db, district);
  const taken = await adaptItem(context, { itemId, schoolId: here, openTo: 'maker' });
  const body: Body = { form: 'text', blocks: [aParagraph('还不会估算。')] };
  await writeAdaptation(db, teacher, taken, { learners: body, 'own-1': body });
  for (const section of ['learners', 'own-1'])
    await suggest(context, { adaptationId: taken.id, section, reason: '改', happened: '' });
  const columns = async () => ({
    keys: (
      await db.selectFrom('library.adaptation').select('touchedKeys').executeTakeFirstOrThrow()
    ).touchedKeys.toSorted(),
    titles: await db
      .selectFrom('library.suggestion')
      .select(['section', 'sectionTitle'])
      .orderBy('section')
      .execute(),
  });
  const written = await columns();
  assert.deepEqual(written, {
    keys: ['learners', 'own-1'],
    titles: [
      { section: 'learners', sectionTitle: '学情分析' },
      { section: 'own-1', sectionTitle: 'own-1' },
    ],
  });
  // As the migration itself, which the application's role could not run.
  const owner = openDatabase(ownerUrl, { connections: 1 });
  await owner.db.updateTable('library.adaptation').set({ touchedKeys: [] }).execute();
  await owner.db.updateTable('library.suggestion').set({ sectionTitle: '还没有' }).execute();
  const statements =
    readFileSync('migrations/0113-library-lists.sql', 'utf8').match(/^update [^;]+;/gm) ?? [];
  assert.equal(statements.length, 2);
  for (const statement of statements) await sql.raw(statement).execute(owner.db);
  await owner.close();
  assert.deepEqual(await columns(), written);
});
