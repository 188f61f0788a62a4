import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { makePng } from '#platform/files/testing.ts';
import { newId } from '#platform/ids.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { adaptationScope } from '../adaptation/policy.ts';
import { replaceDraftSection } from '../co-editing/store.ts';
import type { Block, Body, Content } from '../content/contract.ts';
import { startItem } from '../item/actions.ts';
import { itemScope } from '../item/policy.ts';
import { startLibraryServer } from '../server/testing.ts';
import {
  aLessonDesign,
  aLibraryDistrict,
  aParagraph,
  aPublishedItem,
  aStartedItem,
  contextOf,
  primaryMaths,
  publishOpenRound,
  typeIntoAdaptation,
  writeAdaptation,
} from '../testing.ts';
import { findReadablePicture } from './store.ts';

const { db } = await createTestDatabase();
const district = await aLibraryDistrict(db);
const { writer, second, teacher, colleague, elsewhere } = district;
const { call, get, upload } = await startLibraryServer(db, { writer, second, teacher, colleague, elsewhere });

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const read = async (who: string, file: string): Promise<number> =>
  (await get(who, `/files/library/picture/${file}`)).status;
const notedIn = async (documentId: string): Promise<string[]> =>
  (
    await db
      .selectFrom('library.picture')
      .select('sha256')
      .where('documentId', '=', documentId)
      .orderBy('sha256')
      .execute()
  ).map(({ sha256 }) => sha256);
const withPicture = (file: string): Block => ({
  type: 'paragraph',
  content: [{ type: 'picture', attrs: { file, alt: '板书', width: null } }],
});

const withBoard = (file: string): Content => ({
  sections: aLessonDesign().sections.map((section) =>
    section.key === 'board' ? { ...section, body: { form: 'text', blocks: [withPicture(file)] } } : section,
  ),
});

