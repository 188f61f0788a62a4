import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { StandingTextbooks, TextbookPlan } from './contract.ts';
import { planTextbooks } from './rules.ts';
import { sheetHeadings, sheetRows } from './sheet/rules.ts';
import { afterPlan, emptyTree, sheetVolumes, written } from './testing.ts';

const everything = () => true;
const head = ['学科', '年级', '版本', '修订年', '册次', '单元序号', '单元', '课序号', '课', '课时'];
const place = ['数学', '三年级', '人教版', '2024', '上册'];

type Unit = readonly [number: string, title: string, ...lessons: string[]];
/** One volume; a lesson is `number title` or a title alone. */
const sheet = (units: readonly Unit[]) =>
  written([
    head,
    ...units.flatMap(([number, title, ...lessons]) =>
      lessons.length === 0
        ? [[...place, number, title, '', '', '']]
        : lessons.map((lesson) => {
            const [, at = '', name = lesson] = /^(\d+) (.+)$/u.exec(lesson) ?? [];
            return [...place, number, title, at, name, '1'];
          }),
    ),
  ]);

const plan = (
  file: ReturnType<typeof written>,
  tree: StandingTextbooks = emptyTree,
  decisions: Record<string, string> = {},
) => planTextbooks(file, tree, { decisions, mayKeep: everything });

const treeOf = (units: readonly Unit[]) => afterPlan(emptyTree, plan(sheet(units)));

const writesNothing = ({
  newEditions,
  newVolumes,
  units,
  lessons,
  withdraw,
  changes,
  questions,
}: TextbookPlan): void =>
  assert.deepEqual(
    [
      newEditions,
      newVolumes,
      units,
      lessons,
      withdraw,
      changes.new,
      changes.changed,
      changes.removed,
      questions,
    ],
    [[], [], [], [], { units: [], lessons: [] }, 0, 0, 0, []],
  );

const standing = ({ units }: StandingTextbooks) =>
  units
    .filter(({ withdrawn }) => !withdrawn)
    .toSorted((one, other) => one.position - other.position)
    .map(({ number, title }) => `${number ?? ''} ${title}`.trim());

const said = (found: TextbookPlan, status: string) =>
  found.rows
    .filter((row) => row.status === status)
    .map(({ text, reason }) => `${text.split(' › ').slice(1).join(' › ')} ${reason}`.trim());

const old: readonly Unit[] = [
  ['1', '时分秒', '1 秒', '2 计算'],
  ['2', '分数', '1 认识'],
  ['', '复习'],
];

