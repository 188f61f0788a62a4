import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { insertRows } from '#platform/database/bulk-insert.ts';
import { newId } from '#platform/ids.ts';
import { Refusal, type RefusalKind } from '#platform/refusal.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { replaceDraftSection } from '../co-editing/store.ts';
import { changeItem, getItem, startItem, withdrawItem } from '../item/actions.ts';
import { decideReview, getRound, startRound, submitRound } from '../round/actions.ts';
import {
  aLessonDesign,
  aLibraryDistrict,
  aParagraph,
  aRow,
  contextOf,
  primaryMaths,
  publishOpenRound,
} from '../testing.ts';
import type { ItemKind } from '../vocabulary/contract.ts';
import { addMissingSearchEntries, refreshSearchEntriesIn, searchItems, suggestTitles } from './actions.ts';
import { nextOrdinal } from './store.ts';

const { db } = await createTestDatabase();
const district = await aLibraryDistrict(db);
const { here, lead, writer, chinese, head, principal, teacher, elsewhere } = district;

const refused = (kind: RefusalKind) => (error: unknown) => error instanceof Refusal && error.kind === kind;
type Input = Omit<Parameters<typeof searchItems>[1], 'limit'> & { limit?: number };

const search = async (personId: string, input: Input) =>
  searchItems(await contextOf(db, personId), { limit: 30, ...input });
const titlesFor = async (personId: string, input: Input): Promise<string[]> =>
  (await search(personId, input)).rows.map(({ title }) => title);

interface Made {
  readonly kind?: ItemKind;
  readonly words?: string;
  readonly place?: { readonly volumeId: string; readonly unitId: string };
  readonly draft?: true;
}
const made = async (title: string, { kind = 'lesson-design', words = '', place, draft }: Made = {}) => {
  const { id, roundId } = await startItem(await contextOf(db, writer), {
    ...primaryMaths,
    ...place,
    kind,
    title,
    schoolId: null,
    shared: true,
    content: aLessonDesign(words === '' ? {} : { board: [aParagraph(words)] }),
  });
  if (draft !== true) await publishOpenRound(db, district, roundId);
  return { id, roundId };
};

