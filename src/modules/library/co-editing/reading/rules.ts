import * as Y from 'yjs';
import {
  type Block,
  type BlockMath,
  type Body,
  type CellBlock,
  type Content,
  type Heading,
  type Inline,
  type List,
  type ListItem,
  type MarkType,
  markTypes,
  type Paragraph,
  type Row,
  type Section,
  sectionKey,
  type Table,
  type TableCell,
} from '../../content/contract.ts';
import { limits } from '../../content/limits/contract.ts';
import { docOf, names, rowIds, sectionKeys } from '../rules.ts';

/** What a document says, and what of it was beyond a limit and is left out, in sentences that name the section. */
export interface Reading {
  readonly content: Content;
  readonly cuts: readonly string[];
}

/** Told of what is left out for being too much, in words: `表格超过500行`. */
type Note = (what: string) => void;
const ignored: Note = () => undefined;

const within = <One>(list: readonly One[], most: number, note: Note, what: string): One[] => {
  if (list.length > most) note(what.replace('#', String(most)));
  return list.slice(0, most);
};

/**
 * Reads a document, whatever clients wrote into it: kinds of nodes, attributes and marks that a design does not
 * have are left out, and every limit of the content's schema is kept. What comes out always passes that schema.
 *
 * Beside that it is normal form: neighbouring runs of text with the same marks are one, marks stand in one order,
 * nothing is empty that may be left out, and a cell has no space at its ends.
 */
export const readingOf = (doc: Y.Doc): Reading => {
  const cuts: string[] = [];
  const keys = sectionKeys(doc).filter((key) => sectionKey.safeParse(key).success);
  const sections = keys.slice(0, limits.sections).map((key) => {
    const beyond = new Set<string>();
    const section = sectionOf(doc, key, (what) => beyond.add(what));
    if (beyond.size > 0) cuts.push(`“${section.title}”${[...beyond].join('，')}，请删减，或移到别的部分。`);
    return section;
  });
  const [next] = keys.slice(limits.sections);
  if (next !== undefined)
    cuts.push(
      `一份设计最多${limits.sections}个部分，从“${titleOf(doc.getMap(names.titles).get(next), ignored)}”起放不下，请合并或删去一些部分。`,
    );
  return { content: { sections }, cuts };
};

/** What a document says, within the limits. */
export const contentOf = (doc: Y.Doc): Content => readingOf(doc).content;

/** A design in the form in which it comes back from a document that is written together. */
export const normalised = (content: Content): Content => contentOf(docOf(content));

const sectionOf = (doc: Y.Doc, key: string, note: Note): Section => ({
  key,
  title: titleOf(doc.getMap(names.titles).get(key), note),
  body: bodyOf(doc, key, note),
});

/** What a section says, also of one that was taken out. */
export const bodyOf = (doc: Y.Doc, key: string, note: Note = ignored): Body =>
  doc.getMap(names.forms).get(key) === 'rows'
    ? { form: 'rows', rows: rowsOf(doc, key, note) }
    : { form: 'text', blocks: blocksOf(doc.getXmlFragment(names.text(key)), note) };

/** Text that the database and every reader can keep: whole characters, no NUL, and no longer than may be. */
const clean = (text: string, longest: number, note: Note, what: string): string => {
  const whole = text.replaceAll('\0', '');
  if (whole.length > longest) note(what.replace('#', String(longest)));
  return whole.slice(0, longest).toWellFormed();
};

const titleOf = (value: unknown, note: Note): string =>
  (typeof value === 'string' && clean(value, limits.title, note, '的名称超过#字')) || '未命名';

const rowId = /^[0-9a-z-]{1,36}$/;
const columnKey = /^[a-z][a-zA-Z]{0,30}$/;

const rowsOf = (doc: Y.Doc, key: string, note: Note): Row[] => {
  const columns = new Map<string, Set<string>>();
  const add = (id: string, column: string): void => {
    if (!columnKey.test(column)) return;
    const known = columns.get(id);
    if (known === undefined) columns.set(id, new Set([column]));
    else known.add(column);
  };
  for (const name of doc.share.keys()) {
    const [kind, section, id, column, ...more] = name.split(':');
    if (kind === 'cell' && section === key && id !== undefined && column !== undefined && more.length === 0)
      add(id, column);
  }
  for (const name of doc.getMap(names.chosen(key)).keys()) {
    const [id, column, ...more] = name.split(':');
    if (id !== undefined && column !== undefined && more.length === 0) add(id, column);
  }
  const ids = rowIds(doc, key).filter((id) => rowId.test(id));
  return within(ids, limits.rows, note, '的表格超过#行').map((id) => ({
    id,
    cells: Object.fromEntries(
      [...(columns.get(id) ?? [])]
        .sort()
        .map((column) => [column, cellOf(doc, { key, id, column }, note)])
        .filter(([, text]) => text !== ''),
    ),
  }));
};

