import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import * as Y from 'yjs';
import { type Content, content as contentSchema, markTypes, type Section } from '../content/contract.ts';
import { inOrder, placing, spread } from './order/rules.ts';
import { contentOf, normalised, readingOf } from './reading/rules.ts';
import { docOf, names } from './rules.ts';

const words = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 });
const latex = fc.constantFrom('x^2', '\\frac{1}{2}', '\\sqrt{a}');
const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
const marks = fc.uniqueArray(fc.constantFrom(...markTypes), { maxLength: 3 });
const inline = fc.oneof(
  fc.record({ type: fc.constant('text'), text: words }),
  fc.record({
    type: fc.constant('text'),
    text: words,
    marks: marks.map((chosen) => chosen.map((type) => ({ type }))),
  }),
  fc.constant({ type: 'hardBreak' }),
  fc.record({ type: fc.constant('inlineMath'), attrs: fc.record({ latex }) }),
  fc.record({
    type: fc.constant('picture'),
    attrs: fc.record({
      file: hash,
      alt: fc.string({ maxLength: 20 }),
      width: fc.option(fc.integer({ min: 8, max: 4000 })),
    }),
  }),
);
const paragraph = fc.record(
  { type: fc.constant('paragraph'), content: fc.array(inline, { maxLength: 5 }) },
  { requiredKeys: ['type'] },
);
const heading = fc.record({
  type: fc.constant('heading'),
  attrs: fc.record({ level: fc.integer({ min: 1, max: 3 }) }),
  content: fc.array(inline, { maxLength: 3 }),
});
const blockMath = fc.record({ type: fc.constant('blockMath'), attrs: fc.record({ latex }) });
const { list } = fc.letrec((tie) => ({
  list: fc.record({
    type: fc.constantFrom('bulletList', 'orderedList'),
    content: fc.array(
      fc.record({
        type: fc.constant('listItem'),
        content: fc.array(fc.oneof({ depthSize: 'small' }, paragraph, tie('list')), {
          minLength: 1,
          maxLength: 3,
        }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  }),
}));
const cell = fc.record({
  type: fc.constantFrom('tableCell', 'tableHeader'),
  attrs: fc.record({ colspan: fc.integer({ min: 1, max: 3 }), rowspan: fc.integer({ min: 1, max: 3 }) }),
  content: fc.array(fc.oneof(paragraph, blockMath, list), { minLength: 1, maxLength: 2 }),
});
const table = fc.record({
  type: fc.constant('table'),
  content: fc.array(
    fc.record({ type: fc.constant('tableRow'), content: fc.array(cell, { minLength: 1, maxLength: 3 }) }),
    { minLength: 1, maxLength: 3 },
  ),
});
const blocks = fc.array(fc.oneof(paragraph, heading, blockMath, list, table), { maxLength: 5 });
const cellText = words.filter((text) => text.trim() === text && !text.includes('\0'));
const rows = fc.uniqueArray(
  fc.record({
    id: fc.stringMatching(/^[0-9a-z-]{1,36}$/),
    cells: fc.dictionary(fc.stringMatching(/^[a-z][a-zA-Z]{0,6}$/), cellText, { maxKeys: 4 }),
  }),
  { maxLength: 6, selector: ({ id }) => id },
);
const section = fc.record({
  key: fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/),
  title: words.filter((text) => !text.includes('\0')),
  body: fc.oneof(
    fc.record({ form: fc.constant('text'), blocks }),
    fc.record({ form: fc.constant('rows'), rows }),
  ),
});
const anyContent = fc
  .record({ sections: fc.uniqueArray(section, { maxLength: 5, selector: ({ key }) => key }) })
  .map((value) => contentSchema.parse(value));

/** What normal form may change of runs of text; everything else has to come back as it was. */
const merged = (content: Content): Content => {
  const text = JSON.stringify(content, (_key, value: unknown) => {
    if (!Array.isArray(value)) return value;
    const parts: unknown[] = value;
    const result: unknown[] = [];
    for (const part of parts) {
      const one = isRun(part) ? { ...part, text: part.text.replaceAll('\0', '') } : part;
      if (isRun(one) && one.text === '') continue;
      const last = result.at(-1);
      if (isRun(one) && isRun(last) && marksOf(one) === marksOf(last))
        result[result.length - 1] = { ...last, text: last.text + one.text };
      else result.push(one);
    }
    return result;
  });
  const sorted: unknown = JSON.parse(text, (key: string, value: unknown) => {
    if (key === 'marks' && Array.isArray(value))
      return value.length === 0
        ? undefined
        : markTypes.filter((type) => JSON.stringify(value).includes(`"${type}"`)).map((type) => ({ type }));
    if (key === 'content' && Array.isArray(value) && value.length === 0) return undefined;
    return value;
  });
  return contentSchema.parse(sorted);
};
const isRun = (value: unknown): value is { type: 'text'; text: string; marks?: { type: string }[] } =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'text';
const marksOf = ({ marks: given = [] }: { marks?: { type: string }[] }): string =>
  markTypes.filter((type) => given.some((one) => one.type === type)).join();

describe('a design as a document', () => {
  it('comes back as it went in, in normal form', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        const { content: once, cuts } = readingOf(docOf(content));
        assert.deepEqual(cuts, []);
        assert.deepEqual(contentSchema.parse(once), once);
        assert.deepEqual(once, merged(content));
        assert.deepEqual(normalised(once), once);
      }),
      { numRuns: 150 },
    );
  });

  it('keeps what two people wrote at the same time', () => {
    fc.assert(
      fc.property(words, words, fc.nat(20), fc.nat(20), (one, other, here, there) => {
        const [first, second] = twoOf(start);
        const put = (doc: Y.Doc, text: string, at: number): void => {
          const goal = doc.getText(names.cell('goals', 'a', 'goal'));
          goal.insert(Math.min(at, goal.length), text);
          const empty = doc.getText(names.cell('goals', 'a', 'level'));
          empty.insert(0, text);
        };
        put(first, `甲${one.replaceAll('\0', '')}甲`, here);
        put(second, `乙${other.replaceAll('\0', '')}乙`, there);
        exchange(first, second);
        assert.deepEqual(contentOf(first), contentOf(second));
        const [, goals] = contentOf(first).sections;
        const cells = goals?.body.form === 'rows' ? goals.body.rows[0]?.cells : {};
        for (const text of Object.values(cells ?? {}))
          for (const part of [`甲${one}甲`, `乙${other}乙`])
            for (const letter of part.replaceAll('\0', '').trim()) assert.ok(text.includes(letter));
        assert.equal(Object.keys(cells ?? {}).length, 2);
      }),
    );
  });

  it('keeps rows and blocks added at the same place by two people', () => {
    const [first, second] = twoOf(start);
    for (const [doc, id] of [
      [first, 'x'],
      [second, 'y'],
    ] as const) {
      const places = doc.getMap<string>(names.rows('goals'));
      for (const [row, place] of placing(new Map(places.entries()), id, 1)) places.set(row, place);
      doc.getXmlFragment(names.text('learners')).insert(1, [new Y.XmlElement('paragraph')]);
    }
    exchange(first, second);
    const [learners, goals] = contentOf(first).sections;
    assert.deepEqual(contentOf(first), contentOf(second));
    assert.deepEqual(goals?.body.form === 'rows' ? goals.body.rows.map(({ id }) => id) : [], [
      'a',
      'x',
      'y',
      'b',
    ]);
    assert.equal(learners?.body.form === 'text' ? learners.body.blocks.length : 0, 3);
  });
});

