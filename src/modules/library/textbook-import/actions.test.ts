import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { actorOf, contextFor, makeAppointment, makeBody, makePerson } from '#modules/organisation/testing.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { RefusalKind } from '#platform/refusal.ts';
import { Refusal } from '#platform/refusal.ts';
import { makeXlsx } from '#platform/spreadsheet/testing.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { getTextbooks, getVolume } from '../textbook/actions.ts';
import {
  applyTextbooks,
  applyTextbooksAt,
  bringTextbooks,
  decideTextbooks,
  downloadTextbooks,
  dropTextbooks,
  getTextbookImport,
  listTextbookImports,
  listTextbookRows,
  previewTextbooksAt,
} from './actions.ts';

const { db } = await createTestDatabase();

let officer: string;
let other: string;
before(async () => {
  officer = await makePerson(db, '数学教研员');
  other = await makePerson(db, '语文教研员');
  for (const [person, subject] of [
    [officer, 'mathematics'],
    [other, 'chinese'],
  ] as const)
    await makeAppointment(db, person, 'lead', {
      bodyId: await makeBody(db, 'core-group', `小学${subject}`, { stage: 'primary', subject }),
    });
});

// One account a person, as in life: who brought a file is known by it.
const actors = new Map<string | null, Awaited<ReturnType<typeof actorOf>>>();
const as = async (personId: string | null, duties: readonly 'system'[] = [], on: Queryable = db) => {
  const key = personId ?? 'system';
  const actor = actors.get(key) ?? (await actorOf(db, personId, { duties }));
  actors.set(key, actor);
  return contextFor(on, actor);
};
const asOfficer = () => as(officer);

const refused = (kind: RefusalKind, sentence: RegExp) => (error: unknown) => {
  assert.ok(error instanceof Refusal, String(error));
  assert.equal(error.kind, kind);
  assert.match(error.message, sentence);
  return true;
};

const head = ['学科', '年级', '版本', '修订年', '册次', '单元序号', '单元', '课序号', '课', '课时'];
/** Merged and blank cells as people make them. */
const book = (title = '时分秒', more: readonly (readonly string[])[] = []) =>
  makeXlsx([
    {
      name: '三年级',
      rows: [
        ['小学数学教材目录'],
        head,
        ['数学', '三年级', '人教', '2024', '上册', '1', title, '1', '秒的认识', '1'],
        ['', '', '', '', '', '', '', '2', '时间的计算', '2'],
        ['', '', '', '', '', '2', '万以内的加法', '1', '两位数', '3'],
        ...more,
      ],
      merges: ['A3:A5', 'B3:B5'],
    },
  ]);

const bring = async (bytes: Buffer, personId = officer) =>
  (await bringTextbooks(await as(personId), { params: {}, query: { name: '目录.xlsx' }, bytes })).importId;
const look = async (importId: string) => getTextbookImport(await asOfficer(), { importId });
/** In a transaction, as a route does it: what is deferred to its end is checked. */
const apply = async (importId: string) => {
  const { version, shown } = await look(importId);
  return db
    .transaction()
    .execute(async (transaction) =>
      applyTextbooks(await as(officer, [], transaction), { importId, version, shown }),
    );
};
const tree = async () => {
  const { editions } = await getTextbooks(await asOfficer(), { stage: 'primary', subject: 'mathematics' });
  const volumeId = editions[0]?.volumes[0]?.id ?? '';
  const { units } = await getVolume(await asOfficer(), { volumeId });
  return { edition: editions[0], volumeId, units };
};