describe('finding', () => {
  it('any part of a title and of the text, in any width and case, with the words around it', async () => {
    await made('蜗牛与黄鹂鸟的速度', { words: '板书先写 ＰＱＲ 与𠮷祥数的和，再写圆周运动的定义。' });
    for (const q of ['黄鹂', '鹂鸟的速', 'pqr', 'PQ', '𠮷祥', '周运动的定', '鹂鸟　圆周', '数的和，再'])
      assert.deepEqual(await titlesFor(teacher, { q }), ['蜗牛与黄鹂鸟的速度'], q);
    for (const q of ['黄鹂速度', '鸟黄', '圆周率', '黄鹂 椭圆'])
      assert.deepEqual(await titlesFor(teacher, { q }), [], q);
    const [row] = (await search(teacher, { q: '圆周运' })).rows;
    assert.ok(row?.excerpt);
    assert.deepEqual(
      row.excerpt.marks.map(({ from, to }) => row.excerpt?.text.slice(from, to)),
      ['圆周运'],
    );
    assert.match(row.excerpt.text, /^….*𠮷祥数的和，再写圆周运动的定义。/u);
    const [byTitle] = (await search(teacher, { q: '黄鹂' })).rows;
    assert.deepEqual([byTitle?.excerpt, byTitle?.titleMarks], [null, [{ from: 3, to: 5 }]]);
  });

  it('by what subjects and kinds are also called, and by grade, with or without spaces', async () => {
    await made('鲸鱼的称重');
    for (const q of ['鲸鱼 教案', '鲸鱼教学设计', '数学 鲸鱼', '三年级数学鲸鱼', '小学鲸鱼', '称重备课'])
      assert.deepEqual(await titlesFor(teacher, { q }), ['鲸鱼的称重'], q);
    for (const q of ['鲸鱼 语文', '鲸鱼试卷', '四年级鲸鱼'])
      assert.deepEqual(await titlesFor(teacher, { q }), [], q);
    const office = await made('企鹅课件说明', { words: '附演示文稿一份' });
    assert.ok(office.id);
    assert.deepEqual(await titlesFor(teacher, { q: '企鹅PPT' }), ['企鹅课件说明']);
  });

  it('of a subject by its synonyms', async () => {
    const own = async (subject: 'biology' | 'ethics-and-law', title: string) =>
      startItem(await contextOf(db, teacher), {
        ...primaryMaths,
        stage: 'junior',
        grade: 7,
        subject,
        kind: 'lesson-design',
        title,
        schoolId: here,
        shared: false,
      });
    await own('biology', '海马的家');
    await own('ethics-and-law', '海马的规则');
    for (const [q, title] of [
      ['生物 海马', '海马的家'],
      ['生物学海马', '海马的家'],
      ['道法 海马', '海马的规则'],
      ['道德与法治海马', '海马的规则'],
      ['初一海马的规', '海马的规则'],
    ] as const)
      assert.deepEqual(await titlesFor(teacher, { q }), [title], q);
  });

  it('by first letters and spelling of a title', async () => {
    await made('两位数乘长颈鹿');
    for (const q of ['lwsccjl', 'wsccj', 'LWSCC', 'changjinglu', 'weishuchengchang'])
      assert.deepEqual(await titlesFor(teacher, { q }), ['两位数乘长颈鹿'], q);
    assert.deepEqual(await titlesFor(teacher, { q: 'lwscx' }), []);
  });

  it('of a single character looks at titles and says so', async () => {
    await made('犀角', { words: '麒麟' });
    const { rows, titlesOnly } = await search(teacher, { q: '犀' });
    assert.deepEqual([rows.map(({ title }) => title), titlesOnly], [['犀角'], true]);
    assert.deepEqual(await titlesFor(teacher, { q: '麒' }), []);
    assert.deepEqual(await titlesFor(teacher, { q: '角 犀' }), ['犀角']);
    assert.deepEqual(await titlesFor(teacher, { q: '犀 麒麟' }), ['犀角']);
  });

  it('keeps within the filters', async () => {
    await made('河马一', { kind: 'lesson-design' });
    const q = '河马';
    for (const [filters, count] of [
      [{ kind: 'lesson-design' }, 1],
      [{ kind: 'test-paper' }, 0],
      [{ subject: 'mathematics', grade: 3, stage: 'primary', owner: 'district' }, 1],
      [{ owner: 'school' }, 0],
      [{ grade: 4 }, 0],
      [{ unitId: newId() }, 0],
    ] as const)
      assert.equal((await titlesFor(teacher, { q, ...filters })).length, count);
  });

  it('puts the title first, then unit and lesson, then the text', async () => {
    const editionId = newId();
    const volumeId = newId();
    const unitId = newId();
    const edition = { id: editionId, subject: 'mathematics', stage: 'primary', publisher: '某版' };
    await insertRows(db, 'library.edition', [{ ...edition, revisionYear: 2024, version: 1 }]);
    await insertRows(db, 'library.volume', [{ id: volumeId, editionId, grade: 3, part: 'first' }]);
    await insertRows(db, 'library.unit', [
      { id: unitId, volumeId, number: 2, title: '袋鼠跳远', position: 0 },
    ]);
    await made('袋鼠跳远一');
    await made('单元内的课', { place: { volumeId, unitId } });
    await made('别处的课', { words: '说到袋鼠跳远。' });
    await made('袋鼠跳远二');
    const ordered = ['袋鼠跳远二', '袋鼠跳远一', '单元内的课', '别处的课'];
    assert.deepEqual(await titlesFor(teacher, { q: '袋鼠跳远' }), ordered);
    assert.deepEqual(await titlesFor(teacher, { q: '袋鼠跳远', unitId }), ['单元内的课']);

    // A unit renamed is a unit found by its new name, and by the old no more.
    await db.updateTable('library.unit').set({ title: '大象称重' }).where('id', '=', unitId).execute();
    await refreshSearchEntriesIn(db, [unitId]);
    assert.deepEqual(await titlesFor(teacher, { q: '大象称重' }), ['单元内的课']);
    assert.deepEqual(await titlesFor(teacher, { q: '袋鼠跳远', unitId }), []);
  });

  it('knows who wrote what was published', async () => {
    await made('考拉的课', { words: '考拉' });
    assert.deepEqual(await titlesFor(chinese, { q: '考拉 组员甲' }), ['考拉的课']);
    assert.deepEqual(await titlesFor(chinese, { q: '考拉 组员乙' }), []);
  });
});

