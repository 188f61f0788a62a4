import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import { makePng as makeHeader } from '#platform/files/testing.ts';
import { newId } from '#platform/ids.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { readWord } from '#platform/word/read-word.ts';
import { makeDocx, makePng, para, picture, table } from '#platform/word/testing.ts';
import { findDraftContent } from '../co-editing/store.ts';
import { pictureFiles, plainText, sectionOf } from '../content/rules.ts';
import { startLibraryServer } from '../server/testing.ts';
import { aLibraryDistrict, primaryMaths, publishOpenRound } from '../testing.ts';
import { insertBroughtWord, removeBroughtWords } from './store.ts';
import { aWordLesson } from './testing.ts';

const { db } = await createTestDatabase();
const people = await aLibraryDistrict(db);
const { writer, second, teacher, elsewhere } = people;
const server = await startLibraryServer(db, { writer, second, teacher, elsewhere });
const { bring, call, get } = server;

const noHints = {
  title: null,
  subject: null,
  grade: null,
  edition: null,
  unit: null,
  lessonHour: null,
  facts: [],
};

const start = (who: string, word: object, more: object = {}) =>
  call(who, 'startItem', {
    ...primaryMaths,
    kind: 'lesson-design',
    title: '分数的初步认识',
    schoolId: null,
    shared: true,
    word,
    ...more,
  });

const isPicture = async (who: string, file: string): Promise<number> =>
  (await get(who, `/files/library/picture/${file}`)).status;

