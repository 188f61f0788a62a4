import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import type { Database } from '#platform/database/database.ts';
import { sweepFiles } from '#platform/files/upkeep.ts';
import { newId } from '#platform/ids.ts';
import { Refusal } from '#platform/refusal.ts';
import { makeDocx, para } from '#platform/word/testing.ts';
import { findDraft } from '../actions.ts';
import { attachmentActions } from '../attachment/actions.ts';
import { completed } from '../content/rules.ts';
import {
  findItemAccess,
  getItem,
  listItems,
  listVersions,
  startItem,
  withdrawItem,
} from '../item/actions.ts';
import { pictureActions } from '../picture/actions.ts';
import { getRound, startRound } from '../round/actions.ts';
import { searchItems } from '../search/actions.ts';
import { aLessonDesign, aParagraph, aRow, contextOf, primaryMaths, publishOpenRound } from '../testing.ts';
import { describePackage, packageActions } from './actions.ts';
import { applyPackageAt, preparePackage, previewPackageAt } from './bringing/actions.ts';
import { insertArrivingAttachment } from './store.ts';
import { aBook, aDistrict, comparable, downloaded, jsonOf, made, repacked, withPicture } from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'yanxun-package-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const origin = { accountId: null, personId: null, name: '命令行导入', address: '本机' };
const from = await aDistrict();

const editionId = newId();
const volumeId = newId();
const unitId = newId();
const lessonId = newId();
await aBook(from.db, { editionId, volumeId, unitId, lessonId });

const first = await made(from, '两位数乘两位数', {
  place: { volumeId, unitId, lessonId },
  files: [Buffer.from('课件一'), Buffer.from('课件二')],
});
await made(from, '两位数乘法课时进度', {
  kind: 'pacing-guide',
  content: completed('pacing-guide', {
    sections: [
      {
        key: 'pacing',
        title: '课时进度',
        body: { form: 'rows', rows: [aRow('r1', { week: '1', content: lessonId, hours: '2' })] },
      },
    ],
  }),
});
const pictured = await withPicture(from);
{
  const { id: roundId } = await startRound(await contextOf(from.db, from.people.writer), { itemId: first });
  await publishOpenRound(from.db, from.people, roundId, '第二版改了导入');
}

const given = await downloaded(await contextOf(from.db, from.people.teacher), from.files);
const zipAt = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};
const whole = zipAt('whole.zip', given.bytes);
const brought = (path: string, schoolId: string | null = null) => ({ path, fileName: '包.zip', schoolId });

describe('a package', () => {
  it('holds each file once, with hash and size, each item in words, and nobody by more than a name', () => {
    const list = jsonOf(given.parts, 'manifest.json');
    assert.deepEqual([list.items.length, list.leftOut], [3, []]);
    assert.deepEqual(
      list.files.map(({ path }: { path: string }) => path).toSorted(),
      Object.keys(given.parts)
        .filter((path) => path !== 'manifest.json')
        .toSorted(),
    );
    const [one] = list.items;
    const item = jsonOf(given.parts, `${one.folder}/item.json`);
    assert.deepEqual([item.versions.length, item.attachments.length], [2, 2]);
    assert.deepEqual(item.place.lesson, { number: 1, title: '口算' });
    assert.deepEqual(item.versions[0].contributors, [{ name: '组员甲', school: '晨光小学' }]);
    assert.equal(one.lom.lifeCycle.version, '2');
    assert.ok(given.parts[`${one.folder}/两位数乘两位数.docx`]);
    const text = Object.entries(given.parts)
      .filter(([path]) => path.endsWith('.json'))
      .map(([, bytes]) => Buffer.from(bytes).toString())
      .join('');
    for (const id of [...Object.values(from.people), volumeId, unitId, lessonId])
      assert.ok(!text.includes(id), id);
  });

  it('holds only what the caller may read, and says how much beforehand', async () => {
    const { db, files, people } = from;
    const own = await startItem(await contextOf(db, people.teacher), {
      ...primaryMaths,
      kind: 'lesson-design',
      title: '本校草稿',
      schoolId: people.here,
      shared: false,
    });
    const teacher = await contextOf(db, people.teacher);
    const counted = await describePackage(teacher, { subject: 'mathematics' });
    assert.deepEqual([counted.items, counted.attachments], [3, 2]);
    assert.equal((await describePackage(teacher, { q: '有图片' })).items, 1);
    assert.equal((await describePackage(teacher, { unitId })).items, 1);
    await assert.rejects(downloaded(teacher, files, { ids: own.id }), Refusal);
    const { parts } = await downloaded(teacher, files, { ids: [first, own.id].join(',') });
    assert.deepEqual(
      jsonOf(parts, 'manifest.json').items.map(({ id }: { id: string }) => id),
      [first],
    );
    await assert.rejects(downloaded(teacher, files, { ids: 'x' }), Refusal);
  });

  it('says what it leaves out', async () => {
    const { db, files, people } = await aDistrict();
    const id = await made({ db, files, people }, '附件很多的课');
    for (let at = 0; at < 101; at += 1)
      await insertArrivingAttachment(db, id, {
        title: `网盘${at}`,
        url: at === 0 ? 'https://localhost/s' : `https://pan.baidu.com/s/${at}`,
        accessCode: '',
        expiresOn: null,
      });
    const { parts } = await downloaded(await contextOf(db, people.teacher), files);
    const list = jsonOf(parts, 'manifest.json');
    assert.equal(jsonOf(parts, `${list.items[0].folder}/item.json`).attachments.length, 99);
    assert.deepEqual(
      list.leftOut.map(({ sentence }: { sentence: string }) => sentence),
      [
        '“附件很多的课”的附件超过 100 个，最后的 1 个没有放进资源包。',
        '“网盘0”的链接不是网盘分享链接，没有放进资源包。',
      ],
    );
  });
});

