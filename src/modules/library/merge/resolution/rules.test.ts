import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Refusal } from '#platform/refusal.ts';
import type { Body, Content, Row } from '../../content/contract.ts';
import { paragraphOf } from '../../tokens/rules.ts';
import type { MergeConflict } from '../contract.ts';
import { bodyTriple } from '../design/testing.ts';
import { mergeContent, mergeSection } from '../rules.ts';
import { decideAll } from '../testing.ts';
import { blocksOfText, resolveContent, resolveSection, textOfBlocks, undecidedOf } from './rules.ts';

const line = (text: string) => paragraphOf([{ type: 'text', text }]);
const text = (...lines: readonly string[]): Body => ({ form: 'text', blocks: lines.map(line) });
const rows = (...all: readonly Row[]): Body => ({ form: 'rows', rows: [...all] });
const goal = (id: string, words: string, more: Record<string, string> = {}): Row => ({
  id,
  cells: { goal: words, ...more },
});
const places = (conflicts: readonly MergeConflict[]): string[] => conflicts.map(({ place }) => place);
const refused =
  (kind: string, words: string) =>
  (error: unknown): boolean =>
    error instanceof Refusal && error.kind === kind && error.message.includes(words);

describe('what takes a person', () => {
  it('one sentence said differently by two: all three texts, each way out', () => {
    const merged = mergeSection(
      text('前言。', '学生能说出圆的特征。'),
      text('前言。', '学生能说出圆的性质。', '本校补充。'),
      text('区级前言。', '学生能说出圆的定义。'),
      { key: 'goals' },
    );
    assert.deepEqual(merged.conflicts, [
      {
        place: 'blocks',
        id: 'goals/blocks/1',
        section: 'goals',
        choices: ['ours', 'theirs', 'both', 'own'],
        base: [line('学生能说出圆的特征。')],
        ours: [line('学生能说出圆的性质。')],
        theirs: [line('学生能说出圆的定义。')],
      },
    ]);
    const by = (decision: Parameters<typeof resolveSection>[1][string]): Body =>
      resolveSection(merged, { 'goals/blocks/1': decision });
    const whole = (...middle: readonly string[]): Body => text('区级前言。', ...middle, '本校补充。');
    assert.deepEqual(by({ choice: 'ours' }), whole('学生能说出圆的性质。'));
    assert.deepEqual(by({ choice: 'theirs' }), whole('学生能说出圆的定义。'));
    assert.deepEqual(by({ choice: 'both' }), whole('学生能说出圆的性质。', '学生能说出圆的定义。'));
    assert.deepEqual(by({ choice: 'own', text: '说出性质\n和定义' }), whole('说出性质', '和定义'));
  });

  it('two halves of one word changed by two people are not put together', () => {
    const merged = mergeSection(text('学生了解圆。'), text('学生理解圆。'), text('学生了结圆。'));
    assert.deepEqual(places(merged.conflicts), ['blocks']);
  });

  it('a restyled word that the other side replaced is not lost', () => {
    const styled = paragraphOf([
      { type: 'text', text: '学生能说出圆的' },
      { type: 'text', text: '特征', marks: [{ type: 'bold' }] },
      { type: 'text', text: '。' },
    ]);
    const merged = mergeSection(
      text('学生能说出圆的特征。'),
      { form: 'text', blocks: [styled] },
      text('学生能说出圆的性质。'),
    );
    assert.deepEqual(places(merged.conflicts), ['blocks']);
  });

  it('marks of both sides come together', () => {
    const marked = (...marks: readonly ('bold' | 'underline')[]): Body => ({
      form: 'text',
      blocks: [
        paragraphOf([
          {
            type: 'text',
            text: '重点。',
            ...(marks.length > 0 ? { marks: marks.map((type) => ({ type })) } : {}),
          },
        ]),
      ],
    });
    const merged = mergeSection(marked(), marked('bold'), marked('underline'));
    assert.deepEqual(resolveSection(merged, {}), marked('bold', 'underline'));
  });

  it('cells: texts of two people, and numbers and choices whole; references as a set', () => {
    const columns = [
      { key: 'minutes', label: '时间', type: 'number', unit: '分钟', max: 90 },
      { key: 'goals', label: '对应目标', type: 'references', section: 'goals' },
    ] as const;
    const merged = mergeSection(
      rows(goal('a', '能画圆。', { minutes: '10', goals: 'g1 g2' })),
      rows(goal('a', '能用圆规画圆。', { minutes: '12', goals: 'g2 g4' })),
      rows(goal('a', '能徒手画圆。', { minutes: '15', goals: 'g1 g2 g3' })),
      { key: 'tasks', columns },
    );
    assert.deepEqual(
      merged.conflicts.map(({ id, choices }) => [id, choices]),
      [
        ['tasks/cell/a/goal', ['ours', 'theirs', 'both', 'own']],
        ['tasks/cell/a/minutes', ['ours', 'theirs']],
      ],
    );
    assert.deepEqual(
      resolveSection(merged, {
        'tasks/cell/a/goal': { choice: 'both' },
        'tasks/cell/a/minutes': { choice: 'theirs' },
      }),
      rows(goal('a', '能用圆规画圆。\n能徒手画圆。', { minutes: '15', goals: 'g2 g3 g4' })),
    );
    assert.throws(
      () =>
        resolveSection(merged, {
          'tasks/cell/a/goal': { choice: 'own', text: '画圆' },
          'tasks/cell/a/minutes': { choice: 'both' },
        }),
      refused('invalid', '不能这样处理'),
    );
  });

  it('a row deleted here and edited there, an order turned two ways', () => {
    const [a, b, c] = [goal('a', '能画圆。'), goal('b', '会计算。'), goal('c', '感受美。')];
    const deleted = mergeSection(rows(a, b), rows(a), rows(a, goal('b', '会计算面积。')));
    assert.deepEqual(places(deleted.conflicts), ['row']);
    const [id = ''] = deleted.conflicts.map((one) => one.id);
    assert.deepEqual(resolveSection(deleted, { [id]: { choice: 'ours' } }), rows(a));
    assert.deepEqual(
      resolveSection(deleted, { [id]: { choice: 'theirs' } }),
      rows(a, goal('b', '会计算面积。')),
    );
    const turned = mergeSection(rows(a, b, c), rows(b, a, c), rows(a, c, b), { key: 'goals' });
    assert.deepEqual(places(turned.conflicts), ['order']);
    assert.deepEqual(resolveSection(turned, { 'goals/order': { choice: 'theirs' } }), rows(a, c, b));
    assert.deepEqual(resolveSection(turned, { 'goals/order': { choice: 'ours' } }), rows(b, a, c));
  });

  it('both insert a row in one place: both stay, the smaller id first, whichever side it came from', () => {
    const [a, x, y] = [goal('a', '能画圆。'), goal('x', '会计算。'), goal('y', '感受美。')];
    assert.deepEqual(resolveSection(mergeSection(rows(a), rows(a, y), rows(a, x)), {}), rows(a, x, y));
    assert.deepEqual(resolveSection(mergeSection(rows(a), rows(a, x), rows(a, y)), {}), rows(a, x, y));
  });

  it('a section deleted above and edited below, from text to rows, named by two', () => {
    const content = (...sections: readonly (readonly [string, string, Body])[]): Content => ({
      sections: sections.map(([key, title, body]) => ({ key, title, body })),
    });
    const merged = mergeContent(
      content(
        ['basis', '课标依据', text('依据。')],
        ['notes', '说明', text('旧。')],
        ['board', '板书', text('圆')],
      ),
      content(
        ['basis', '课标依据', text('新的依据。')],
        ['notes', '使用说明', rows()],
        ['board', '板书', text('圆')],
      ),
      content(['notes', '编写说明', text('旧的说明。')], ['board', '板书', text('圆的认识')]),
    );
    assert.deepEqual(
      merged.conflicts.map(({ id }) => id),
      ['basis/section', 'notes/title', 'notes/form'],
    );
    assert.throws(() => resolveContent(merged, {}), refused('conflict', '还有 3 处没有处理'));
    const theirs = decideAll(merged.conflicts, 'theirs');
    assert.deepEqual(
      resolveContent(merged, theirs),
      content(['notes', '编写说明', text('旧的说明。')], ['board', '板书', text('圆的认识')]),
    );
    assert.deepEqual(
      resolveContent(merged, {
        ...decideAll(merged.conflicts, 'ours'),
        'notes/title': { choice: 'own', text: '说明与建议' },
      }),
      content(
        ['basis', '课标依据', text('新的依据。')],
        ['notes', '说明与建议', rows()],
        ['board', '板书', text('圆的认识')],
      ),
    );
  });
});

