import type {
  WordBlock,
  WordCellBlock,
  WordInline,
  WordParagraph,
  WordTable,
} from '#platform/word/document.ts';
import type {
  Block,
  CellBlock,
  Inline,
  List,
  ListItem,
  Paragraph,
  Table,
  TableCell,
  TableRow,
} from '../../content/contract.ts';

const longestRun = 100_000;
const mostInlines = 5_000;
const mostCells = 60;
const mostRows = 1_000;

const cut = (text: string, size: number): string[] =>
  text.length <= size
    ? [text]
    : Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
        text.slice(at * size, (at + 1) * size),
      );

const toInline = (inline: WordInline): Inline[] => {
  if (inline.kind === 'break') return [{ type: 'hardBreak' }];
  if (inline.kind === 'formula') return [{ type: 'inlineMath', attrs: { latex: inline.latex } }];
  if (inline.kind === 'picture')
    return [{ type: 'picture', attrs: { file: inline.file, alt: inline.alt, width: inline.width } }];
  const marks = inline.marks.map((type) => ({ type }));
  return cut(inline.text, longestRun).map((text) => ({
    type: 'text',
    text,
    ...(marks.length === 0 ? {} : { marks }),
  }));
};

const inlinesOf = (paragraph: WordParagraph): Inline[] => {
  const label: Inline[] = paragraph.label === '' ? [] : [{ type: 'text', text: `${paragraph.label} ` }];
  return [...label, ...paragraph.content.flatMap(toInline)];
};

const toParagraphs = (paragraph: WordParagraph): Paragraph[] => {
  const inlines = inlinesOf(paragraph);
  const parts = Array.from({ length: Math.max(1, Math.ceil(inlines.length / mostInlines)) }, (_, at) =>
    inlines.slice(at * mostInlines, (at + 1) * mostInlines),
  );
  return parts.map((content) =>
    content.length === 0 ? { type: 'paragraph' } : { type: 'paragraph', content },
  );
};

/** Items of lists that stand together become lists within lists. */
const toLists = (items: readonly WordParagraph[]): List[] => {
  const lists: List[] = [];
  let open: List[] = [];
  for (const item of items) {
    const { level, ordered } = item.list ?? { level: 0, ordered: false };
    const type = ordered ? 'orderedList' : 'bulletList';
    const depth = Math.min(level, open.length);
    const made: ListItem = { type: 'listItem', content: toParagraphs(item) };
    const same = open[depth];
    if (same !== undefined && same.type === type) {
      same.content.push(made);
      open = open.slice(0, depth + 1);
      continue;
    }
    const list: List = { type, content: [made] };
    const parent = open[depth - 1]?.content.at(-1);
    if (parent === undefined) {
      lists.push(list);
      open = [list];
    } else {
      parent.content.push(list);
      open = [...open.slice(0, depth), list];
    }
  }
  return lists;
};

const toCellBlocks = (blocks: readonly WordCellBlock[]): CellBlock[] => {
  const out: CellBlock[] = [];
  let items: WordParagraph[] = [];
  const close = (): void => {
    out.push(...toLists(items));
    items = [];
  };
  for (const block of blocks) {
    if (block.kind === 'paragraph' && block.list !== null) {
      items.push(block);
      continue;
    }
    close();
    if (block.kind === 'formula') out.push({ type: 'blockMath', attrs: { latex: block.latex } });
    else out.push(...toParagraphs(block));
  }
  close();
  return out.length === 0 ? [{ type: 'paragraph' }] : out;
};

/** A table within the bounds of the contract; a longer one in pieces. */
const toTables = (table: WordTable): Table[] => {
  const rows = table.rows.filter(({ cells }) => cells.length > 0);
  return Array.from({ length: Math.ceil(rows.length / mostRows) }, (_, part) => {
    const own = rows.slice(part * mostRows, (part + 1) * mostRows);
    return {
      type: 'table',
      content: own.map(
        (row, at): TableRow => ({
          type: 'tableRow',
          content: row.cells.slice(0, mostCells).map(
            (cell): TableCell => ({
              type: row.header ? 'tableHeader' : 'tableCell',
              attrs: {
                colspan: Math.min(cell.colspan, mostCells),
                rowspan: Math.min(cell.rowspan, own.length - at),
              },
              content: toCellBlocks(cell.blocks),
            }),
          ),
        }),
      ),
    };
  });
};

export interface SubHeading {
  kind: 'heading';
  /** 1–3. */
  level: number;
  paragraph: WordParagraph;
}
export type TextPiece = WordBlock | SubHeading;

/** Pieces of a section as the blocks of free text. */
export const toBlocks = (pieces: readonly TextPiece[]): Block[] => {
  const out: Block[] = [];
  let run: WordCellBlock[] = [];
  const close = (): void => {
    if (run.length > 0) out.push(...toCellBlocks(run));
    run = [];
  };
  for (const piece of pieces) {
    if (piece.kind === 'paragraph' || piece.kind === 'formula') run.push(piece);
    else {
      close();
      if (piece.kind === 'table') out.push(...toTables(piece));
      else out.push(toHeading(piece));
    }
  }
  close();
  return out;
};

const toHeading = ({ level, paragraph }: SubHeading): Block => {
  const content = inlinesOf(paragraph).slice(0, mostInlines);
  return {
    type: 'heading',
    attrs: { level: Math.min(3, Math.max(1, level)) },
    ...(content.length === 0 ? {} : { content }),
  };
};