describe('bringing it into an empty library', () => {
  for (const book of ['with the same book', 'without the book'] as const)
    it(`${book} gives the same package again, and twice is once`, async () => {
      const to = await aDistrict();
      const other = { editionId: newId(), volumeId: newId(), unitId: newId(), lessonId: newId() };
      if (book === 'with the same book') await aBook(to.db, other);
      const preview = await previewPackageAt(to.db, brought(whole));
      assert.deepEqual(preview.counts, { new: 3, newer: 0, conflict: 0, older: 0, same: 0 });
      assert.equal(await countItems(to.db), 0);
      const waiting = preview.rows.filter(({ sentences }) =>
        sentences.some((one) => one.startsWith('待归位')),
      );
      assert.equal(waiting.length, book === 'with the same book' ? 0 : 1);
      await applyPackageAt(to.db, origin, to.files, brought(whole));
      const again = await applyPackageAt(to.db, origin, to.files, brought(whole));
      assert.deepEqual(again.counts, { new: 0, newer: 0, conflict: 0, older: 0, same: 3 });
      assert.equal(await countItems(to.db), 3);
      const back = await downloaded(await contextOf(to.db, to.people.teacher), to.files);
      assert.deepEqual(comparable(back.parts), comparable(given.parts));

      const teacher = await contextOf(to.db, to.people.teacher);
      const item = await getItem(teacher, { id: first });
      assert.equal(item.lessonId, book === 'with the same book' ? other.lessonId : null);
      assert.deepEqual(item.current?.contributors, [{ id: null, name: '组员甲', schoolName: '晨光小学' }]);
      const { rows } = await listVersions(teacher, { id: first });
      assert.deepEqual(
        rows.map(({ number, note, publishedByName }) => [number, note, publishedByName]),
        [
          [2, '第二版改了导入', '组长甲'],
          [1, '改了几处', '组长甲'],
        ],
      );
      assert.deepEqual((await searchItems(teacher, { q: '组员甲', limit: 30 })).count, 3);
      const { openAttachment, listAttachments } = attachmentActions(findItemAccess);
      const hung = await listAttachments(teacher, { itemId: first, limit: 50 });
      const { stored } = await openAttachment(teacher, { params: { id: hung.rows[0]?.id ?? '' }, query: {} });
      assert.equal(stored.size, Buffer.byteLength('课件一'));
      const board = (await getItem(teacher, { id: pictured })).current?.content;
      const file = /"file":"([0-9a-f]{64})"/.exec(JSON.stringify(board))?.[1] ?? '';
      assert.ok(await pictureActions(findDraft).findPicture(teacher, file));
    });

  it('leaves the files of an attempt that failed to the sweep, or to the next attempt', async () => {
    const to = await aDistrict();
    const uploadsOf = async () => {
      const rows = await to.db
        .selectFrom('platform.upload')
        .select(['id', 'claimedAt'])
        .orderBy('id')
        .execute();
      return {
        ids: rows.map(({ id }) => id),
        left: rows.filter(({ claimedAt }) => claimedAt === null).length,
      };
    };
    const own = { ...origin, accountId: newId() };
    const prepared = () => preparePackage(to.db, own, to.files, brought(whole));
    const bring = await prepared();
    await assert.rejects(
      to.db.transaction().execute(async (transaction) => {
        await bring(transaction);
        throw new Error('broken off');
      }),
      /broken off/u,
    );
    assert.equal(await countItems(to.db), 0);
    const { ids, left } = await uploadsOf();
    assert.deepEqual([ids.length, left], [3, 3]);
    await sweepFiles(to.db, to.files, new Date());
    const plan = await to.db.transaction().execute(await prepared());
    assert.equal(plan.counts.new, 3);
    assert.deepEqual(await uploadsOf(), { ids, left: 0 });
  });

  it('as a school its own: its leader may, and only its own people see it unless it was shared', async () => {
    const to = await aDistrict();
    await applyPackageAt(to.db, origin, to.files, brought(whole, to.people.here));
    const { rows } = await listItems(await contextOf(to.db, to.people.teacher), {
      view: 'published',
      limit: 30,
    });
    assert.deepEqual([...new Set(rows.map(({ schoolName }) => schoolName))], ['晨光小学']);
    const elsewhere = await applyPackageAt(to.db, origin, to.files, brought(whole, to.people.there));
    assert.equal(elsewhere.counts.conflict, 3);
    const { previewPackage } = packageActions(findDraft, to.files);
    const input = { uploadId: newId(), schoolId: to.people.here };
    for (const [who, kind] of [
      [to.people.principal, 'not-found'],
      [to.people.teacher, 'forbidden'],
      [to.people.elsewhere, 'forbidden'],
    ] as const)
      await assert.rejects(
        previewPackage(await contextOf(to.db, who), input),
        (error) => error instanceof Refusal && error.kind === kind,
      );
    await assert.rejects(
      previewPackage(await contextOf(to.db, to.people.principal), { ...input, schoolId: null }),
      (error) => error instanceof Refusal && error.kind === 'forbidden',
    );
  });

  it('whatever the designs hold: export, import and export again are the same bytes', async () => {
    const source = await aDistrict();
    const word = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      .map((text) => text.replaceAll('\0', ''));
    const text = fc.oneof(word, fc.constantFrom('$\\frac12$', '“引”', '../x', '\\', '𠮷'));
    const cells = fc.dictionary(
      fc.constantFrom('goal', 'competency', 'level'),
      text.filter((one) => one !== ''),
    );
    const designs = fc.record({
      title: fc.constantFrom('一/二', '课 “三”', 'CON', '…', '同名', '同名'),
      board: fc.array(
        text.filter((one) => one !== ''),
        { maxLength: 3 },
      ),
      goals: fc.array(cells, { minLength: 1, maxLength: 3 }),
      file: fc.option(fc.uint8Array({ minLength: 1, maxLength: 200 }), { nil: null }),
    });
    for (const [at, design] of fc.sample(designs, { numRuns: 12, seed: 4 }).entries()) {
      const content = aLessonDesign({
        board: design.board.map(aParagraph),
        goals: design.goals.map((one, row) => aRow(`g${row}`, { goal: '目标', ...one })),
      });
      const files = design.file === null ? [] : [Buffer.from(design.file)];
      await made(source, `${design.title}${at}`, { content, files });
    }
    const out = await downloaded(await contextOf(source.db, source.people.teacher), source.files);
    const to = await aDistrict();
    const path = zipAt('any.zip', out.bytes);
    assert.equal((await applyPackageAt(to.db, origin, to.files, brought(path))).counts.new, 12);
    const back = await downloaded(await contextOf(to.db, to.people.teacher), to.files);
    assert.deepEqual(comparable(back.parts), comparable(out.parts));
  });
});