describe('who finds what', () => {
  it('drafts are found by those inside, by their title and not by their text', async () => {
    await made('猎豹的草稿', { words: '羚羊', draft: true });
    for (const [personId, count] of [
      [writer, 1],
      [lead, 1],
      [head, 1],
      [teacher, 0],
      [principal, 0],
      [chinese, 0],
    ] as const)
      assert.equal((await titlesFor(personId, { q: '猎豹' })).length, count);
    assert.deepEqual(await titlesFor(writer, { q: '猎豹 羚羊' }), []);
  });

  it("a school's own stays in the school unless it is shared, and withdrawn is gone for all", async () => {
    const start = async (title: string, shared: boolean) => {
      const { id, roundId } = await startItem(await contextOf(db, teacher), {
        ...primaryMaths,
        kind: 'lesson-design',
        title,
        schoolId: here,
        shared,
        content: aLessonDesign(),
      });
      const { version } = await getRound(await contextOf(db, teacher), { id: roundId });
      const edit = { id: roundId, version, note: '', reviewers: [principal] };
      await submitRound(await contextOf(db, teacher), edit);
      const review = (await getRound(await contextOf(db, principal), { id: roundId })).submissions[0]
        ?.reviews[0];
      assert.ok(review);
      const verdict = { id: review.id, version: review.version, verdict: 'approved', remark: '' } as const;
      await decideReview(await contextOf(db, principal), verdict);
      return id;
    };
    await start('斑马甲', false);
    const shared = await start('斑马乙', true);
    assert.deepEqual(await titlesFor(teacher, { q: '斑马' }), ['斑马乙', '斑马甲']);
    assert.deepEqual(await titlesFor(elsewhere, { q: '斑马' }), ['斑马乙']);
    assert.deepEqual(await titlesFor(elsewhere, { q: '斑马', owner: 'school' }), ['斑马乙']);
    assert.deepEqual(await titlesFor(chinese, { q: '斑马' }), ['斑马乙']);
    const { version } = await getItem(await contextOf(db, teacher), { id: shared });
    await withdrawItem(await contextOf(db, principal), { id: shared, version, reason: '有误' });
    assert.deepEqual(await titlesFor(elsewhere, { q: '斑马' }), []);
    assert.deepEqual(await titlesFor(teacher, { q: '斑马' }), ['斑马甲']);
  });
});

describe('freshness', () => {
  it('a new title and a new version are found at once, what they replace no more', async () => {
    const { id } = await made('水獭的坝', { words: '旧词语甲' });
    const item = await getItem(await contextOf(db, writer), { id });
    const change = {
      ...primaryMaths,
      id,
      version: item.version,
      title: '海狸的坝',
      summary: '筑坝',
      locked: [],
    };
    await changeItem(await contextOf(db, writer), change);
    assert.deepEqual(await titlesFor(teacher, { q: '水獭' }), []);
    assert.deepEqual(await titlesFor(teacher, { q: '海狸筑坝' }), []);
    assert.deepEqual(await titlesFor(teacher, { q: '海狸 筑坝' }), ['海狸的坝']);

    const round = await startRound(await contextOf(db, writer), { itemId: id });
    const body = { form: 'text' as const, blocks: [aParagraph('新词语乙')] };
    await replaceDraftSection(db, round.id, { key: 'board', body, personId: writer });
    assert.deepEqual(await titlesFor(writer, { q: '海狸 新词语乙' }), []);
    assert.deepEqual(await titlesFor(writer, { q: '海狸 旧词语甲' }), ['海狸的坝']);
    await publishOpenRound(db, district, round.id);
    assert.deepEqual(await titlesFor(teacher, { q: '海狸 新词语乙' }), ['海狸的坝']);
    assert.deepEqual(await titlesFor(teacher, { q: '海狸 旧词语甲' }), []);
  });

  it('what only the tables of a design say is found, the ids in them are not', async () => {
    const { id, roundId } = await startItem(await contextOf(db, writer), {
      ...primaryMaths,
      kind: 'lesson-design',
      title: '穿山甲',
      schoolId: null,
      shared: true,
      content: aLessonDesign({
        goals: [aRow('goalone', { goal: '能量出鳞片的面积 $a\\times b$' })],
        process: [aRow('p1', { phase: '导入', teacher: '出示鳞片', goals: 'goalone' })],
      }),
    });
    await publishOpenRound(db, district, roundId);
    assert.equal((await search(teacher, { q: '鳞片的面积' })).rows[0]?.id, id);
    assert.deepEqual(await titlesFor(teacher, { q: 'goalone' }), []);
  });

  it('entries that are missing are made anew', async () => {
    await made('犰狳的球');
    await db.deleteFrom('library.searchEntry').where('title', '=', '犰狳的球').execute();
    assert.deepEqual(await titlesFor(teacher, { q: '犰狳' }), []);
    await addMissingSearchEntries(db);
    assert.deepEqual(await titlesFor(teacher, { q: '犰狳' }), ['犰狳的球']);
  });
});

