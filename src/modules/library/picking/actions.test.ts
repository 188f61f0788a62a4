import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { newId } from '#platform/ids.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { getBlueprint } from '../blueprint/actions.ts';
import { getDraft } from '../co-editing/actions.ts';
import { replaceDraftSection } from '../co-editing/store.ts';
import type { Content, Row } from '../content/contract.ts';
import { rowsOf } from '../content/rules.ts';
import { getItem, startItem, withdrawItem } from '../item/actions.ts';
import { insertVersion, updateItem } from '../item/store.ts';
import { findRoundDraft, getRound, startRound } from '../round/actions.ts';
import { refreshSearchEntries } from '../search/actions.ts';
import { aLibraryDistrict, contextOf, primaryMaths, publishOpenRound } from '../testing.ts';
import { aVolumeInUse } from '../unit-grid/testing.ts';
import { listItemUses, listPicks, listTestItems, openPicking, pickTestItem, renewPick } from './actions.ts';

const { db } = await createTestDatabase();
const district = await aLibraryDistrict(db);
const { here, writer, lead, chinese, teacher, elsewhere, principal } = district;
const as = (personId: string) => contextOf(db, personId);
const refused = (kind: string, said = /./) => ({ kind, message: said });

const facts = { source: 'original', author: '甲', chooser: '乙', reviewer: '丙', purchased: 'no' };
const section = (cells: Row['cells']): Content => ({
  sections: [{ key: 'items', title: '试题', body: { form: 'rows', rows: [{ id: 'i1', cells }] } }],
});

interface Place {
  readonly volumeId: string;
  readonly unitId: string;
  readonly lessonId: string | null;
}
let first: Place;
let second: Place;

/** Published without review, so that also what no review would let through can stand there. */
const aTestItem = async (
  title: string,
  cells: Row['cells'],
  {
    place = first,
    schoolId = null,
    by = writer,
  }: { place?: Place; schoolId?: string | null; by?: string } = {},
): Promise<string> => {
  const content = section(cells);
  const { id } = await startItem(await as(by), {
    ...primaryMaths,
    ...place,
    kind: 'test-item',
    title,
    schoolId,
    shared: schoolId === null,
    content,
  });
  await publishVersion(id, 1, content);
  return id;
};

const publishVersion = async (itemId: string, number: number, content: Content): Promise<void> => {
  const publishedAt = new Date().toISOString();
  const version = {
    itemId,
    number,
    title: '题',
    content,
    note: '',
    contributors: [writer],
    publishedBy: lead,
  };
  await insertVersion(db, { ...version, publishedAt });
  await updateItem(db, itemId, { published: number, publishedAt });
  await refreshSearchEntries(db, [itemId]);
};

const aPaper = async (
  title = '三年级上册期末',
  {
    by = writer,
    schoolId = null,
    volumeId = first.volumeId,
  }: { by?: string; schoolId?: string | null; volumeId?: string | null } = {},
) =>
  startItem(await as(by), {
    ...primaryMaths,
    volumeId,
    kind: 'test-paper',
    title,
    schoolId,
    shared: schoolId === null,
    content: {
      sections: [
        {
          key: 'facts',
          title: '试卷信息',
          body: { form: 'rows', rows: [{ id: 'f1', cells: { purpose: 'final', fullMarks: '9' } }] },
        },
      ],
    },
  });

const draftRows = async (roundId: string) =>
  rowsOf((await getRound(await as(writer), { id: roundId })).content, 'items');

let choice = '';
let compute = '';
let bought = '';
let schools = '';

