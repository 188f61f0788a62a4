import * as Y from 'yjs';
import type { Block, Content, Inline, List, ListItem, Section, Table } from '../content/contract.ts';
import { inOrder, spread } from './order/rules.ts';

/**
 * A design as a Yjs document. Everything that somebody may make is a root type with a name, never a value inside
 * another type: two people who fill in the same empty cell at once then write into one text, and both are kept.
 *
 * `sections`, `titles`, `forms`     key → place in the order, title, `text` or `rows`
 * `text:KEY`                        a text section, as ProseMirror writes it (y-tiptap)
 * `rows:KEY`                        row id → place in the order
 * `cell:KEY:ROW:COLUMN`             what is written in a cell
 * `chosen:KEY`                      `ROW:COLUMN` → what is chosen in a cell; it goes before what is written
 */
export const names = {
  sections: 'sections',
  titles: 'titles',
  forms: 'forms',
  text: (key: string) => `text:${key}`,
  rows: (key: string) => `rows:${key}`,
  cell: (key: string, rowId: string, column: string) => `cell:${key}:${rowId}:${column}`,
  chosen: (key: string) => `chosen:${key}`,
} as const;

type Attributes = Readonly<Record<string, string | number | null>>;
type Node = Y.XmlElement | Y.XmlText;

const elementOf = (name: string, children: readonly Node[], attributes: Attributes = {}): Y.XmlElement => {
  const element = new Y.XmlElement(name);
  // Yjs keeps numbers as numbers, only its types speak of texts.
  const open: { setAttribute(key: string, value: string | number): void } = element;
  for (const [key, value] of Object.entries(attributes)) if (value !== null) open.setAttribute(key, value);
  if (children.length > 0) element.insert(0, [...children]);
  return element;
};

const inlineNodes = (content: readonly Inline[]): Node[] => {
  const nodes: Node[] = [];
  let run: { insert: string; attributes: Record<string, object> }[] = [];
  const endRun = (): void => {
    if (run.length === 0) return;
    const text = new Y.XmlText();
    text.applyDelta(run);
    nodes.push(text);
    run = [];
  };
  for (const one of content)
    if (one.type === 'text')
      run.push({
        insert: one.text,
        attributes: Object.fromEntries((one.marks ?? []).map(({ type }) => [type, {}])),
      });
    else {
      endRun();
      nodes.push(elementOf(one.type, [], one.type === 'hardBreak' ? {} : one.attrs));
    }
  endRun();
  return nodes;
};

const listNode = ({ type, content }: List): Y.XmlElement => elementOf(type, content.map(itemNode));
const itemNode = ({ content }: ListItem): Y.XmlElement => elementOf('listItem', content.map(blockNode));
const tableNode = ({ content }: Table): Y.XmlElement =>
  elementOf(
    'table',
    content.map((row) =>
      elementOf(
        'tableRow',
        row.content.map((cell) => elementOf(cell.type, cell.content.map(blockNode), cell.attrs)),
      ),
    ),
  );

export const blockNode = (block: Block): Y.XmlElement => {
  switch (block.type) {
    case 'paragraph':
      return elementOf('paragraph', inlineNodes(block.content ?? []));
    case 'heading':
      return elementOf('heading', inlineNodes(block.content ?? []), block.attrs);
    case 'blockMath':
      return elementOf('blockMath', [], block.attrs);
    case 'table':
      return tableNode(block);
    default:
      return listNode(block);
  }
};

export const writeSection = (doc: Y.Doc, { key, body }: Section): void => {
  doc.getMap(names.forms).set(key, body.form);
  if (body.form === 'text') {
    const fragment = doc.getXmlFragment(names.text(key));
    if (body.blocks.length > 0) fragment.insert(0, body.blocks.map(blockNode));
    return;
  }
  const places = doc.getMap<string>(names.rows(key));
  const fresh = spread(body.rows.length);
  const taken = new Set<string>();
  for (const [index, { id, cells }] of body.rows.entries()) {
    let own = id;
    for (let number = 2; taken.has(own); number += 1) own = `${id.slice(0, 30)}-${number}`;
    taken.add(own);
    places.set(own, fresh[index] ?? '');
    for (const [column, text] of Object.entries(cells))
      doc.getText(names.cell(key, own, column)).insert(0, text);
  }
};

/** A new document that says what `content` says. */
export const docOf = (content: Content): Y.Doc => {
  const doc = new Y.Doc();
  doc.transact(() => {
    const places = spread(content.sections.length);
    for (const [index, section] of content.sections.entries()) {
      doc.getMap(names.sections).set(section.key, places[index] ?? '');
      doc.getMap(names.titles).set(section.key, section.title);
      writeSection(doc, section);
    }
  });
  return doc;
};

/** The keys of a document's sections, in order. */
export const sectionKeys = (doc: Y.Doc): string[] => inOrder(doc.getMap(names.sections).entries());

/** The ids of a section's rows, in order. */
export const rowIds = (doc: Y.Doc, key: string): string[] => inOrder(doc.getMap(names.rows(key)).entries());
