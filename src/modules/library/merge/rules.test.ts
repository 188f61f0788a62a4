import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Block, type Body, body, type Content, content, type Row } from '../content/contract.ts';
import { normalBody } from '../tokens/rules.ts';
import { mergedContent, mergedSection } from './contract.ts';
import {
  blockEdited,
  blockOf,
  bodyTriple,
  contentTriple,
  edit,
  type Marks,
  marksOf,
  rowEdited,
  rowOf,
} from './design/testing.ts';
import { resolveContent, resolveSection } from './resolution/rules.ts';
import { mergeContent, mergeSection } from './rules.ts';
import { decideAll, lostEdits, swapSides } from './testing.ts';

// A fixed seed, so that a run says something about the code and not about its luck: the texts made here share their
// sentences, and in about 2 of 100,000 a fresh copy is taken for the original (decision 0010).
const runs = { numRuns: 1_500, seed: 20_261_126 };
const assertFinished = (merged: { body: unknown; conflicts: readonly unknown[] }, expected: Body): void => {
  assert.deepEqual(merged.conflicts, []);
  assert.deepEqual(resolveSection(mergedSection.parse(merged), {}), expected);
};

describe('merging bodies', () => {
  it('what one side left alone, or both changed alike, is taken as it is', () => {
    fc.assert(
      fc.property(bodyTriple, ({ base, ours }) => {
        assertFinished(mergeSection(base, ours, ours), normalBody(ours));
        assertFinished(mergeSection(base, base, ours), normalBody(ours));
        assertFinished(mergeSection(base, ours, base), normalBody(ours));
      }),
      runs,
    );
  });

  it('is the same whichever side is called ours', () => {
    fc.assert(
      fc.property(bodyTriple, ({ base, ours, theirs }) => {
        assert.deepEqual(swapSides(mergeSection(base, ours, theirs)), mergeSection(base, theirs, ours));
      }),
      runs,
    );
  });

  it('loses no edit of either side and undoes none', () => {
    fc.assert(
      fc.property(bodyTriple, (sides) => {
        const merged = mergeSection(sides.base, sides.ours, sides.theirs);
        assert.deepEqual(lostEdits(sides, merged), []);
      }),
      runs,
    );
  });

  it('gives what the contracts take, in normal form, however the conflicts are decided', () => {
    fc.assert(
      fc.property(bodyTriple, fc.constantFrom('ours', 'theirs', 'both'), ({ base, ours, theirs }, choice) => {
        const merged = mergedSection.parse(mergeSection(base, ours, theirs));
        const resolved = resolveSection(merged, decideAll(merged.conflicts, choice));
        body.parse(resolved);
        assert.deepEqual(resolved, normalBody(resolved));
        assert.equal(new Set(merged.conflicts.map(({ id }) => id)).size, merged.conflicts.length);
      }),
      runs,
    );
  });
});

const kindsAndEdits = fc.array(fc.tuple(fc.nat(7), fc.nat(50), edit, fc.nat(5)), {
  minLength: 1,
  maxLength: 12,
});

/** Even places are ours to change, odd ones theirs: what each makes of its places, and both together. */
const apart = <Item>(
  base: readonly Item[],
  change: (item: Item, index: number, marks: Marks) => readonly Item[],
): { ours: Item[]; theirs: Item[]; both: Item[] } => {
  const [here, there] = [marksOf('o'), marksOf('t')];
  const changed = base.map((item, index) => change(item, index, index % 2 === 0 ? here : there));
  const of = (parity: number): Item[] =>
    base.flatMap((item, index) => (index % 2 === parity ? (changed[index] ?? []) : [item]));
  return { ours: of(0), theirs: of(1), both: changed.flat() };
};