/** What stands in a cell: what was chosen, else what was written. */
const cellOf = (
  doc: Y.Doc,
  { key, id, column }: { readonly key: string; readonly id: string; readonly column: string },
  note: Note,
): string => {
  const chosen = doc.getMap(names.chosen(key)).get(`${id}:${column}`);
  const text = typeof chosen === 'string' ? chosen : doc.getText(names.cell(key, id, column)).toJSON();
  return clean(text.trim(), limits.cell, note, '的表格有一格超过#字').trim();
};

const isElement = (node: unknown): node is Y.XmlElement => node instanceof Y.XmlElement;
const childrenOf = (node: Y.XmlElement | Y.XmlFragment): Y.XmlElement[] => node.toArray().filter(isElement);

const chunks = <One>(list: readonly One[], size: number): One[][] => {
  const parts: One[][] = [];
  for (let from = 0; from < list.length; from += size) parts.push(list.slice(from, from + size));
  return parts;
};

const blocksOf = (fragment: Y.XmlFragment, note: Note): Block[] =>
  within(
    fragment.toArray().flatMap((node) => blocksOfNode(node, note)),
    limits.blocks,
    note,
    '超过#段',
  );

/** What a node of a text section reads as: none where it says nothing, several where it is too long for one. */
export const blocksOfNode = (node: unknown, note: Note = ignored): Block[] => {
  // Text that stands outside any paragraph is somebody's words all the same.
  if (node instanceof Y.XmlText) return paragraphs(joined(runsOf(node)));
  return isElement(node) ? blockOf(node, note) : [];
};

const blockOf = (node: Y.XmlElement, note: Note): Block[] => {
  switch (node.nodeName) {
    case 'heading':
      return headings(node, note);
    case 'table':
      return tableOf(node, note);
    default:
      return cellBlockOf(node, 0, note);
  }
};

const cellBlockOf = (node: Y.XmlElement, depth: number, note: Note): CellBlock[] => {
  switch (node.nodeName) {
    case 'paragraph':
      return paragraphs(inlinesOf(node, note));
    case 'blockMath':
      return mathOf(node, note).map((attrs): BlockMath => ({ type: 'blockMath', attrs }));
    case 'bulletList':
    case 'orderedList':
      return listOf(node, { type: node.nodeName, depth }, note);
    default:
      return [];
  }
};

/** One paragraph, or several where one would be longer than may be. */
const paragraphs = (inlines: readonly Inline[]): Paragraph[] =>
  inlines.length === 0
    ? [{ type: 'paragraph' }]
    : chunks(inlines, limits.inlines).map((content) => ({ type: 'paragraph', content }));

const headings = (node: Y.XmlElement, note: Note): Heading[] => {
  const given = Number(attributeOf(node, 'level'));
  const attrs = { level: Number.isInteger(given) ? Math.min(3, Math.max(1, given)) : 3 };
  const inlines = inlinesOf(node, note);
  return inlines.length === 0
    ? [{ type: 'heading', attrs }]
    : chunks(inlines, limits.inlines).map((content) => ({ type: 'heading', attrs, content }));
};

const listOf = (
  node: Y.XmlElement,
  { type, depth }: { readonly type: List['type']; readonly depth: number },
  note: Note,
): List[] => {
  // Beyond this nobody reads, and no reader is to run out of stack.
  if (depth >= limits.listDepth) {
    note(`的列表超过${limits.listDepth}层`);
    return [];
  }
  const items = childrenOf(node)
    .filter(({ nodeName }) => nodeName === 'listItem')
    .map((item): ListItem => {
      const blocks = childrenOf(item)
        .flatMap((child) => cellBlockOf(child, depth + 1, note))
        .filter((block) => block.type !== 'blockMath');
      const content = within(blocks, limits.itemBlocks, note, '的列表有一项超过#段');
      return { type: 'listItem', content: content.length === 0 ? [{ type: 'paragraph' }] : content };
    });
  return items.length === 0
    ? []
    : [{ type, content: within(items, limits.listItems, note, '的列表超过#项') }];
};

const tableOf = (node: Y.XmlElement, note: Note): Table[] => {
  const rows = childrenOf(node)
    .filter(({ nodeName }) => nodeName === 'tableRow')
    .map((row) => childrenOf(row).flatMap((cell) => cellsOf(cell, note)))
    .filter((cells) => cells.length > 0)
    .map((cells) => ({
      type: 'tableRow' as const,
      content: within(cells, limits.tableCells, note, '的表格超过#列'),
    }));
  const content = within(rows, limits.tableRows, note, '的表格超过#行');
  return content.length === 0 ? [] : [{ type: 'table', content }];
};

