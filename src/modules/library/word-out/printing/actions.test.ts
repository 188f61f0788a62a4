import assert from 'node:assert/strict';
import { it } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { createTestFiles } from '#platform/files/testing.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { findDraft } from '../../actions.ts';
import { adaptItem } from '../../adaptation/actions.ts';
import { startItem } from '../../item/actions.ts';
import { decideReview, getRound, submitRound } from '../../round/actions.ts';
import { aLessonDesign, aLibraryDistrict, aPublishedItem, contextOf, primaryMaths } from '../../testing.ts';
import { printingActions } from './actions.ts';

const { db } = await createTestDatabase();
const district = await aLibraryDistrict(db);
const { here, teacher, principal } = district;
const as = (personId: string) => contextOf(db, personId);
const { printAdaptation } = printingActions(findDraft, createTestFiles());

/** What stands under every page of an adaptation of an item. */
const footerOf = async (itemId: string): Promise<string> => {
  const context = await as(teacher);
  const { id } = await adaptItem(context, { itemId, schoolId: here, openTo: 'maker' });
  const { bytes: word } = await printAdaptation(context, { params: { file: `${id}.docx` }, query: {} });
  assert.ok(word instanceof Uint8Array);
  return Object.entries(unzipSync(new Uint8Array(word)))
    .filter(([name]) => name.startsWith('word/footer'))
    .map(([, bytes]) => strFromU8(bytes))
    .join('');
};

it('an adaptation names the version it is of by whose the item is', async () => {
  assert.match(await footerOf(await aPublishedItem(db, district)), /根据区级第1版/);
  const { id, roundId } = await startItem(await as(teacher), {
    ...primaryMaths,
    kind: 'lesson-design',
    title: '校本课例',
    schoolId: here,
    shared: false,
    content: aLessonDesign(),
  });
  await submitRound(await as(teacher), { id: roundId, version: 1, note: '', reviewers: [principal] });
  const { submissions } = await getRound(await as(principal), { id: roundId });
  const review = submissions[0]?.reviews[0];
  assert.ok(review);
  const decided = { id: review.id, version: review.version, verdict: 'approved', remark: '' } as const;
  await decideReview(await as(principal), decided);
  const own = await footerOf(id);
  assert.match(own, /根据晨光小学第1版/);
  assert.doesNotMatch(own, /区级/);
});
