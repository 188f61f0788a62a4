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
  latex,
  type MarkType,
  markTypes,
  type Paragraph,
  type Row,
  type Section,
  sectionKey,
  type Table,
  type TableCell,
} from '../../content/contract.ts';
import { docOf, names, rowIds, sectionKeys } from '../rules.ts';

/**
 * What a document says, whatever clients wrote into it: kinds of nodes, attributes and marks that a design does not
 * have are left out, and every limit of the content's schema is kept. What comes out always passes that schema.
 *
 * Beside that it is normal form: neighbouring runs of text with the same marks are one, marks stand in one order,
 * nothing is empty that may be left out, and a cell has no space at its ends.
 */
export const contentOf = (doc: Y.Doc): Content => ({
  sections: sectionKeys(doc)
    .filter((key) => sectionKey.safeParse(key).success)
    .slice(0, 60)
    .map((key) => sectionOf(doc, key)),
});

/** A design in the form in which it comes back from a document that is written together. */
export const normalised = (content: Content): Content => contentOf(docOf(content));

const sectionOf = (doc: Y.Doc, key: string): Section => ({
  key,
  title: titleOf(doc.getMap(names.titles).get(key)),
  body: bodyOf(doc, key),
});

/** What a section says, also of one that was taken out. */
export const bodyOf = (doc: Y.Doc, key: string): Body =>
  doc.getMap(names.forms).get(key) === 'rows'
    ? { form: 'rows', rows: rowsOf(doc, key) }
    : { form: 'text', blocks: blocksOf(doc.getXmlFragment(names.text(key))) };

/** Text that the database and every reader can keep: whole characters, no NUL, and no longer than may be. */
const clean = (text: string, longest: number): string =>
  (text.length > longest ? text.slice(0, longest) : text).replaceAll('\0', '').toWellFormed();

const titleOf = (value: unknown): string => (typeof value === 'string' && clean(value, 60)) || '未命名';

const rowId = /^[0-9a-z-]{1,36}$/;
const columnKey = /^[a-z][a-zA-Z]{0,30}$/;
const longestCell = 20_000;

const rowsOf = (doc: Y.Doc, key: string): Row[] => {
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
  return rowIds(doc, key)
    .filter((id) => rowId.test(id))
    .slice(0, 500)
    .map((id) => ({
      id,
      cells: Object.fromEntries(
        [...(columns.get(id) ?? [])]
          .sort()
          .map((column) => [column, cellOf(doc, key, id, column)])
          .filter(([, text]) => text !== ''),
      ),
    }));
};

/** What stands in a cell: what was chosen, else what was written. */
export const cellOf = (doc: Y.Doc, key: string, id: string, column: string): string => {
  const chosen = doc.getMap(names.chosen(key)).get(`${id}:${column}`);
  const text = typeof chosen === 'string' ? chosen : doc.getText(names.cell(key, id, column)).toJSON();
  return clean(text.trim(), longestCell).trim();
};

/** Lists in lists beyond this depth are left out; nobody reads them, and no reader is to run out of stack. */
const deepest = 20;

const isElement = (node: unknown): node is Y.XmlElement => node instanceof Y.XmlElement;
const childrenOf = (node: Y.XmlElement | Y.XmlFragment): Y.XmlElement[] => node.toArray().filter(isElement);

const chunks = <One>(list: readonly One[], size: number): One[][] => {
  const parts: One[][] = [];
  for (let from = 0; from < list.length; from += size) parts.push(list.slice(from, from + size));
  return parts;
};

const blocksOf = (fragment: Y.XmlFragment): Block[] =>
  fragment.toArray().flatMap(blocksOfNode).slice(0, 5_000);

/** What a node of a text section reads as: none where it says nothing, several where it is too long for one. */
export const blocksOfNode = (node: unknown): Block[] => {
  // Text that stands outside any paragraph is somebody's words all the same.
  if (node instanceof Y.XmlText) return paragraphs(joined(runsOf(node)));
  return isElement(node) ? blockOf(node) : [];
};

const blockOf = (node: Y.XmlElement): Block[] => {
  switch (node.nodeName) {
    case 'heading':
      return headings(node);
    case 'table':
      return tableOf(node);
    default:
      return cellBlockOf(node, 0);
  }
};

const cellBlockOf = (node: Y.XmlElement, depth: number): CellBlock[] => {
  switch (node.nodeName) {
    case 'paragraph':
      return paragraphs(inlinesOf(node));
    case 'blockMath':
      return mathOf(node).map((attrs): BlockMath => ({ type: 'blockMath', attrs }));
    case 'bulletList':
    case 'orderedList':
      return listOf(node, node.nodeName, depth);
    default:
      return [];
  }
};