describe('pictures of a draft', () => {
  it('are taken up by who writes it and read by who may read it', async () => {
    const { roundId } = await aStartedItem(db, district);
    const bytes = makePng(31, 22);
    const uploadId = await upload('writer', bytes, '板书.png');
    for (const [who, status] of [
      ['second', 404],
      ['teacher', 404],
    ] as const)
      assert.equal((await call(who, 'addPicture', { documentId: roundId, uploadId })).status, status);
    const { status, json } = await call('writer', 'addPicture', { documentId: roundId, uploadId });
    assert.deepEqual([status, json], [200, { file: hashOf(bytes) }]);
    assert.equal(await read('second', json.file), 200);
    assert.equal(await read('teacher', json.file), 404);
    const answer = await get('second', `/files/library/picture/${json.file}`);
    assert.equal(answer.headers.get('content-type'), 'image/png');
    assert.match(answer.headers.get('content-disposition') ?? '', /^inline/u);
  });

  it('are pictures: no markup, no bomb, nothing over 10 MB', async () => {
    const { roundId } = await aStartedItem(db, district);
    const files: readonly (readonly [Buffer, string])[] = [
      [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), '图.png'],
      [Buffer.from('<html><script>alert(1)</script></html>'), '图.jpg'],
      [Buffer.from('%PDF-1.7\n'), '图.gif'],
      [makePng(60_000, 60_000), '炸弹.png'],
      [Buffer.concat([makePng(10, 10), randomBytes(10 * 2 ** 20)]), '大.png'],
    ];
    for (const [bytes, name] of files) {
      const uploadId = await upload('writer', bytes, name);
      const { status, json } = await call('writer', 'addPicture', { documentId: roundId, uploadId });
      assert.equal(status, 422, name);
      assert.match(json.message, /图片/u);
    }
  });

  it('of another school stay with it, whatever hash somebody writes into their own draft', async () => {
    const { id: ours } = await startItem(await contextOf(db, teacher), {
      ...primaryMaths,
      kind: 'lesson-design',
      title: '本校的',
      schoolId: district.here,
      shared: false,
      content: aLessonDesign(),
    });
    const { roundId } = await db
      .selectFrom('library.round')
      .select('id as roundId')
      .where('itemId', '=', ours)
      .executeTakeFirstOrThrow();
    const bytes = makePng(17, 19);
    const uploadId = await upload('teacher', bytes, '学生作品.png');
    const { json } = await call('teacher', 'addPicture', { documentId: roundId, uploadId });
    assert.equal(await read('colleague', json.file), 200);
    assert.equal(await read('elsewhere', json.file), 404);
    const stolen = await call('elsewhere', 'startItem', {
      ...primaryMaths,
      kind: 'lesson-design',
      title: '拿来的',
      schoolId: district.there,
      shared: false,
      content: withBoard(json.file),
    });
    assert.equal(stolen.status, 200);
    assert.equal(await read('elsewhere', json.file), 404);
    const print = await get('elsewhere', `/files/library/rounds/${stolen.json.roundId}.docx`);
    assert.equal(print.status, 200);
    assert.equal(Buffer.from(await print.arrayBuffer()).includes('word/media/'), false);
    for (const who of ['elsewhere', 'teacher']) assert.equal(await read(who, 'a'.repeat(64)), 404);
    assert.equal(await read('teacher', 'no-hash'), 404);
    assert.equal(
      (await call('elsewhere', 'addPicture', { documentId: newId(), uploadId: newId() })).status,
      404,
    );
  });

  it('uploaded twice at once lie once and stand in both drafts', async () => {
    const [one, other] = [await aStartedItem(db, district), await aStartedItem(db, district)];
    const bytes = makePng(45, 46);
    const uploads = await Promise.all([upload('writer', bytes, '甲.png'), upload('second', bytes, '乙.png')]);
    const answers = await Promise.all([
      call('writer', 'addPicture', { documentId: one.roundId, uploadId: uploads[0] }),
      call('second', 'addPicture', { documentId: other.roundId, uploadId: uploads[1] }),
    ]);
    assert.deepEqual(
      answers.map(({ json }) => json.file),
      [hashOf(bytes), hashOf(bytes)],
    );
    const rows = await db
      .selectFrom('library.picture')
      .select('documentId')
      .where('sha256', '=', hashOf(bytes))
      .execute();
    assert.equal(rows.length, 2);
  });

  it('of an adaptation are read by its school, and by the core group once they are saved', async () => {
    const itemId = await aPublishedItem(db, district);
    const { json: taken } = await call('teacher', 'adaptItem', {
      itemId,
      schoolId: district.here,
      openTo: 'maker',
    });
    const bytes = makePng(27, 28);
    const uploadId = await upload('teacher', bytes, '本校学情.png');
    const { json } = await call('teacher', 'addPicture', { documentId: taken.id, uploadId });
    assert.equal(await read('colleague', json.file), 200);
    assert.equal(await read('second', json.file), 404);
    await writeAdaptation(
      db,
      teacher,
      { id: taken.id, version: taken.version },
      {
        board: { form: 'text', blocks: [withPicture(json.file)] },
      },
    );
    assert.equal(await read('second', json.file), 200);
    assert.equal(await read('elsewhere', json.file), 404);
    const print = await get('second', `/files/library/adaptations/${taken.id}.docx`);
    assert.equal(Buffer.from(await print.arrayBuffer()).includes('word/media/'), true);
  });

  it('that come from above stay readable in an adaptation whatever is done to it', async () => {
    const itemId = await aPublishedItem(db, district);
    const { json: taken } = await call('teacher', 'adaptItem', {
      itemId,
      schoolId: district.here,
      openTo: 'maker',
    });
    const text = (words: string): Body => ({ form: 'text', blocks: [aParagraph(words)] });
    const written = await writeAdaptation(db, teacher, taken, { learners: text('本班学情。') });
    const above = makePng(71, 20);
    const nextOf = await call('writer', 'startRound', { itemId });
    await call('writer', 'addPicture', {
      documentId: nextOf.json.id,
      uploadId: await upload('writer', above, '区里的.png'),
    });
    const board: Body = { form: 'text', blocks: [withPicture(hashOf(above))] };
    await replaceDraftSection(db, nextOf.json.id, { key: 'board', body: board, personId: writer });
    await publishOpenRound(db, district, nextOf.json.id);

    const update = async (edit: { readonly id: string; readonly version: number }) => {
      const { json: texts } = await call('teacher', 'getUpdate', { id: edit.id });
      return call('teacher', 'updateAdaptation', { ...edit, to: 2, shown: texts.shown, decisions: {} });
    };
    const updated = await update(written);
    assert.equal(updated.status, 200, JSON.stringify(updated.json));
    assert.deepEqual(await notedIn(taken.id), [hashOf(above)], 'update');

    // Undone and typed anew: what is unsaved at the next undoing is kept as a revision, with its pictures.
    const undone = await call('teacher', 'undoUpdate', updated.json);
    assert.equal(undone.status, 200, JSON.stringify(undone.json));
    const again = await update(undone.json);
    const typed = makePng(72, 20);
    await upload('teacher', typed, '自己的.png');
    await typeIntoAdaptation(db, teacher, taken.id, {
      learners: { form: 'text', blocks: [withPicture(hashOf(typed))] },
    });
    const back = await call('teacher', 'undoUpdate', again.json);
    assert.equal(back.status, 200, JSON.stringify(back.json));
    assert.deepEqual(await notedIn(taken.id), [hashOf(above), hashOf(typed)].sort(), 'undo');
    assert.equal(await read('second', hashOf(typed)), 200, 'the core group reads what was saved');
    assert.equal(await read('elsewhere', hashOf(typed)), 404);
  });

  it('stand in a section that is linked to the version again', async () => {
    const bytes = makePng(73, 20);
    const { roundId, id: itemId } = await aStartedItem(db, district);
    await call('writer', 'addPicture', {
      documentId: roundId,
      uploadId: await upload('writer', bytes, '板书.png'),
    });
    const board: Body = { form: 'text', blocks: [withPicture(hashOf(bytes))] };
    await replaceDraftSection(db, roundId, { key: 'board', body: board, personId: writer });
    await publishOpenRound(db, district, roundId);
    const { json: taken } = await call('teacher', 'adaptItem', {
      itemId,
      schoolId: district.here,
      openTo: 'maker',
    });
    await typeIntoAdaptation(db, teacher, taken.id, {
      board: { form: 'text', blocks: [aParagraph('不用图。')] },
    });
    assert.deepEqual(await notedIn(taken.id), []);
    const { status } = await call('teacher', 'relinkSection', { ...taken, section: 'board' });
    assert.equal(status, 200);
    assert.deepEqual(await notedIn(taken.id), [hashOf(bytes)]);
  });

  it('in a suggestion that is taken are seen by all who write the draft', async () => {
    const itemId = await aPublishedItem(db, district);
    const { json: taken } = await call('teacher', 'adaptItem', {
      itemId,
      schoolId: district.here,
      openTo: 'maker',
    });
    const bytes = makePng(74, 20);
    await upload('teacher', bytes, '本校板书.png');
    await typeIntoAdaptation(db, teacher, taken.id, {
      board: { form: 'text', blocks: [withPicture(hashOf(bytes))] },
    });
    assert.equal((await call('teacher', 'saveAdaptation', taken)).status, 200);
    const { json: made } = await call('teacher', 'suggest', {
      adaptationId: taken.id,
      section: 'board',
      reason: '更清楚。',
      happened: '',
    });
    const { json: seen } = await call('second', 'getSuggestion', { id: made.id });
    const { json: merged, status } = await call('second', 'takeSuggestion', {
      id: made.id,
      version: made.version,
      shown: seen.shown,
      decisions: {},
      partly: false,
      answer: '',
    });
    assert.equal(status, 200, JSON.stringify(merged));
    assert.deepEqual(await notedIn(merged.roundId), [hashOf(bytes)]);
    await publishOpenRound(db, district, merged.roundId);
    assert.equal(await read('elsewhere', hashOf(bytes)), 200);
  });

  it('are looked up without a look at any text', async () => {
    const bytes = makePng(75, 20);
    const { roundId } = await aStartedItem(db, district);
    await call('writer', 'addPicture', {
      documentId: roundId,
      uploadId: await upload('writer', bytes, '图.png'),
    });
    const board: Body = { form: 'text', blocks: [withPicture(hashOf(bytes))] };
    await replaceDraftSection(db, roundId, { key: 'board', body: board, personId: writer });
    await publishOpenRound(db, district, roundId);
    const { actor } = await contextOf(db, elsewhere);
    const scopes = { item: itemScope(actor), adaptation: adaptationScope(actor) };
    await db.transaction().execute(async (transaction) => {
      const reads = async () => {
        const { rows } = await sql<{ name: string; reads: number }>`
          select relname as name, coalesce(seq_scan, 0) + coalesce(idx_scan, 0) as reads
          from pg_stat_xact_user_tables where schemaname = 'library'`.execute(transaction);
        return new Map(rows.map((row) => [row.name, row.reads]));
      };
      const before = await reads();
      assert.notEqual(await findReadablePicture(transaction, hashOf(bytes), scopes), undefined);
      const after = await reads();
      const readsOf = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
      assert.ok(readsOf('standing_picture') > 0);
      assert.deepEqual(['version', 'adaptation_revision'].map(readsOf), [0, 0]);
    });
  });
});