describe('the order of rows', () => {
  it('has room for every move, also among places that others wrote', () => {
    const place = fc.oneof(
      fc.stringMatching(/^[0-9A-Za-z]{0,3}[1-9A-Za-z]$/),
      fc.constantFrom('', '0', 'V', '!'),
    );
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-f]{1,2}$/), place),
        fc.array(fc.nat(12), { maxLength: 30 }),
        (given, moves) => {
          const places = new Map(Object.entries(given));
          for (const [number, to] of moves.entries()) {
            const id = number % 2 === 0 ? 'moved' : `new${number}`;
            const others = inOrder([...places].filter(([other]) => other !== id));
            for (const [key, value] of placing(places, id, to)) places.set(key, value);
            assert.deepEqual(inOrder(places), others.toSpliced(Math.min(to, others.length), 0, id));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('spreads any number of rows', () => {
    for (const count of [0, 1, 61, 62, 500]) {
      const places = spread(count);
      assert.deepEqual(places, places.toSorted());
      assert.equal(new Set(places).size, count);
    }
  });
});

const start: Content = {
  sections: [
    {
      key: 'learners',
      title: '学情分析',
      body: {
        form: 'text',
        blocks: [{ type: 'paragraph', content: [{ type: 'text', text: '学生会数数。' }] }],
      },
    },
    {
      key: 'goals',
      title: '教学目标',
      body: {
        form: 'rows',
        rows: [
          { id: 'a', cells: { goal: '能比较大小' } },
          { id: 'b', cells: {} },
        ],
      },
    } satisfies Section,
  ],
};

const twoOf = (content: Content): [Y.Doc, Y.Doc] => {
  const state = Y.encodeStateAsUpdate(docOf(content));
  const copy = (): Y.Doc => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, state);
    return doc;
  };
  return [copy(), copy()];
};