const countItems = async (db: Database): Promise<number> =>
  (await db.selectFrom('library.item').select('id').execute()).length;

describe('what stands here', () => {
  it('gets what is newer, keeps what is newer here, and what differs is said and left', async () => {
    const to = await aDistrict();
    const early = await downloaded(await contextOf(from.db, from.people.teacher), from.files, { ids: first });
    const list = jsonOf(early.parts, 'manifest.json');
    const name = `${list.items[0].folder}/item.json`;
    const item = jsonOf(early.parts, name);
    const oneVersion = repacked(join(folder, 'early.zip'), early.parts, {
      [name]: JSON.stringify({ ...item, versions: item.versions.slice(0, 1) }),
    });
    const bring = async (path: string) =>
      (await applyPackageAt(to.db, origin, to.files, brought(path))).counts;
    assert.equal((await bring(oneVersion)).new, 1);
    const later = zipAt('later.zip', early.bytes);
    const { id: roundId } = await startRound(await contextOf(to.db, to.people.writer), { itemId: first });
    assert.equal((await bring(later)).conflict, 1);
    await to.db
      .updateTable('library.round')
      .set({ state: 'dropped', endedAt: '2026-11-26T00:00:00Z' })
      .where('id', '=', roundId)
      .execute();
    assert.equal((await bring(later)).newer, 1);
    assert.equal((await getItem(await contextOf(to.db, to.people.teacher), { id: first })).published, 2);
    assert.equal((await bring(oneVersion)).older, 1);
    const otherwise = repacked(join(folder, 'other.zip'), early.parts, {
      [name]: JSON.stringify({
        ...item,
        versions: [{ ...item.versions[0], note: '另一种' }, item.versions[1]],
      }),
    });
    assert.equal((await bring(otherwise)).conflict, 1);
    const { version } = await getItem(await contextOf(to.db, to.people.lead), { id: first });
    await withdrawItem(await contextOf(to.db, to.people.lead), { id: first, version, reason: '有误' });
    assert.equal((await bring(later)).same, 1);
    assert.ok((await getRound(await contextOf(to.db, to.people.writer), { id: roundId })).id);
  });

  /** The first item alone, in its first version and with what is changed. */
  const firstPackage = async (name: string, change: (item: ReturnType<typeof jsonOf>) => object) => {
    const { parts } = await downloaded(await contextOf(from.db, from.people.teacher), from.files, {
      ids: first,
    });
    const path = `${jsonOf(parts, 'manifest.json').items[0].folder}/item.json`;
    const item = jsonOf(parts, path);
    return repacked(join(folder, name), parts, { [path]: JSON.stringify({ ...item, ...change(item) }) });
  };
  const onlyFirst = ({ versions }: ReturnType<typeof jsonOf>) => ({ versions: versions.slice(0, 1) });

  it('keeps a title that was changed here', async () => {
    const to = await aDistrict();
    const bring = async (path: string) => applyPackageAt(to.db, origin, to.files, brought(path));
    await bring(await firstPackage('title-1.zip', onlyFirst));
    await to.db.updateTable('library.item').set({ title: '这里的题目' }).where('id', '=', first).execute();
    assert.equal((await bring(await firstPackage('title-2.zip', () => ({})))).counts.newer, 1);
    const { title, published } = await getItem(await contextOf(to.db, to.people.teacher), { id: first });
    assert.deepEqual([title, published], ['这里的题目', 2]);
  });

  it('hangs no more on an item than it may have', async () => {
    const to = await aDistrict();
    const bring = async (path: string) => applyPackageAt(to.db, origin, to.files, brought(path));
    const links = (count: number, at: string) =>
      Array.from({ length: count }, (_, n) => ({
        title: `网盘${n}`,
        link: { url: `https://pan.baidu.com/s/${at}${n}`, accessCode: '', expiresOn: null },
      }));
    await bring(
      await firstPackage('most-1.zip', (item) => ({ ...onlyFirst(item), attachments: links(100, 'a') })),
    );
    const more = await firstPackage('most-2.zip', () => ({ attachments: links(1, 'b') }));
    const { counts, rows } = await bring(more);
    assert.equal(counts.conflict, 1);
    assert.match(rows[0]?.sentences.join('') ?? '', /附件会超过 100 个/u);
    const same = await firstPackage('most-3.zip', () => ({ attachments: links(100, 'a') }));
    assert.equal((await bring(same)).counts.newer, 1);
  });

  it('asks for the pages of what came, and takes up each file once', async () => {
    const to = await aDistrict();
    const document = makeDocx({ body: para('教案') });
    const sha256 = createHash('sha256').update(document).digest('hex');
    const path = `files/${sha256}.docx`;
    const { parts } = await downloaded(await contextOf(from.db, from.people.teacher), from.files, {
      ids: first,
    });
    const name = `${jsonOf(parts, 'manifest.json').items[0].folder}/item.json`;
    const file = { path, name: '教案.docx', size: document.length, sha256 };
    const attachments = [...jsonOf(parts, name).attachments, { title: '教案', file }, { title: '同', file }];
    const zip = repacked(join(folder, 'pages.zip'), parts, {
      [path]: document,
      [name]: JSON.stringify({ ...jsonOf(parts, name), attachments }),
    });
    await applyPackageAt(to.db, origin, to.files, brought(zip));
    const jobs = await to.db.selectFrom('platform.job').select(['kind', 'key']).execute();
    assert.deepEqual(jobs, [{ kind: 'pdf', key: sha256 }]);
    const left = await to.db
      .selectFrom('platform.upload')
      .select('id')
      .where('claimedAt', 'is', null)
      .execute();
    assert.deepEqual(left, []);
  });
});