describe('independent edits', () => {
  it('of different blocks never conflict: both are done', () => {
    fc.assert(
      fc.property(kindsAndEdits, (wanted) => {
        const marks = marksOf('b');
        const base = wanted.map(([kind, number]) => blockOf(kind, number, marks));
        const { ours, theirs, both } = apart<Block>(base, (block, index, own) => {
          const [kind = 0, number = 0, by = [0, 0, 0, 0] as const, what = 0] = wanted[index] ?? [];
          if (what === 0) return [];
          if (what === 1) return [blockOf(kind + 1, number, own), block];
          return what === 2 ? [block] : [blockEdited(block, by, own)];
        });
        const merged = mergeSection(
          { form: 'text', blocks: base },
          { form: 'text', blocks: ours },
          { form: 'text', blocks: theirs },
        );
        assertFinished(merged, normalBody({ form: 'text', blocks: both }));
      }),
      runs,
    );
  });

  it('of different rows never conflict: both are done', () => {
    fc.assert(
      fc.property(kindsAndEdits, (wanted) => {
        const marks = marksOf('b');
        const base = wanted.map((_, index) => rowOf(`row-${index}`, index, marks));
        const { ours, theirs, both } = apart<Row>(base, (row, index, own) => {
          const [, number = 0, by = [0, 0, 0, 0] as const, what = 0] = wanted[index] ?? [];
          if (what === 0) return [];
          if (what === 1) return [row, rowOf(`new-${index}`, number, own)];
          return what === 2 ? [row] : [rowEdited(row, by, own)];
        });
        const merged = mergeSection(
          { form: 'rows', rows: base },
          { form: 'rows', rows: ours },
          { form: 'rows', rows: theirs },
        );
        assert.deepEqual(merged.conflicts, []);
        const resolved = normalBody(resolveSection(merged, {}));
        assert.deepEqual(resolved, normalBody({ form: 'rows', rows: both }));
      }),
      runs,
    );
  });

  it('of different cells of one row, of one table and of one list never conflict', () => {
    const rows = (goal: string, level: string): Body => ({
      form: 'rows',
      rows: [{ id: 'a', cells: { goal, level } }],
    });
    assertFinished(
      mergeSection(rows('能画圆。', 'know'), rows('能用圆规画圆。', 'know'), rows('能画圆。', 'apply')),
      rows('能用圆规画圆。', 'apply'),
    );
    const paragraph = (text: string): { type: 'paragraph'; content: { type: 'text'; text: string }[] } => ({
      type: 'paragraph',
      content: [{ type: 'text', text }],
    });
    const table = (texts: readonly (readonly string[])[]): Body => ({
      form: 'text',
      blocks: [
        {
          type: 'table',
          content: texts.map((cells) => ({
            type: 'tableRow',
            content: cells.map((text) => ({
              type: 'tableCell',
              attrs: { colspan: 1, rowspan: 1 },
              content: [paragraph(text)],
            })),
          })),
        },
      ],
    });
    const before = [
      ['环节', '教师活动'],
      ['导入新课', '出示圆形图片'],
      ['探究新知', '组织小组讨论圆的特征'],
    ];
    const here = [before[0] ?? [], ['导入新课', '出示圆形实物'], before[2] ?? [], ['小结', '回顾所学']];
    const there = [before[0] ?? [], ['情境导入新课', '出示圆形图片'], before[2] ?? []];
    const both = [before[0] ?? [], ['情境导入新课', '出示圆形实物'], before[2] ?? [], ['小结', '回顾所学']];
    assertFinished(mergeSection(table(before), table(here), table(there)), table(both));
    // A column put in by one side and a row by the other would give a table with ragged rows.
    const wider = before.map((cells) => [...cells, '评价']);
    assert.deepEqual(
      mergeSection(table(before), table(wider), table(there.concat([['作业', '画圆']]))).conflicts.map(
        ({ place }) => place,
      ),
      ['blocks'],
    );
    const list = (texts: readonly string[]): Body => ({
      form: 'text',
      blocks: [
        {
          type: 'bulletList',
          content: texts.map((text) => ({ type: 'listItem', content: [paragraph(text)] })),
        },
      ],
    });
    assertFinished(
      mergeSection(
        list(['能说出特征', '会画圆']),
        list(['能说出圆的特征', '会画圆']),
        list(['能说出特征', '会用圆规画圆']),
      ),
      list(['能说出圆的特征', '会用圆规画圆']),
    );
  });
});

describe('merging whole contents', () => {
  it('takes, keeps, swaps and loses nothing, section by section', () => {
    fc.assert(
      fc.property(contentTriple, fc.constantFrom('ours', 'theirs', 'both'), (sides, choice) => {
        const { base, ours, theirs } = sides;
        const normal = {
          sections: ours.sections.map((one) => ({ ...one, body: normalBody(one.body) })),
        };
        for (const merged of [
          mergeContent(base, ours, ours),
          mergeContent(base, base, ours),
          mergeContent(base, ours, base),
        ]) {
          assert.deepEqual(merged.conflicts, []);
          assert.deepEqual(resolveContent(merged, {}), normal);
        }
        const merged = mergedContent.parse(mergeContent(base, ours, theirs));
        assert.deepEqual(swapSides(merged), mergeContent(base, theirs, ours));
        assert.deepEqual(lostEdits(sides, merged), []);
        content.parse(resolveContent(merged, decideAll(merged.conflicts, choice)));
      }),
      runs,
    );
  });
});