before(async () => {
  const book = await aVolumeInUse(db);
  const { volumeId } = book;
  first = { volumeId, unitId: book.first.id, lessonId: null };
  second = { volumeId, unitId: book.second.id, lessonId: book.second.lessons[0]?.id ?? null };
  const { editionId } = await db
    .selectFrom('library.volume')
    .where('id', '=', volumeId)
    .select('editionId')
    .executeTakeFirstOrThrow();
  const later = { volumeId: newId(), unitId: newId(), lessonId: null };
  await db
    .insertInto('library.volume')
    .values({ id: later.volumeId, editionId, grade: 3, part: 'second' })
    .execute();
  await db
    .insertInto('library.unit')
    .values({ id: later.unitId, volumeId: later.volumeId, number: 1, title: '下册的单元', position: 0 })
    .execute();
  choice = await aTestItem('倍的认识', {
    ...facts,
    stem: '下面哪一个是 $12$ 的三倍？',
    answer: '36',
    points: '3',
    type: 'choice',
    difficulty: 'easy',
    level: 'understand',
    competency: '数感',
  });
  compute = await aTestItem(
    '两步计算',
    {
      ...facts,
      stem: '计算 $12\\times 11$。',
      answer: '132',
      points: '6',
      type: 'compute',
      difficulty: 'hard',
      level: 'apply',
      competency: '运算能力',
    },
    { place: second },
  );
  bought = await aTestItem('买来的题', { ...facts, stem: '填空。', purchased: 'yes' });
  schools = await aTestItem('本校的题', { ...facts, stem: '填空。' }, { schoolId: here, by: teacher });
  await aTestItem('下册的题', { ...facts, stem: '填空。' }, { place: later });
});

describe('among which items one chooses', () => {
  it('the published ones of the paper’s volume within one’s scope, by what they say', async () => {
    const { roundId } = await aPaper();
    const found = async (filter: object, who = writer) =>
      (await listTestItems(await as(who), { roundId, limit: 50, ...filter })).rows.map(({ id }) => id);
    assert.deepEqual(new Set(await found({})), new Set([choice, compute, bought]));
    // The lead reads the school's own item, but it is not for the district's paper.
    assert.deepEqual(new Set(await found({}, lead)), new Set([choice, compute, bought]));
    const own = await aPaper('本校期末', { by: teacher, schoolId: here });
    const offered = await listTestItems(await as(teacher), { roundId: own.roundId, limit: 50 });
    assert.deepEqual(new Set(offered.rows.map(({ id }) => id)), new Set([choice, compute, bought, schools]));
    await pickTestItem(await as(teacher), { roundId: own.roundId, itemId: schools, number: 1 });
    assert.deepEqual(await found({ unitId: second.unitId }), [compute]);
    assert.deepEqual(await found({ competency: '数感' }), [choice]);
    assert.deepEqual(await found({ type: 'compute', difficulty: 'hard', level: 'apply' }), [compute]);
    assert.deepEqual(await found({ type: 'compute', difficulty: 'easy' }), []);
    assert.deepEqual(await found({ q: '哪一个' }), [choice]);
    assert.deepEqual(await found({ q: '哪一个', type: 'compute' }), []);
    const page = await listTestItems(await as(writer), { roundId, limit: 2 });
    const rest = await listTestItems(await as(writer), { roundId, limit: 2, cursor: page.nextCursor ?? '' });
    assert.deepEqual([page.rows.length, rest.rows.length, rest.nextCursor], [2, 1, null]);
    const refusals = new Map(
      (await listTestItems(await as(writer), { roundId, limit: 50 })).rows.map((row) => [
        row.id,
        row.refusal,
      ]),
    );
    assert.match(refusals.get(bought) ?? '', /不得购买/);
    assert.equal(refusals.get(choice), null);
    for (const who of [teacher, chinese, principal])
      await assert.rejects(found({}, who), refused('not-found'));
  });
});