describe('a Word file as the beginning of an item', () => {
  it('is read for a preview of its own person, writes nothing, and becomes the draft when it is begun', async () => {
    const png = makePng(61, 41);
    const file = createHash('sha256').update(png).digest('hex');
    const { status, json } = await bring('writer', aWordLesson({ png }));
    assert.equal(status, 200, JSON.stringify(json));
    const id = json.importId;
    const { json: preview } = await call('writer', 'getBroughtWord', { id });
    assert.equal(preview.proposed.subject, 'mathematics');
    assert.equal(preview.proposed.grade, 3);
    assert.ok(preview.where.length > 4);
    assert.equal((await call('second', 'getBroughtWord', { id })).status, 404);
    assert.equal((await db.selectFrom('library.item').select('id').execute()).length, 0);
    assert.equal(await isPicture('writer', file), 200);
    assert.equal(await isPicture('second', file), 404);

    const own = preview.content.sections.find(({ key }: { key: string }) => key.startsWith('own-'));
    assert.equal((await start('second', { id, moves: [] })).status, 404);
    assert.equal((await start('writer', { id, moves: [] }, { kind: 'unit-design' })).status, 422);
    const begun = await start('writer', { id, moves: [{ from: own.key, to: 'board' }] });
    assert.equal(begun.status, 200, JSON.stringify(begun.json));
    const content = (await findDraftContent(db, begun.json.roundId))?.content ?? { sections: [] };
    const board = sectionOf(content, 'board');
    assert.match(board === undefined ? '' : plainText(board.body), /口算接力/u);
    assert.equal(sectionOf(content, own.key), undefined);
    assert.match(JSON.stringify(content), /frac\{1\}\{2\}/u);
    assert.deepEqual(pictureFiles(content), [file]);

    // Who writes the draft sees its picture, a school only once it is published.
    assert.equal(await isPicture('second', file), 200);
    assert.equal(await isPicture('teacher', file), 404);
    const draft = await get('second', `/files/library/rounds/${begun.json.roundId}.docx`);
    assert.equal(draft.status, 200);
    assert.equal((await get('teacher', `/files/library/rounds/${begun.json.roundId}.docx`)).status, 404);
    assert.equal((await get('teacher', `/files/library/items/${begun.json.id}.docx`)).status, 404);
    await publishOpenRound(db, people, begun.json.roundId);
    assert.equal(await isPicture('teacher', file), 200);

    const word = await get('teacher', `/files/library/items/${begun.json.id}.docx`);
    assert.match(word.headers.get('content-type') ?? '', /wordprocessingml/u);
    const back = await readWord({ name: 'x.docx', bytes: Buffer.from(await word.arrayBuffer()) });
    assert.deepEqual([...back.pictures.keys()], [file]);
    assert.match(JSON.stringify(back.blocks), /"kind":"formula","latex":"\\\\frac\{1\}\{2\}"/u);
    const pdf = await get('teacher', `/files/library/items/${begun.json.id}.pdf`);
    assert.equal(pdf.headers.get('content-type'), 'application/pdf');
    assert.equal(Buffer.from(await pdf.arrayBuffer()).toString('latin1', 0, 5), '%PDF-');

    const taken = await call('teacher', 'adaptItem', {
      itemId: begun.json.id,
      schoolId: people.here,
      openTo: 'maker',
    });
    const own1 = `/files/library/adaptations/${taken.json.id}`;
    assert.equal((await get('teacher', `${own1}.docx`)).status, 200);
    assert.equal((await get('elsewhere', `${own1}.docx`)).status, 404);
    for (const wrong of [`${own1}.exe`, '/files/library/items/1.docx'])
      assert.equal((await get('teacher', wrong)).status, 404);
  });

  it('that cannot be read is refused in a sentence, and nothing of it stays', async () => {
    const bomb = zipSync({
      '[Content_Types].xml': strToU8(
        '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
      ),
      '_rels/.rels': strToU8(
        '<Relationships><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
      ),
      'word/document.xml': new Uint8Array(120 * 2 ** 20),
    });
    const lesson = aWordLesson();
    const files: readonly (readonly [Buffer, RegExp])[] = [
      [Buffer.from('学科,数学'), /\.docx/u],
      [Buffer.from('<html><script>1</script></html>'), /\.docx/u],
      [Buffer.from('d0cf11e0a1b11ae1', 'hex'), /旧版 \.doc/u],
      [
        makeDocx({
          body: para('宏'),
          mainType: 'application/vnd.ms-word.document.macroEnabled.main+xml',
          extra: { 'word/vbaProject.bin': strToU8('x') },
        }),
        /宏/u,
      ],
      [Buffer.from(bomb), /过大|损坏|解开/u],
      [lesson.subarray(0, Math.floor(lesson.length * 0.99)), /损坏|不完整/u],
      [makeDocx({ body: para('一页写不满。').repeat(25_000) }), /文件太长.*按课或单元拆成几个文件/u],
      [Buffer.alloc(0), /空/u],
    ];
    const before = await db.selectFrom('library.broughtWord').select('id').execute();
    for (const [bytes, sentence] of files) {
      const { status, json } = await bring('writer', bytes);
      assert.equal(status, 422, json.message);
      assert.match(json.message, sentence);
    }
    assert.equal((await bring('writer', lesson, 'x.docx', 'poem')).status, 422);
    assert.equal((await db.selectFrom('library.broughtWord').select('id').execute()).length, before.length);
  });

  it('with tables in tables and a picture too large to unpack is taken in, and says what came over otherwise', async () => {
    const inner = table([['内一', '内二']]);
    const { status, json } = await bring(
      'writer',
      makeDocx({
        body: para('教学目标') + table([['外', { content: `${inner}${para('后')}` }]]) + para(picture('p')),
        media: { p: ['a.png', makeHeader(60_000, 60_000)] },
      }),
    );
    assert.equal(status, 200, JSON.stringify(json));
    const { json: preview } = await call('writer', 'getBroughtWord', { id: json.importId });
    const text = JSON.stringify(preview.content);
    for (const words of ['外', '内一', '内二', '后']) assert.ok(text.includes(words), words);
    assert.deepEqual(pictureFiles(preview.content), []);
    assert.match(preview.warnings.join(), /嵌在别的表格里.*图片的像素过多|图片的像素过多.*嵌在别的表格里/u);
  });

  it('brought twice at once is stored once', async () => {
    const png = makePng(33, 21);
    const file = createHash('sha256').update(png).digest('hex');
    const lesson = aWordLesson({ png });
    const answers = await Promise.all([
      bring('writer', lesson),
      bring('second', lesson),
      bring('writer', lesson),
    ]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200],
    );
    const stored = await db.selectFrom('platform.file').selectAll().where('sha256', '=', file).execute();
    assert.equal(stored.length, 1);
    assert.notEqual(stored[0]?.storedAt, null);
    const uploads = await db.selectFrom('platform.upload').select('id').where('sha256', '=', file).execute();
    assert.equal(uploads.length, 2);
  });

  it('whose picture is a lie has its text taken in without it', async () => {
    const { status, json } = await bring(
      'writer',
      makeDocx({
        body: para('教学目标') + para('会看图。') + para(picture('p')),
        media: { p: ['a.png', strToU8('<svg onload="alert(1)"/>')] },
      }),
    );
    assert.equal(status, 200);
    const { json: preview } = await call('writer', 'getBroughtWord', { id: json.importId });
    assert.deepEqual(pictureFiles(preview.content), []);
    assert.match(preview.warnings.join(), /图片/u);
  });

  it('that is a paper goes out as pupils get it, and with its answers', async () => {
    const cells = { type: 'choice', stem: '一半写作（ ）', answer: '二分之一就是答案' };
    const { json } = await call('writer', 'startItem', {
      ...primaryMaths,
      kind: 'test-paper',
      title: '单元练习',
      schoolId: null,
      shared: true,
      content: {
        sections: [{ key: 'items', title: '试题', body: { form: 'rows', rows: [{ id: 'q1', cells }] } }],
      },
    });
    for (const [query, answers] of [
      ['', true],
      ['?answers=no', false],
    ] as const) {
      const answer = await get('writer', `/files/library/rounds/${json.roundId}.docx${query}`);
      const { blocks } = await readWord({ name: 'x.docx', bytes: Buffer.from(await answer.arrayBuffer()) });
      assert.match(JSON.stringify(blocks), /一半写作/u);
      assert.equal(JSON.stringify(blocks).includes('二分之一就是答案'), answers);
    }
  });

  it('goes when it was not used in time', async () => {
    const old = await insertBroughtWord(db, {
      accountId: newId(),
      name: '旧.docx',
      kind: 'lesson-design',
      design: { content: { sections: [] }, hints: noHints, where: [], leftOut: [], warnings: [] },
    });
    await removeBroughtWords(db, '2026-11-20T00:00:00Z');
    const left = () => db.selectFrom('library.broughtWord').select('id').where('id', '=', old).execute();
    assert.equal((await left()).length, 1);
    await removeBroughtWords(db, new Date(Date.now() + 1_000).toISOString());
    assert.equal((await left()).length, 0);
  });
});