/** Many published items at once: what paging needs and people would take years for. */
const manyItems = async (title: string, count: number): Promise<void> => {
  const rows = Array.from({ length: count }, (_, index) => ({ id: newId(), title: `${title}${index}` }));
  await insertRows(
    db,
    'library.item',
    rows.map((row) => ({
      ...row,
      ...primaryMaths,
      kind: 'lesson-design',
      summary: '',
      shared: true,
      madeBy: writer,
      madeAt: '2026-03-01T00:00:00Z',
      schoolId: here,
      locked: [],
      version: 1,
    })),
  );
  await addMissingSearchEntries(db);
};

describe('pages', () => {
  it('show each hit once, whatever is published in between', async () => {
    await manyItems('火烈鸟', 47);
    await made('别处的火鸟', { words: '火烈鸟' });
    const seen: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = await search(teacher, {
        q: '火烈鸟',
        limit: 10,
        ...(cursor === undefined ? {} : { cursor }),
      });
      assert.deepEqual([page.count, page.capped], [48, false]);
      seen.push(...page.rows.map(({ title }) => title));
      cursor = page.nextCursor ?? undefined;
      if (pages === 1) await made('火烈鸟：刚刚发布');
      pages += 1;
    } while (cursor !== undefined);
    assert.equal(pages, 5);
    assert.equal(new Set(seen).size, 48);
    assert.equal(seen.length, 48);
    assert.equal(seen.at(-1), '别处的火鸟');
  });

  it('come out of the newest 300, and say that there are more', async () => {
    await manyItems('丹顶鹤', 310);
    const { count, capped, rows } = await search(teacher, { q: '丹顶鹤', limit: 100 });
    assert.deepEqual([count, capped, rows.length], [300, true, 100]);
    // The newest spans alone hold enough: entries far behind are not looked at.
    for (let index = 0; index < 3000; index += 1) await nextOrdinal(db);
    await manyItems('丹顶鹤新', 3);
    const later = await search(teacher, { q: '丹顶鹤' });
    assert.deepEqual([later.count, later.rows[0]?.title.slice(0, 4)], [300, '丹顶鹤新']);
    assert.deepEqual((await search(teacher, { q: '丹顶鹤新' })).count, 3);
  });

  it('a broken cursor is refused', async () => {
    for (const parts of [
      ['1', '2'],
      ['1', '2', 'x'],
      ['-1', '0', '1'],
      ["1'", '0', '1'],
      ['1', '0', '9'.repeat(40)],
    ]) {
      const cursor = Buffer.from(JSON.stringify(parts)).toString('base64url');
      await assert.rejects(search(teacher, { q: '数学', cursor }), refused('invalid'));
    }
    await assert.rejects(search(teacher, { q: '数学', cursor: '…' }), refused('invalid'));
  });
});

describe('hostile words', () => {
  it('are only words, and found where they stand', async () => {
    const hostile = [
      "'; drop table library.item; --",
      "a' | 'b",
      '!(黑洞)&白洞:*',
      '%_\\',
      '<script>alert(1)</script>',
      "\\'\\\\",
      '{{7*7}}${7*7}',
    ];
    for (const words of hostile) {
      const { id } = await made(words.slice(0, 80), { words: `板书 ${words}` });
      const { rows } = await search(teacher, { q: words });
      assert.ok(
        rows.some((row) => row.id === id && row.title === words),
        words,
      );
    }
    for (const q of ["zz' | '教", 'zz:*', '!zz', '%zz', 'z_z', '(zz', "zz'", 'z&z', '|| !!'])
      assert.deepEqual(await titlesFor(teacher, { q }), [], q);
    await assert.rejects(search(teacher, { q: ' 　 ' }), refused('invalid'));
  });

  it('of 60 characters are answered like any other', async () => {
    for (const q of ['数'.repeat(60), 'a'.repeat(60), "'".repeat(60), Array(20).fill('数 学').join(' ')])
      assert.deepEqual(await titlesFor(teacher, { q }), [], q);
  });
});

it('titles are suggested, each once, at most eight', async () => {
  await made('白鹭上青天');
  await made('白鹭上青天');
  await manyItems('白鹭', 12);
  const titles = async (q: string) =>
    (await suggestTitles(await contextOf(db, teacher), { q })).rows.map(({ title }) => title);
  assert.deepEqual(await titles('鹭上青'), ['白鹭上青天']);
  assert.deepEqual(await titles('blsq'), ['白鹭上青天']);
  assert.equal((await titles('白鹭')).length, 8);
});