describe('importing textbooks', () => {
  it('is previewed, written, and brings nothing a second time', async () => {
    const importId = await bring(book());
    const preview = await look(importId);
    assert.deepEqual(preview.changes, { new: 7, changed: 0, removed: 0, unchanged: 0 });
    assert.deepEqual(preview.volumes, ['小学数学 人教版（2024年修订） 三年级上册']);
    const nothing = await getTextbooks(await asOfficer(), { stage: 'primary', subject: 'mathematics' });
    assert.deepEqual(nothing.editions, []);
    assert.deepEqual((await apply(importId)).changes, preview.changes);
    const { units } = await tree();
    assert.deepEqual(
      units.map(({ number, title, plannedHours, lessons }) => [number, title, plannedHours, lessons.length]),
      [
        [1, '时分秒', 3, 2],
        [2, '万以内的加法', 3, 1],
      ],
    );
    assert.equal((await look(importId)).open, false);
    await assert.rejects(apply(importId), refused('conflict', /已经全部导入/));
    const again = await look(await bring(book()));
    assert.deepEqual(again.changes, { new: 0, changed: 0, removed: 0, unchanged: 5 });
  });

  it('keeps ids over a new name, and marks what fell out', async () => {
    const earlier = await tree();
    const importId = await bring(book('时、分、秒', [['', '', '', '', '', '3', '倍的认识', '1', '倍', '1']]));
    const { rows } = await listTextbookRows(await asOfficer(), { importId, status: 'changed' });
    assert.deepEqual(
      rows.map(({ reason, cell }) => `${reason} ${cell}`),
      ['原名“时分秒” 三年级!I3'],
    );
    await apply(importId);
    const renamed = await tree();
    assert.equal(renamed.units[0]?.id, earlier.units[0]?.id);
    assert.equal(renamed.units[0]?.title, '时、分、秒');
    await apply(await bring(book()));
    const { units } = await tree();
    assert.deepEqual(
      units.map(({ title, withdrawnOn, withdrawnReason }) => [title, withdrawnOn, withdrawnReason]),
      [
        ['时分秒', null, null],
        ['万以内的加法', null, null],
        ['倍的认识', '2026-11-23', '目录更新后不再列入'],
      ],
    );
  });

  it('changes numbers of several units at once, and asks first', async () => {
    const file = makeXlsx([
      {
        name: '三年级',
        rows: [
          head,
          ['数学', '三年级', '人教版', '2024', '上', '1', '万以内的加法', '1', '两位数', '3'],
          ['', '', '', '', '', '2', '时分秒', '1', '秒的认识', '1'],
          ['', '', '', '', '', '', '', '2', '时间的计算', '2'],
        ],
      },
    ]);
    const ids = (await tree()).units.map(({ id }) => id);
    const importId = await bring(file);
    const { questions, version } = await look(importId);
    assert.deepEqual(
      questions.map(({ kind }) => kind),
      ['units'],
    );
    await decideTextbooks(await asOfficer(), {
      importId,
      version,
      decisions: { [questions[0]?.key ?? '']: 'by-title' },
    });
    await assert.rejects(
      decideTextbooks(await asOfficer(), { importId, version, decisions: {} }),
      refused('conflict', /刚刚被别人处理过/),
    );
    await apply(importId);
    const swapped = await tree();
    assert.deepEqual(
      swapped.units.slice(0, 2).map(({ id, number }) => [number, id]),
      [
        [1, ids[1]],
        [2, ids[0]],
      ],
    );
    const back = await bring(book());
    const asked = await look(back);
    await decideTextbooks(await asOfficer(), {
      importId: back,
      version: asked.version,
      decisions: { [asked.questions[0]?.key ?? '']: 'by-title' },
    });
    await apply(back);
    assert.deepEqual(
      (await tree()).units.map(({ id }) => id),
      ids,
    );
  });

  it('refuses a preview that is no longer true', async () => {
    const first = await bring(book('甲'));
    const second = await bring(book('乙'));
    const { version, shown } = await look(first);
    await apply(second);
    await assert.rejects(
      applyTextbooks(await asOfficer(), { importId: first, version, shown }),
      refused('conflict', /请看过新的预览再导入/),
    );
    await apply(await bring(book()));
  });

  it('shows an import to nobody else but the system duty, and is dropped before it is applied', async () => {
    const importId = await bring(book('丁'));
    await assert.rejects(
      async () => getTextbookImport(await as(other), { importId }),
      refused('not-found', /没有找到/),
    );
    assert.ok((await getTextbookImport(await as(null, ['system']), { importId })).open);
    assert.deepEqual((await listTextbookImports(await as(other), {})).rows, []);
    await dropTextbooks(await asOfficer(), { importId });
    await assert.rejects(look(importId), refused('not-found', /没有找到/));
  });

  it('leaves another subject’s books as they are', async () => {
    const importId = await bring(book('戊'), other);
    const found = await getTextbookImport(await as(other), { importId });
    assert.deepEqual(found.changes, { new: 0, changed: 0, removed: 0, unchanged: 0 });
    assert.match(found.notices[0] ?? '', /小学数学不归您维护/);
  });

  it('refuses what is no list of textbooks with a sentence', async () => {
    for (const [content, sentence] of [
      ['', /文件是空的/],
      ['甲\t乙\n1\t2', /缺少“学科”、“版本”、“册次”、“单元”这些列/],
      [head.join('\t'), /表头下面没有内容/],
      [`${head.join('\t')}\n手工\t三年级\t人教\t2024\t上\t1\t甲\t1\t子\t1`, /没有看懂学科“手工”/],
      ['%PDF-1.7', /这是 PDF 文件/],
    ] as const)
      await assert.rejects(bring(Buffer.from(content)), refused('invalid', sentence));
  });

  it('gives the tree as a sheet that changes nothing when it is brought back', async () => {
    const answer = await downloadTextbooks(await asOfficer(), {
      params: {},
      query: { subject: 'mathematics', stage: 'primary' },
    });
    assert.ok(answer.bytes instanceof Uint8Array);
    const { changes, questions } = await look(await bring(Buffer.from(answer.bytes)));
    assert.deepEqual([changes, questions], [{ new: 0, changed: 0, removed: 0, unchanged: 5 }, []]);
    await assert.rejects(
      async () => downloadTextbooks(await asOfficer(), { params: {}, query: { edition: 'x' } }),
      refused('not-found', /没有找到/),
    );
  });

  it('runs from the command line, with the same preview', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'yanxun-textbooks-'));
    try {
      const path = join(folder, '目录.csv');
      const csv = [head, ['生物学', '七年级', '人教版', '2024', '下', '1', '人体', '1', '营养', '2']];
      await writeFile(path, csv.map((row) => row.join(',')).join('\n'));
      assert.equal((await previewTextbooksAt(db, path)).changes.new, 4);
      const origin = { accountId: null, personId: null, name: '命令行导入', address: '本机' };
      const options = { title: '目录.csv', today: '2026-11-23' };
      assert.equal((await applyTextbooksAt(db, origin, path, options)).changes.new, 4);
      assert.deepEqual((await applyTextbooksAt(db, origin, path, options)).changes, {
        new: 0,
        changed: 0,
        removed: 0,
        unchanged: 2,
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('is written down in the audit log', async () => {
    const { rows } = await db
      .selectFrom('platform.auditEntry')
      .where('action', '=', 'library.textbooks-imported')
      .select(({ fn }) => fn.countAll<number>().as('rows'))
      .executeTakeFirstOrThrow();
    assert.ok(rows >= 5, `${rows}`);
  });
});