const inlineOf = (text: string): Block => ({ type: 'paragraph', content: [{ type: 'text', text }] });

describe('a section that is gone on one side and edited on the other', () => {
  it('is asked about with both texts, and whoever keeps it keeps every word', () => {
    fc.assert(
      fc.property(contentTriple, fc.nat(5), fc.constantFrom('ours', 'theirs'), ({ base, ours }, at, gone) => {
        const [one] = base.sections.slice(at % Math.max(1, base.sections.length));
        fc.pre(one !== undefined);
        const below: Content = {
          sections: ours.sections.map((section) =>
            section.key === one.key && section.body.form === 'text'
              ? {
                  ...section,
                  body: { form: 'text', blocks: [...section.body.blocks, inlineOf('本校补充。')] },
                }
              : section,
          ),
        };
        const edited = below.sections.find(({ key }) => key === one.key);
        fc.pre(edited?.body.form === 'text' && one.body.form === 'text');
        const above: Content = { sections: base.sections.filter(({ key }) => key !== one.key) };
        const merged =
          gone === 'theirs' ? mergeContent(base, below, above) : mergeContent(base, above, below);
        const conflict = merged.conflicts.find(
          ({ place, section }) => place === 'section' && section === one.key,
        );
        assert.ok(conflict !== undefined);
        assert.deepEqual(conflict[gone], null);
        assert.deepEqual(conflict.choices, ['ours', 'theirs']);
        const kept = gone === 'theirs' ? 'ours' : 'theirs';
        const decided = { ...decideAll(merged.conflicts, kept), [conflict.id]: { choice: kept } as const };
        const found = resolveContent(merged, decided).sections.find(({ key }) => key === one.key);
        assert.deepEqual(found, { ...edited, body: normalBody(edited.body) });
        const without = resolveContent(merged, { ...decided, [conflict.id]: { choice: gone } });
        assert.equal(
          without.sections.find(({ key }) => key === one.key),
          undefined,
        );
      }),
      { numRuns: 500 },
    );
  });

  it('and one that nobody edited goes without a question, whatever was added or moved beside it', () => {
    fc.assert(
      fc.property(contentTriple, fc.nat(5), ({ base, ours }, at) => {
        const key = base.sections[at % Math.max(1, base.sections.length)]?.key;
        const untouched = base.sections.find((section) => section.key === key);
        fc.pre(untouched !== undefined && ours.sections.some((section) => section.key === key));
        const here: Content = {
          sections: ours.sections.map((section) => (section.key === key ? untouched : section)),
        };
        const above: Content = { sections: base.sections.filter((section) => section.key !== key) };
        const merged = mergeContent(base, here, above);
        assert.deepEqual(merged.conflicts, []);
        assert.deepEqual(
          resolveContent(merged, {}).sections.map((section) => section.key),
          here.sections.flatMap((section) => (section.key === key ? [] : [section.key])),
        );
      }),
      { numRuns: 500 },
    );
  });
});

it('own sections that both sides added stand in the result, with their names and where they were put', () => {
  const own = (key: string): Content['sections'][number] => ({
    key: `own-${key}`,
    title: `补充${key}`,
    body: { form: 'text', blocks: [inlineOf(key)] },
  });
  const form = ['goals', 'tasks', 'board'].map((key) => ({ ...own(key), key, title: key }));
  const [goals, tasks, board] = form;
  assert.ok(goals !== undefined && tasks !== undefined && board !== undefined);
  const merged = mergeContent(
    { sections: form },
    { sections: [goals, own('a'), tasks, board] },
    { sections: [goals, board, tasks, own('b')] },
  );
  assert.deepEqual(merged.conflicts, []);
  assert.deepEqual(
    resolveContent(merged, {}).sections.map(({ title }) => title),
    ['goals', '补充a', 'board', 'tasks', '补充b'],
  );
});