const exchange = (one: Y.Doc, other: Y.Doc): void => {
  const updates = [Y.encodeStateAsUpdate(one), Y.encodeStateAsUpdate(other)] as const;
  Y.applyUpdate(one, updates[1]);
  Y.applyUpdate(other, updates[0]);
};

describe('what a client should not have written', () => {
  const evil = (write: (doc: Y.Doc) => void): Content => {
    const doc = docOf(start);
    write(doc);
    // As it comes over the line: types are made anew from the update.
    const arrived = new Y.Doc();
    Y.applyUpdate(arrived, Y.encodeStateAsUpdate(doc));
    const content = contentOf(arrived);
    assert.deepEqual(contentSchema.parse(content), content);
    assert.doesNotMatch(JSON.stringify(content), /javascript|script|onerror|iframe/);
    return content;
  };
  const inText = (node: Y.XmlElement | Y.XmlText): Content =>
    evil((doc) => doc.getXmlFragment(names.text('learners')).insert(0, [node]));

  it('is left out: nodes, attributes and marks that a design does not have', () => {
    inText(new Y.XmlElement('script'));
    const iframe = new Y.XmlElement('iframe');
    iframe.setAttribute('src', 'javascript:alert(1)');
    inText(iframe);
    const picture = new Y.XmlElement('picture');
    picture.setAttribute('file', 'javascript:alert(1)');
    picture.setAttribute('onerror', 'x');
    const paragraphOf = (...nodes: (Y.XmlElement | Y.XmlText)[]): Y.XmlElement => {
      const node = new Y.XmlElement('paragraph');
      node.setAttribute('onclick', 'javascript:alert(1)');
      node.insert(0, nodes);
      return node;
    };
    inText(paragraphOf(picture));
    const link = new Y.XmlText();
    link.applyDelta([
      { insert: '看这里', attributes: { link: { href: 'javascript:alert(1)' }, bold: {}, constructor: {} } },
      { insert: { image: 'javascript:alert(1)' } },
    ]);
    const content = inText(paragraphOf(link));
    const [first] = content.sections[0]?.body.form === 'text' ? content.sections[0].body.blocks : [];
    assert.deepEqual(first, {
      type: 'paragraph',
      content: [{ type: 'text', text: '看这里', marks: [{ type: 'bold' }] }],
    });
  });

  it('is bounded: nesting, spans, numbers of blocks, rows and letters', () => {
    evil((doc) => {
      let holder: Y.XmlFragment = doc.getXmlFragment(names.text('learners'));
      for (let depth = 0; depth < 3_000; depth += 1) {
        const inner = new Y.XmlElement(depth % 2 === 0 ? 'bulletList' : 'listItem');
        holder.insert(0, [inner]);
        holder = inner;
      }
    });
    const span = new Y.XmlElement('tableCell');
    span.setAttribute('colspan', '1e9');
    const row = new Y.XmlElement('tableRow');
    row.insert(0, [span]);
    const wide = new Y.XmlElement('table');
    wide.insert(0, [row]);
    inText(wide);
    const long = new Y.XmlText();
    long.insert(0, `${'a'.repeat(99_999)}😀\0${'b'.repeat(150_000)}`);
    const paragraphOfLong = new Y.XmlElement('paragraph');
    paragraphOfLong.insert(0, [long]);
    inText(paragraphOfLong);
    evil((doc) => {
      const places = doc.getMap(names.rows('goals'));
      for (let number = 0; number < 700; number += 1) places.set(`row${number}`, number % 3 === 0 ? 7 : 'V');
      doc.getText(names.cell('goals', 'a', 'goal')).insert(0, '长'.repeat(30_000));
      doc.getText('cell:goals:a:__proto__').insert(0, 'x');
      doc.getMap(names.chosen('goals')).set('a:level', { toString: 'x' });
      doc.getMap(names.sections).set('__proto__', 'V');
      doc.getMap(names.sections).set('own-1', 5);
      doc.getMap(names.titles).set('goals', { html: '<script>' });
      for (let number = 0; number < 100; number += 1) doc.getMap(names.sections).set(`own-x${number}`, 'V');
    });
  });

  it('is read as text where it is of the wrong kind', () => {
    evil((doc) => {
      doc.getMap(names.forms).set('learners', 'rows');
      doc.getMap(names.forms).set('goals', 'text');
    });
  });
});