const cellsOf = (node: Y.XmlElement, note: Note): TableCell[] => {
  const type = node.nodeName;
  if (type !== 'tableCell' && type !== 'tableHeader') return [];
  const blocks = childrenOf(node).flatMap((child) => cellBlockOf(child, 0, note));
  const content = within(blocks, limits.cellBlocks, note, '的表格有一格超过#段');
  return [
    {
      type,
      attrs: {
        colspan: spanOf(node, 'colspan', limits.tableCells),
        rowspan: spanOf(node, 'rowspan', limits.tableRows),
      },
      content: content.length === 0 ? [{ type: 'paragraph' }] : content,
    },
  ];
};

const attributeOf = (node: Y.XmlElement, name: string): unknown => node.getAttribute(name);

const spanOf = (node: Y.XmlElement, name: string, most: number): number => {
  const given = Number(attributeOf(node, name));
  return Number.isInteger(given) && given >= 1 ? Math.min(given, most) : 1;
};

const mathOf = (node: Y.XmlElement, note: Note): { latex: string }[] => {
  const given = attributeOf(node, 'latex');
  if (typeof given !== 'string') return [];
  // Half a formula is none.
  if (given.length > limits.formula) {
    note(`有公式超过${limits.formula}字`);
    return [];
  }
  const text = clean(given, limits.formula, note, '');
  return text === '' ? [] : [{ latex: text }];
};

const inlinesOf = (node: Y.XmlElement, note: Note): Inline[] =>
  joined(
    node.toArray().flatMap((child): Inline[] => {
      if (child instanceof Y.XmlText) return runsOf(child);
      if (!isElement(child)) return [];
      switch (child.nodeName) {
        case 'hardBreak':
          return [{ type: 'hardBreak' }];
        case 'inlineMath':
          return mathOf(child, note).map((attrs): Inline => ({ type: 'inlineMath', attrs }));
        case 'picture':
          return picturesOf(child, note);
        default:
          return [];
      }
    }),
  );

const picturesOf = (node: Y.XmlElement, note: Note): Inline[] => {
  const file = attributeOf(node, 'file');
  const alt = attributeOf(node, 'alt');
  const width = Math.round(Number(attributeOf(node, 'width') ?? Number.NaN));
  if (typeof file !== 'string' || !/^[0-9a-f]{64}$/.test(file)) return [];
  return [
    {
      type: 'picture',
      attrs: {
        file,
        alt: typeof alt === 'string' ? clean(alt, limits.alternative, note, '有图片的说明超过#字') : '',
        width: Number.isNaN(width) ? null : Math.min(4_000, Math.max(8, width)),
      },
    },
  ];
};

interface Run {
  readonly type: 'text';
  readonly text: string;
  readonly marks?: { type: MarkType }[] | undefined;
}

const runsOf = (text: Y.XmlText): Run[] => {
  const delta: readonly { insert?: unknown; attributes?: Readonly<Record<string, unknown>> }[] =
    text.toDelta();
  return delta.flatMap(({ insert, attributes = {} }): Run[] => {
    const words = typeof insert === 'string' ? clean(insert, insert.length, ignored, '') : '';
    if (words === '') return [];
    const marks = markTypes
      .filter((type) => Object.hasOwn(attributes, type) && attributes[type] !== null)
      .map((type) => ({ type }));
    return [{ type: 'text', text: words, ...(marks.length === 0 ? {} : { marks }) }];
  });
};

const marksOf = (run: Run): string => (run.marks ?? []).map(({ type }) => type).join(' ');

/** Neighbouring runs with the same marks as one, and one that is too long as several. */
const joined = (inlines: readonly Inline[]): Inline[] => {
  const result: Inline[] = [];
  for (const one of inlines) {
    const last = result.at(-1);
    if (one.type === 'text' && last?.type === 'text' && marksOf(one) === marksOf(last))
      result[result.length - 1] = { ...last, text: last.text + one.text };
    else result.push(one);
  }
  return result.flatMap((one): Inline[] => (one.type === 'text' ? pieces(one) : [one]));
};

const pieces = (run: Run): Run[] => {
  const parts: Run[] = [];
  for (let rest = run.text; rest !== ''; ) {
    // Not between the halves of one character.
    const half = rest.length > limits.run && /[\uD800-\uDBFF]/.test(rest.charAt(limits.run - 1));
    const size = half ? limits.run - 1 : limits.run;
    parts.push({ ...run, text: rest.slice(0, size) });
    rest = rest.slice(size);
  }
  return parts;
};