describe('importing textbooks', () => {
  it('writes a new tree, and nothing a second time', () => {
    const first = plan(sheet(old));
    assert.deepEqual(first.changes, { new: 8, changed: 0, removed: 0, unchanged: 0 });
    const tree = afterPlan(emptyTree, first);
    assert.deepEqual(standing(tree), ['1 时分秒', '2 分数', '复习']);
    writesNothing(plan(sheet(old), tree));
  });

  it('keeps the id of a renamed unit and of one that got another number', () => {
    const tree = treeOf(old);
    const renamed = plan(
      sheet([
        ['1', '时、分、秒', '1 秒', '2 计算'],
        ['2', '分数', '1 认识'],
        ['', '复习'],
      ]),
      tree,
    );
    assert.deepEqual(said(renamed, 'changed'), ['第一单元 时、分、秒 原名“时分秒”']);
    assert.deepEqual(renamed.withdraw, { units: [], lessons: [] });
    const moved = plan(
      sheet([
        ['1', '时分秒', '1 秒', '2 计算'],
        ['3', '分数', '1 认识'],
        ['', '复习'],
      ]),
      tree,
    );
    assert.deepEqual(said(moved, 'changed'), ['第三单元 分数 原序号2']);
    assert.equal(moved.units[0]?.ref, tree.units[1]?.id);
  });

  it('asks where number and title lead to different units, and leaves all of them until then', () => {
    const tree = treeOf(old);
    const inserted = sheet([
      ['1', '测量', '1 毫米'],
      ['2', '时分秒', '1 秒', '2 计算'],
      ['3', '分数', '1 认识'],
      ['', '复习'],
    ]);
    const asked = plan(inserted, tree);
    assert.deepEqual(
      asked.questions.map(({ kind }) => kind),
      ['units'],
    );
    assert.deepEqual(asked.units, []);
    assert.deepEqual(asked.lessons, []);
    assert.deepEqual(asked.withdraw, { units: [], lessons: [] });
    const key = asked.questions[0]?.key ?? '';

    const byTitle = plan(inserted, tree, { [key]: 'by-title' });
    assert.deepEqual(said(byTitle, 'new'), ['第一单元 测量', '第一单元 测量 › 第1课 毫米']);
    const after = afterPlan(tree, byTitle);
    assert.deepEqual(standing(after), ['1 测量', '2 时分秒', '3 分数', '复习']);
    assert.equal(after.units.find(({ title }) => title === '时分秒')?.id, tree.units[0]?.id);
    writesNothing(plan(inserted, after));

    const byNumber = afterPlan(tree, plan(inserted, tree, { [key]: 'by-number' }));
    assert.equal(byNumber.units.find(({ title }) => title === '测量')?.id, tree.units[0]?.id);
    writesNothing(plan(inserted, byNumber));
  });

  it('withdraws what fell out, brings back what returns, and removes nothing', () => {
    const tree = treeOf(old);
    const without = plan(
      sheet([
        ['1', '时分秒', '1 秒'],
        ['', '复习'],
      ]),
      tree,
    );
    assert.deepEqual(
      said(without, 'removed').map((text) => text.split(' 文件里')[0]),
      ['第二单元 分数', '第一单元 时分秒 › 第2课 计算'],
    );
    const less = afterPlan(tree, without);
    assert.equal(less.units.length, tree.units.length);
    const back = plan(sheet(old), less);
    assert.deepEqual(said(back, 'changed'), [
      '第二单元 分数 原已停用，恢复',
      '第一单元 时分秒 › 第2课 计算 原已停用，恢复',
    ]);
    assert.deepEqual(said(back, 'new'), []);
    writesNothing(plan(sheet(old), afterPlan(less, back)));
  });

  it('withdraws nothing from a volume while one of its rows cannot be read', () => {
    const tree = treeOf(old);
    const file = written([
      head,
      [...place, '1', '时分秒', '1', '秒', '1'],
      [...place, '2', '分数', '1', '认识', '若干'],
    ]);
    const found = plan(file, tree);
    assert.deepEqual(found.withdraw, { units: [], lessons: [] });
    assert.equal(found.questions[0]?.kind, 'unread');
    const decided = plan(file, tree, { [found.questions[0]?.key ?? '']: 'leave-out' });
    assert.deepEqual(decided.questions, []);
    assert.equal(decided.changes.removed, 3);
  });

  it('empties nothing that a blank cell leaves out', () => {
    const tree = treeOf(old);
    const blank = written([
      head.filter((name) => name !== '课时' && name !== '单元序号'),
      ...old.flatMap(([, title, ...lessons]) =>
        lessons.length === 0
          ? [[...place, title, '', '']]
          : lessons.map((lesson) => [...place, title, '', lesson.slice(2)]),
      ),
    ]);
    writesNothing(plan(blank, tree));
  });

  it('takes the only edition in use for a file without a year, and asks where there are several', () => {
    const file = written([
      ['学科', '年级', '版本', '册次', '单元'],
      ['数学', '三年级', '人教版', '上册', '时分秒'],
    ]);
    assert.match(plan(file).questions[0]?.text ?? '', /没有写修订年，目录里也还没有这个版本/);
    const one = treeOf(old);
    assert.deepEqual(plan(file, one).volumeNames, ['小学数学 人教版（2024年修订） 三年级上册']);
    const two: StandingTextbooks = {
      ...one,
      editions: [
        ...one.editions,
        ...one.editions.map((edition) => ({ ...edition, id: 'older', revisionYear: 2013 })),
      ],
    };
    const asked = plan(file, two).questions[0];
    assert.deepEqual(
      asked?.choices.map(({ value }) => value),
      ['2024', '2013', 'leave-out'],
    );
    assert.deepEqual(plan(file, two, { [asked?.key ?? '']: '2013' }).volumeNames, [
      '小学数学 人教版（2013年修订） 三年级上册',
    ]);
  });

  it('leaves out what is not the reader’s own subject, and says so', () => {
    const file = written([
      head,
      [...place, '1', '甲', '1', '子', '1'],
      ['语文', ...place.slice(1), '1', '乙', '1', '丑', '1'],
    ]);
    const found = planTextbooks(file, emptyTree, {
      decisions: {},
      mayKeep: ({ subject }) => subject === 'chinese',
    });
    assert.deepEqual(found.volumeNames, ['小学语文 人教版（2024年修订） 三年级上册']);
    assert.deepEqual(found.notices, ['小学数学不归您维护，这部分没有导入，请交给该学科的教研员。']);
  });

  it('says that an edition is withdrawn, and does not take it into use again', () => {
    const tree = treeOf(old);
    const gone = { ...tree, editions: tree.editions.map((one) => ({ ...one, withdrawnReason: '已换新版' })) };
    assert.match(plan(sheet(old), gone).notices[0] ?? '', /已经停用（已换新版）/);
  });
});