/** One paragraph, or several where one would be longer than may be. */
const paragraphs = (inlines: readonly Inline[]): Paragraph[] =>
  inlines.length === 0
    ? [{ type: 'paragraph' }]
    : chunks(inlines, 5_000).map((content) => ({ type: 'paragraph', content }));

const headings = (node: Y.XmlElement): Heading[] => {
  const given = Number(attributeOf(node, 'level'));
  const attrs = { level: Number.isInteger(given) ? Math.min(3, Math.max(1, given)) : 3 };
  const inlines = inlinesOf(node);
  return inlines.length === 0
    ? [{ type: 'heading', attrs }]
    : chunks(inlines, 5_000).map((content) => ({ type: 'heading', attrs, content }));
};

const listOf = (node: Y.XmlElement, type: List['type'], depth: number): List[] => {
  if (depth >= deepest) return [];
  const items = childrenOf(node)
    .filter(({ nodeName }) => nodeName === 'listItem')
    .map((item): ListItem => {
      const content = childrenOf(item)
        .flatMap((child) => cellBlockOf(child, depth + 1))
        .filter((block) => block.type !== 'blockMath')
        .slice(0, 200);
      return { type: 'listItem', content: content.length === 0 ? [{ type: 'paragraph' }] : content };
    });
  return items.length === 0 ? [] : [{ type, content: items.slice(0, 1_000) }];
};

const tableOf = (node: Y.XmlElement): Table[] => {
  const content = childrenOf(node)
    .filter(({ nodeName }) => nodeName === 'tableRow')
    .map((row) => childrenOf(row).flatMap(cellsOf).slice(0, 60))
    .filter((cells) => cells.length > 0)
    .map((cells) => ({ type: 'tableRow' as const, content: cells }))
    .slice(0, 1_000);
  return content.length === 0 ? [] : [{ type: 'table', content }];
};

const cellsOf = (node: Y.XmlElement): TableCell[] => {
  const type = node.nodeName;
  if (type !== 'tableCell' && type !== 'tableHeader') return [];
  const content = childrenOf(node)
    .flatMap((child) => cellBlockOf(child, 0))
    .slice(0, 500);
  return [
    {
      type,
      attrs: { colspan: spanOf(node, 'colspan', 60), rowspan: spanOf(node, 'rowspan', 1_000) },
      content: content.length === 0 ? [{ type: 'paragraph' }] : content,
    },
  ];
};

const attributeOf = (node: Y.XmlElement, name: string): unknown => node.getAttribute(name);

const spanOf = (node: Y.XmlElement, name: string, most: number): number => {
  const given = Number(attributeOf(node, name));
  return Number.isInteger(given) && given >= 1 ? Math.min(given, most) : 1;
};

const mathOf = (node: Y.XmlElement): { latex: string }[] => {
  const parsed = latex.safeParse(attributeOf(node, 'latex'));
  const text = parsed.success ? clean(parsed.data, 4_000) : '';
  return text === '' ? [] : [{ latex: text }];
};

const inlinesOf = (node: Y.XmlElement): Inline[] =>
  joined(
    node.toArray().flatMap((child): Inline[] => {
      if (child instanceof Y.XmlText) return runsOf(child);
      if (!isElement(child)) return [];
      switch (child.nodeName) {
        case 'hardBreak':
          return [{ type: 'hardBreak' }];
        case 'inlineMath':
          return mathOf(child).map((attrs): Inline => ({ type: 'inlineMath', attrs }));
        case 'picture':
          return picturesOf(child);
        default:
          return [];
      }
    }),
  );

const picturesOf = (node: Y.XmlElement): Inline[] => {
  const file = attributeOf(node, 'file');
  const alt = attributeOf(node, 'alt');
  const width = Math.round(Number(attributeOf(node, 'width') ?? Number.NaN));
  if (typeof file !== 'string' || !/^[0-9a-f]{64}$/.test(file)) return [];
  return [
    {
      type: 'picture',
      attrs: {
        file,
        alt: typeof alt === 'string' ? clean(alt, 500) : '',
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
    const words = typeof insert === 'string' ? clean(insert, insert.length) : '';
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

const longestRun = 100_000;

const pieces = (run: Run): Run[] => {
  const parts: Run[] = [];
  for (let rest = run.text; rest !== ''; ) {
    // Not between the halves of one character.
    const half = rest.length > longestRun && /[\uD800-\uDBFF]/.test(rest.charAt(longestRun - 1));
    const size = half ? longestRun - 1 : longestRun;
    parts.push({ ...run, text: rest.slice(0, size) });
    rest = rest.slice(size);
  }
  return parts;
};
