import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createTestDatabase } from '#platform/testing.ts';
import { adaptItem } from '../adaptation/actions.ts';
import { aLibraryDistrict, aParagraph, aPublishedItem, contextOf, writeAdaptation } from '../testing.ts';
import { declineSuggestion, getSuggestion, suggest } from './actions.ts';
import { markSeen } from './store.ts';

const { db } = await createTestDatabase();
const district = await aLibraryDistrict(db);
const { here, writer, teacher } = district;
const as = (personId: string) => contextOf(db, personId);

it('an answer that came while an earlier one was looked at is still new', async () => {
  const itemId = await aPublishedItem(db, district);
  const taken = await adaptItem(await as(teacher), { itemId, schoolId: here, openTo: 'maker' });
  await writeAdaptation(db, teacher, taken, {
    learners: { form: 'text', blocks: [aParagraph('还不会估算。')] },
  });
  const made = await suggest(await as(teacher), {
    adaptationId: taken.id,
    section: 'learners',
    reason: '还不会估算。',
    happened: '',
  });
  const answered = await declineSuggestion(await as(writer), { ...made, answer: '放在练习课处理。' });
  const isFresh = async () => (await getSuggestion(await as(teacher), { id: made.id })).fresh;
  await markSeen(db, made, '2026-11-26T00:00:00Z');
  assert.equal(await isFresh(), true);
  await markSeen(db, answered, '2026-11-26T00:00:00Z');
  assert.equal(await isFresh(), false);
});
