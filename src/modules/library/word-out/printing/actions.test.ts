import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { describe, it, type TestContext } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import type { FileStore } from '#platform/files/file-store.ts';
import { createTestFiles, makePng } from '#platform/files/testing.ts';
import { noticesHeader } from '#platform/http/file-route.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { readWord } from '#platform/word/read-word.ts';
import { findDraft } from '../../actions.ts';
import { adaptItem } from '../../adaptation/actions.ts';
import { replaceDraftSection } from '../../co-editing/store.ts';
import { startItem } from '../../item/actions.ts';
import { decideReview, findRoundDraft, getRound, submitRound } from '../../round/actions.ts';
import { startLibraryServer } from '../../server/testing.ts';
import {
  aLessonDesign,
  aLibraryDistrict,
  aPublishedItem,
  aStartedItem,
  contextOf,
  primaryMaths,
} from '../../testing.ts';
import { printingActions } from './actions.ts';

const { db } = await createTestDatabase();
const district = await aLibraryDistrict(db);
const { writer } = district;
const { call, get, upload, files } = await startLibraryServer(db, { writer });

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const webp = Buffer.from('UklGRhwAAABXRUJQVlA4TA8AAAAvIAAFEAcQ/Y+aBSKi/wEA', 'base64');

/** A draft on whose board these pictures stand. */
const aDraftWith = async (pictures: readonly Buffer[]): Promise<string> => {
  const { roundId } = await aStartedItem(db, district);
  for (const [at, bytes] of pictures.entries()) {
    const uploadId = await upload('writer', bytes, `图${at}`);
    assert.equal((await call('writer', 'addPicture', { documentId: roundId, uploadId })).status, 200);
  }
  const content = pictures.map((bytes) => ({
    type: 'picture' as const,
    attrs: { file: hashOf(bytes), alt: '', width: null },
  }));
  const body = { form: 'text' as const, blocks: [{ type: 'paragraph' as const, content }] };
  assert.ok(await replaceDraftSection(db, roundId, { key: 'board', body, personId: writer }));
  return roundId;
};

const print = async (roundId: string, ending: 'docx' | 'pdf') => {
  const answer = await get('writer', `/files/library/rounds/${roundId}.${ending}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const said = answer.headers.get(noticesHeader);
  return {
    status: answer.status,
    bytes,
    notices: said === null ? [] : JSON.parse(decodeURIComponent(said)),
    message: answer.status === 200 ? '' : bytes.toString(),
  };
};

const unlessFontsMiss = (t: TestContext, { message }: { readonly message: string }): boolean => {
  if (!message.includes('没有中文字体')) return true;
  t.skip('no Chinese font on this machine');
  return false;
};

describe('a printed design', () => {
  it('holds its WebP pictures, in Word as PNG', async (t) => {
    const roundId = await aDraftWith([webp, makePng(20, 20)]);
    const word = await print(roundId, 'docx');
    assert.deepEqual([word.status, word.notices], [200, []]);
    const { pictures } = await readWord({ name: 'x.docx', bytes: word.bytes });
    assert.deepEqual([...pictures.values()].map(({ type, width }) => `${type} ${width}`).sort(), [
      'image/png 20',
      'image/png 33',
    ]);
    const pdf = await print(roundId, 'pdf');
    if (!unlessFontsMiss(t, pdf)) return;
    assert.deepEqual([pdf.status, pdf.notices], [200, []]);
    assert.match(pdf.bytes.toString('latin1'), /\/Width 33\b/u);
  });

  it('marks a picture whose bytes changed or went from the disk, and says so', async (t) => {
    const [changed, gone, sound] = [makePng(51, 20), makePng(52, 20), makePng(53, 20)];
    const roundId = await aDraftWith([changed, gone, sound]);
    const other = Buffer.from(changed);
    other.writeUInt8(7, 30);
    writeFileSync(files.pathOf(hashOf(changed)), other);
    rmSync(files.pathOf(hashOf(gone)));
    const word = await print(roundId, 'docx');
    assert.equal(word.status, 200);
    assert.match(word.notices.join(), /有 2 张图片找不到或已损坏/u);
    const { blocks, pictures } = await readWord({ name: 'x.docx', bytes: word.bytes });
    assert.deepEqual([...pictures.keys()], [hashOf(sound)]);
    assert.equal(JSON.stringify(blocks).match(/【图片缺失】/gu)?.length, 2);
    const pdf = await print(roundId, 'pdf');
    if (!unlessFontsMiss(t, pdf)) return;
    assert.match(pdf.notices.join(), /有 2 张图片找不到或已损坏/u);
  });

  it('is made one at a time, and beyond a short line people are asked to come back', async () => {
    const roundId = await aDraftWith([makePng(61, 20)]);
    const { promise: gate, resolve } = Promise.withResolvers<void>();
    const slow: FileStore = { ...files, open: (sha256) => gate.then(() => files.open(sha256)) };
    const { printRound } = printingActions(findRoundDraft, slow);
    const context = await contextOf(db, writer);
    const input = { params: { file: `${roundId}.docx` }, query: {} };
    const refused = Promise.withResolvers<unknown>();
    const asked = Array.from({ length: 10 }, () => {
      const answer = printRound(context, input);
      answer.catch(refused.resolve);
      return answer;
    });
    const error = await refused.promise;
    assert.ok(error instanceof Error);
    assert.match(error.message, /请过一分钟再点下载/u);
    resolve();
    const settled = await Promise.allSettled(asked);
    assert.equal(settled.filter(({ status }) => status === 'rejected').length, 1);
    assert.ok('bytes' in (await printRound(context, input)));
  });
});

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