describe('deciding', () => {
  it('is refused while one conflict is undecided, and for one that is not there', () => {
    fc.assert(
      fc.property(bodyTriple, fc.nat(50), ({ base, ours, theirs }, which) => {
        const merged = mergeSection(base, ours, theirs);
        const all = decideAll(merged.conflicts, 'ours');
        assert.throws(
          () => resolveSection(merged, { ...all, 'no/such': { choice: 'ours' } }),
          refused('conflict', '重新打开'),
        );
        const [left] = merged.conflicts.slice(which % Math.max(1, merged.conflicts.length));
        if (left === undefined) return;
        const { [left.id]: _, ...rest } = all;
        assert.deepEqual(undecidedOf(merged.conflicts, rest), [left]);
        assert.throws(() => resolveSection(merged, rest), refused('conflict', '还有 1 处'));
      }),
      { numRuns: 500 },
    );
  });

  it('never lets a table grow over what the contract takes', () => {
    const many = (from: number): Row[] =>
      Array.from({ length: 300 }, (_, index) => goal(`r-${from + index}`, '新的一行。'));
    const merged = mergeSection(rows(), rows(...many(0)), rows(...many(1_000)));
    assert.throws(() => resolveSection(merged, {}), refused('invalid', '超过 500 行'));
  });

  it('own text becomes paragraphs with formulas and pictures, and back', () => {
    const file = 'ab'.repeat(32);
    const own = `面积 $S=\\pi r^2$ 。\n见![圆](${file})`;
    const blocks = blocksOfText(`${own}\n\n`);
    assert.deepEqual(blocks, [
      paragraphOf([
        { type: 'text', text: '面积 ' },
        { type: 'inlineMath', attrs: { latex: 'S=\\pi r^2' } },
        { type: 'text', text: ' 。' },
      ]),
      paragraphOf([
        { type: 'text', text: '见' },
        { type: 'picture', attrs: { file, alt: '圆', width: null } },
      ]),
    ]);
    assert.equal(textOfBlocks(blocks), own);
  });
});