describe('picking an item into a paper', () => {
  it('takes text, answer, points, competency, source and people over, with where it comes from', async () => {
    const { id, roundId } = await aPaper();
    const { name } = await pickTestItem(await as(writer), { roundId, itemId: choice, number: 1 });
    await pickTestItem(await as(writer), { roundId, itemId: compute, number: 1 });
    assert.equal(name, '第1题');
    const rows = await draftRows(roundId);
    assert.deepEqual(
      rows.map(({ cells }) => [cells['number'], cells['points'], cells['chooser'], cells['content']]),
      [
        ['1', '3', '组员甲', first.unitId],
        ['2', '6', '组员甲', second.lessonId],
      ],
    );
    const cells: Row['cells'] = rows[1]?.cells ?? {};
    assert.equal(cells['stem'], '计算 $12\\times 11$。');
    assert.deepEqual(
      [cells['answer'], cells['competency'], cells['source'], cells['author'], cells['reviewer']],
      ['132', '运算能力', 'original', '甲', '丙'],
    );
    const { items, points } = await openPicking(await as(writer), { roundId });
    assert.deepEqual([items, points], [2, 9]);

    const blueprint = await getBlueprint(await as(writer), { itemId: id, of: 'draft' });
    assert.deepEqual(blueprint.total, { items: 2, points: 9 });
    assert.deepEqual(
      blueprint.rows.map(({ unitId, total }) => [unitId, total]),
      [
        [first.unitId, { items: 1, points: 3 }],
        [second.unitId, { items: 1, points: 6 }],
      ],
    );
    assert.deepEqual(blueprint.problems, []);
    const audit = await db
      .selectFrom('platform.auditEntry')
      .where('action', '=', 'library.test-item-picked')
      .where('objectId', '=', roundId)
      .select('after')
      .execute();
    assert.equal(audit.length, 2);
    assert.equal(JSON.stringify(audit).includes('计算'), false);
  });

  it('names the units of a paper that has no volume with the volume they stand in', async () => {
    const { roundId } = await aPaper('学年检测', { volumeId: null });
    await pickTestItem(await as(writer), { roundId, itemId: choice, number: 1 });
    const { textbook } = await getRound(await as(writer), { id: roundId });
    assert.deepEqual(Object.keys(textbook), [first.unitId]);
    assert.match(textbook[first.unitId] ?? '', /^三年级上册 第.单元/);
    const draft = await getDraft(findRoundDraft)(await as(writer), { id: roundId });
    assert.deepEqual([draft.textbook, draft.meant], [{}, textbook]);
  });

  it('a bought, withdrawn or unreadable item, another volume’s and an old version are refused', async () => {
    const { roundId } = await aPaper();
    const pick = async (itemId: string, number = 1, who = writer) =>
      pickTestItem(await as(who), { roundId, itemId, number });
    await assert.rejects(pick(bought), refused('invalid', /不得购买/));
    await assert.rejects(pick(schools, 1, lead), refused('invalid', /没有公开/));
    await assert.rejects(pick(schools), refused('not-found'));
    await assert.rejects(pick(choice, 2), refused('not-found'));
    await assert.rejects(pick(choice, 1, elsewhere), refused('not-found'));
    const gone = await aTestItem('撤下的题', { ...facts, stem: '填空。' });
    const { version } = await getItem(await as(lead), { id: gone });
    await withdrawItem(await as(lead), { id: gone, version, reason: '有错' });
    await assert.rejects(pick(gone), refused('conflict', /撤下/));
    const nowhere = await startItem(await as(writer), {
      ...primaryMaths,
      kind: 'test-item',
      title: '没有册次',
      schoolId: null,
      shared: true,
    });
    await publishVersion(nowhere.id, 1, section({ ...facts, stem: '填空。' }));
    await assert.rejects(pick(nowhere.id), refused('invalid', /这一册/));
    assert.deepEqual(await draftRows(roundId), []);
  });

  it('leaves what others wrote in the draft, and takes nothing once it is sent to its reviewers', async () => {
    const { roundId } = await aPaper();
    const own = { id: 'own', cells: { ...facts, number: '4', stem: '自己命的题。', points: '5' } };
    await replaceDraftSection(db, roundId, {
      key: 'items',
      body: { form: 'rows', rows: [own] },
      personId: writer,
    });
    await pickTestItem(await as(writer), { roundId, itemId: choice, number: 1 });
    const rows = await draftRows(roundId);
    assert.deepEqual(rows[0], own);
    assert.equal(rows[1]?.cells['number'], '5');
    await publishOpenRound(db, district, roundId);
    await assert.rejects(
      pickTestItem(await as(writer), { roundId, itemId: compute, number: 1 }),
      refused('not-found'),
    );
  });
});

