import type {
  Block,
  BlockMath,
  Body,
  CellBlock,
  Heading,
  Inline,
  List,
  ListItem,
  MarkType,
  Paragraph,
  Row,
  Table,
  TableCell,
  TableRow,
} from '../content/contract.ts';
import { limits } from '../content/limits/contract.ts';

/** The smallest piece that an edit inserts or removes: a character, a Latin word, a number, a formula, a picture. */
export interface Token {
  /** Equal for equal tokens, whatever their marks. */
  readonly key: string;
  readonly marks: readonly MarkType[];
  /** What stands there when it is no text. */
  readonly atom: Inline | null;
}

/** Order of marks in the normal form; kept here, since the contract would bring its schemas to every page. */
const markPlaces: Readonly<Record<MarkType, number>> = {
  bold: 0,
  italic: 1,
  underline: 2,
  strike: 3,
  subscript: 4,
  superscript: 5,
};

/** Words and numbers whole (ids and `3.5`, `1/2`, `8:30` among them), spaces together, else one character. */
const words =
  /[\p{Script=Latin}\p{Nd}]+(?:[-'’._,:/][\p{Script=Latin}\p{Nd}]+)*|[ \t\u3000]+|\r\n|\P{M}(?:\p{M}|\u200d\P{M})*|[\s\S]/gu;
const cellAtoms = /!\[[^\]\n]*\]\([0-9a-f]{64}\)|\$[^$\n]+\$/gu;

const sortedMarks = (marks: readonly MarkType[]): MarkType[] =>
  [...new Set(marks)].sort((one, other) => markPlaces[one] - markPlaces[other]);

const marksOf = (inline: Inline): MarkType[] =>
  inline.type === 'text' ? sortedMarks((inline.marks ?? []).map(({ type }) => type)) : [];

export const textInline = (text: string, marks: readonly MarkType[]): Inline =>
  marks.length === 0
    ? { type: 'text', text }
    : { type: 'text', text, marks: marks.map((type) => ({ type })) };

const wordsOf = (text: string): readonly string[] => text.match(words) ?? [];
/** Keys of texts begin so, that no text is taken for a picture. */
const textKey = 't';
const textTokens = (text: string, marks: readonly MarkType[]): Token[] =>
  wordsOf(text).map((word) => ({ key: textKey + word, marks, atom: null }));

export const textOfToken = ({ key, atom }: Token): string => (atom === null ? key.slice(textKey.length) : '');

const normalAtom = (inline: Exclude<Inline, { type: 'text' }>): Inline => {
  if (inline.type === 'hardBreak') return { type: 'hardBreak' };
  if (inline.type === 'inlineMath') return { type: 'inlineMath', attrs: { latex: inline.attrs.latex } };
  const { file, alt, width } = inline.attrs;
  return { type: 'picture', attrs: { file, alt, width } };
};

export const tokensOfInlines = (inlines: readonly Inline[]): Token[] =>
  joinRuns(inlines).flatMap((inline) =>
    inline.type === 'text'
      ? textTokens(inline.text, marksOf(inline))
      : [{ key: JSON.stringify(inline), marks: [], atom: inline }],
  );

/** A cell's `$LaTeX$` and `![alt](sha256)` are one token each. */
export const tokensOfCell = (cell: string): Token[] => {
  const tokens: Token[] = [];
  let from = 0;
  for (const match of cell.matchAll(cellAtoms)) {
    tokens.push(...textTokens(cell.slice(from, match.index), []));
    tokens.push({ key: textKey + match[0], marks: [], atom: null });
    from = match.index + match[0].length;
  }
  return [...tokens, ...textTokens(cell.slice(from), [])];
};

export const cellOfTokens = (tokens: readonly Token[]): string => tokens.map(textOfToken).join('');

/** Tokens as inlines in normal form. */
export const inlinesOfTokens = (tokens: readonly Token[]): Inline[] => {
  const inlines: Inline[] = [];
  let from = 0;
  while (from < tokens.length) {
    const first = tokens[from];
    let to = from + 1;
    if (first?.atom === null) {
      const marks = first.marks.join();
      while (tokens[to]?.atom === null && tokens[to]?.marks.join() === marks) to += 1;
      inlines.push(textInline(cellOfTokens(tokens.slice(from, to)), first.marks));
    } else if (first !== undefined) inlines.push(first.atom);
    from = to;
  }
  return joinRuns(inlines);
};

/** The normal form of a run of inlines: no empty text, neighbours with equal marks joined, marks in one order. */
export const joinRuns = (inlines: readonly Inline[]): Inline[] => {
  const joined: Inline[] = [];
  for (const inline of inlines) {
    if (inline.type !== 'text') {
      joined.push(normalAtom(inline));
      continue;
    }
    if (inline.text === '') continue;
    const marks = marksOf(inline);
    const last = joined.at(-1);
    const fits =
      last?.type === 'text' &&
      last.text.length + inline.text.length <= limits.run &&
      marksOf(last).join() === marks.join();
    if (fits) joined[joined.length - 1] = textInline(last.text + inline.text, marks);
    else joined.push(textInline(inline.text, marks));
  }
  return joined;
};

export const withMarks = (inline: Inline, marks: readonly MarkType[]): Inline =>
  inline.type === 'text' ? textInline(inline.text, marks) : inline;

export const paragraphOf = (inlines: readonly Inline[]): Paragraph => {
  const content = joinRuns(inlines);
  return content.length === 0 ? { type: 'paragraph' } : { type: 'paragraph', content };
};
export const headingOf = (level: number, inlines: readonly Inline[]): Heading => {
  const content = joinRuns(inlines);
  return content.length === 0
    ? { type: 'heading', attrs: { level } }
    : { type: 'heading', attrs: { level }, content };
};

export const isList = (node: Block): node is List =>
  node.type === 'bulletList' || node.type === 'orderedList';

const normalMath = ({ attrs }: BlockMath): BlockMath => ({
  type: 'blockMath',
  attrs: { latex: attrs.latex },
});
const normalList = ({ type, content }: List): List => ({ type, content: content.map(normalItem) });
const normalItem = ({ content }: ListItem): ListItem => ({
  type: 'listItem',
  content: content.map((node) =>
    node.type === 'paragraph' ? paragraphOf(node.content ?? []) : normalList(node),
  ),
});
const normalCellBlock = (node: CellBlock): CellBlock => {
  if (node.type === 'paragraph') return paragraphOf(node.content ?? []);
  return node.type === 'blockMath' ? normalMath(node) : normalList(node);
};
const normalCell = ({ type, attrs, content }: TableCell): TableCell => ({
  type,
  attrs: { colspan: attrs.colspan, rowspan: attrs.rowspan },
  content: content.map(normalCellBlock),
});
const normalTable = ({ content }: Table): Table => ({
  type: 'table',
  content: content.map((row): TableRow => ({ type: 'tableRow', content: row.content.map(normalCell) })),
});
const normalBlock = (block: Block): Block => {
  if (block.type === 'heading') return headingOf(block.attrs.level, block.content ?? []);
  return block.type === 'table' ? normalTable(block) : normalCellBlock(block);
};

const normalRow = ({ id, cells }: Row): Row => ({
  id,
  cells: Object.fromEntries(
    Object.entries(cells)
      .filter(([, text]) => text !== '')
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  ),
});

/** One spelling for what reads the same, so that two bodies are equal when their JSON is. */
export const normalBody = (body: Body): Body =>
  body.form === 'text'
    ? { form: 'text', blocks: body.blocks.map(normalBlock) }
    : { form: 'rows', rows: body.rows.map(normalRow) };

type Node = Block | ListItem | TableRow | TableCell;

/** All words and atoms inside, in reading order. */
export const wordsInside = (node: Node): readonly string[] => {
  if (node.type === 'paragraph' || node.type === 'heading')
    return (node.content ?? []).flatMap((inline) =>
      inline.type === 'text' ? wordsOf(inline.text) : [JSON.stringify(normalAtom(inline))],
    );
  return node.type === 'blockMath' ? wordsOf(node.attrs.latex) : node.content.flatMap(wordsInside);
};