const title = fc.oneof(
  fc.constantFrom(
    '时分秒',
    '复习',
    '第一单元',
    '一、数',
    'Unit 3',
    '1.2 数轴',
    '圆',
    '（演示）',
    'a b',
    '3.14',
  ),
  fc.string({
    unit: fc.constantFrom('甲', '乙', '丙', ' ', '、', '1', '第', '单', '元', '.'),
    minLength: 1,
    maxLength: 6,
  }),
);
const number = fc.constantFrom('', '1', '2', '三', '第4单元', '5');
const hours = fc.constantFrom('', '1', '2课时', '12');
const row = fc
  .tuple(
    fc.constantFrom('数学', '生物学'),
    fc.constantFrom('三年级', '七年级'),
    fc.constantFrom('人教', '某版'),
    fc.constantFrom('2013', '2024'),
    fc.constantFrom('上', '全一册'),
    number,
    title,
    hours,
    number,
    fc.oneof(title, fc.constant('')),
    hours,
  )
  .map((cells) => [...cells]);
const file = fc.array(row, { maxLength: 14 }).map((rows) => written([[...sheetHeadings], ...rows]));

/** Imports with every question answered. */
const imported = (tree: StandingTextbooks, one: ReturnType<typeof written>, answer: string) => {
  const decisions: Record<string, string> = {};
  for (;;) {
    const found = plan(one, tree, decisions);
    const open = found.questions.filter(({ key }) => decisions[key] === undefined);
    if (open.length === 0) return afterPlan(tree, found);
    for (const { key, kind } of open)
      decisions[key] = kind === 'units' || kind === 'lessons' ? answer : 'leave-out';
  }
};
const answers = fc.constantFrom('by-title', 'by-number');

describe('whatever the files are', () => {
  it('importing what was downloaded changes nothing', () => {
    fc.assert(
      fc.property(file, file, answers, (first, second, answer) => {
        const tree = imported(imported(emptyTree, first, answer), second, answer);
        writesNothing(plan(written(sheetRows(sheetVolumes(tree))), tree));
      }),
      { numRuns: 300 },
    );
  });

  it('importing twice is importing once, also with questions left open', () => {
    fc.assert(
      fc.property(file, file, answers, (first, second, answer) => {
        const tree = imported(emptyTree, first, answer);
        const open = afterPlan(tree, plan(second, tree));
        const again = plan(second, open);
        assert.deepEqual([again.units, again.lessons, again.withdraw], [[], [], { units: [], lessons: [] }]);
        const once = imported(tree, second, answer);
        assert.deepEqual(imported(once, second, answer), once);
      }),
      { numRuns: 300 },
    );
  });

  it('no id is lost and no number stands twice', () => {
    fc.assert(
      fc.property(file, file, (first, second) => {
        const tree = imported(emptyTree, first, 'by-title');
        const after = afterPlan(tree, plan(second, tree));
        for (const level of ['units', 'lessons'] as const) {
          const ids = new Set(after[level].map(({ id }) => id));
          assert.ok(tree[level].every(({ id }) => ids.has(id)));
          const numbered = after[level]
            .filter((one) => !one.withdrawn && one.number !== null)
            .map((one) => `${one.parentId} ${one.number}`);
          assert.equal(new Set(numbered).size, numbered.length);
        }
      }),
      { numRuns: 300 },
    );
  });
});