describe('what became of a picked item', () => {
  it('twice in a paper is marked, here and among the items to choose from', async () => {
    const { id, roundId } = await aPaper();
    for (const itemId of [choice, compute, choice])
      await pickTestItem(await as(writer), { roundId, itemId, number: 1 });
    const { rows } = await listPicks(await as(writer), { itemId: id, of: 'draft' });
    assert.deepEqual(
      rows.map(({ name, title, again }) => [name, title, again]),
      [
        ['第1题', '倍的认识', ['第3题']],
        ['第2题', '两步计算', []],
        ['第3题', '倍的认识', ['第1题']],
      ],
    );
    const listed = await listTestItems(await as(writer), { roundId, limit: 50 });
    assert.deepEqual(listed.rows.find((row) => row.id === choice)?.here, ['第1题', '第3题']);
    const { problems } = await getBlueprint(await as(writer), { itemId: id, of: 'draft' });
    assert.ok(problems.includes('第1题、第3题是题库中的同一道题，请只留一道。'));
  });

  it('a later version is told, and taken over only when asked to', async () => {
    const { id, roundId } = await aPaper();
    const cells = { ...facts, stem: '第一版。', answer: '1', points: '2' };
    const itemId = await aTestItem('会改的题', cells);
    const { rowId } = await pickTestItem(await as(writer), { roundId, itemId, number: 1 });
    await publishVersion(itemId, 2, section({ ...cells, stem: '第二版。', answer: '2', points: '3' }));
    const picks = async () => (await listPicks(await as(writer), { itemId: id, of: 'draft' })).rows[0];
    assert.deepEqual([(await picks())?.number, (await picks())?.newer], [1, 2]);
    assert.equal((await draftRows(roundId))[0]?.cells['stem'], '第一版。');
    await assert.rejects(
      pickTestItem(await as(writer), { roundId, itemId, number: 1 }),
      refused('conflict', /第2版/),
    );
    await renewPick(await as(writer), { roundId, rowId, to: 2 });
    await renewPick(await as(writer), { roundId, rowId, to: 2 });
    const [row] = await draftRows(roundId);
    assert.deepEqual(
      [row?.id, row?.cells['stem'], row?.cells['answer'], row?.cells['points'], row?.cells['number']],
      [rowId, '第二版。', '2', '2', '1'],
    );
    assert.deepEqual([(await picks())?.number, (await picks())?.newer], [2, null]);
    await assert.rejects(
      renewPick(await as(writer), { roundId, rowId: 'nobody', to: 2 }),
      refused('not-found'),
    );
  });

  it('is counted in the papers that are published and stand, each once', async () => {
    const itemId = await aTestItem('常用的题', { ...facts, stem: '填空。', points: '9' });
    const uses = async (who = writer) => listItemUses(await as(who), { itemId });
    const publish = async (title: string): Promise<string> => {
      const { id, roundId } = await aPaper(title);
      await pickTestItem(await as(writer), { roundId, itemId, number: 1 });
      assert.equal(
        (await uses()).rows.some((row) => row.id === id),
        false,
      );
      await publishOpenRound(db, district, roundId);
      return id;
    };
    const one = await publish('甲卷');
    const two = await publish('乙卷');
    assert.deepEqual(await uses(elsewhere), {
      papers: 2,
      rows: [
        { id: two, title: '乙卷' },
        { id: one, title: '甲卷' },
      ].toSorted((a, b) => (a.title < b.title ? -1 : 1)),
    });
    const { roundId } = await aPaper();
    const listed = await listTestItems(await as(writer), { roundId, limit: 50 });
    assert.equal(listed.rows.find(({ id }) => id === itemId)?.papers, 2);

    // The next version of a paper goes without it.
    const next = await startRound(await as(writer), { itemId: one });
    const own = { id: 'own', cells: { ...facts, number: '1', stem: '自己命的题。', points: '9' } };
    await replaceDraftSection(db, next.id, {
      key: 'items',
      body: { form: 'rows', rows: [own] },
      personId: writer,
    });
    await publishOpenRound(db, district, next.id);
    assert.deepEqual((await uses()).rows, [{ id: two, title: '乙卷' }]);
    const { version } = await getItem(await as(lead), { id: two });
    await withdrawItem(await as(lead), { id: two, version, reason: '不用了' });
    assert.equal((await uses()).papers, 0);
  });
});
