import type {
  Block,
  Body,
  CellBlock,
  Inline,
  List,
  ListItem,
  MarkType,
  Paragraph,
  Row,
  TableCell,
  TableRow,
} from '../content/contract.ts';

/** A stretch of a paragraph; `restyled` is the same text under other marks. */
export type Piece =
  | { readonly change: 'same' | 'added' | 'removed'; readonly inline: Inline }
  | { readonly change: 'restyled'; readonly inline: Inline; readonly marksBefore: readonly MarkType[] };

/** What became of one node: whole, or with the difference inside. */
export type NodeDifference<Node, Inside> =
  | { readonly change: 'same' | 'added' | 'removed'; readonly node: Node }
  | { readonly change: 'changed'; readonly inside: Inside };

/** 0 is a paragraph, 1 to 3 a heading. */
export interface LineInside {
  readonly type: 'line';
  readonly levelBefore: number;
  readonly levelAfter: number;
  readonly pieces: readonly Piece[];
}
/** A formula is one thing: the old one and the new one. */
export interface MathInside {
  readonly type: 'math';
  readonly latexBefore: string;
  readonly latexAfter: string;
}
export interface ListInside {
  readonly type: 'list';
  readonly listBefore: List['type'];
  readonly listAfter: List['type'];
  readonly items: readonly NodeDifference<ListItem, ItemInside>[];
}
export interface ItemInside {
  readonly nodes: readonly NodeDifference<Paragraph | List, LineInside | ListInside>[];
}
export interface TableInside {
  readonly type: 'table';
  readonly rows: readonly NodeDifference<TableRow, TableRowInside>[];
}
export interface TableRowInside {
  readonly cells: readonly NodeDifference<TableCell, CellInside>[];
}
export interface CellInside {
  /** Type and spans, without the content. */
  readonly before: Pick<TableCell, 'type' | 'attrs'>;
  readonly after: Pick<TableCell, 'type' | 'attrs'>;
  readonly nodes: readonly NodeDifference<CellBlock, CellBlockInside>[];
}
export type CellBlockInside = LineInside | MathInside | ListInside;
export type BlockInside = CellBlockInside | TableInside;
export type BlockDifference = NodeDifference<Block, BlockInside>;

export interface CellPiece {
  readonly change: 'same' | 'added' | 'removed';
  readonly text: string;
}
export interface CellDifference {
  readonly column: string;
  readonly change: 'same' | 'added' | 'removed' | 'changed';
  readonly pieces: readonly CellPiece[];
}
/** Rows and sections stand in their new order, each removed one after what stood before it. */
export interface RowDifference {
  readonly id: Row['id'];
  readonly change: 'same' | 'added' | 'removed' | 'changed';
  /** Stands elsewhere among the rows that both have. */
  readonly moved: boolean;
  readonly cells: readonly CellDifference[];
}

export type BodyDifference =
  | { readonly form: 'text'; readonly blocks: readonly BlockDifference[] }
  | { readonly form: 'rows'; readonly rows: readonly RowDifference[] }
  /** From text to rows or back. */
  | { readonly form: 'replaced'; readonly before: Body; readonly after: Body };

export interface SectionDifference {
  readonly key: string;
  /** Of the body; a new title alone leaves it `same`. */
  readonly change: 'same' | 'added' | 'removed' | 'changed';
  readonly title: string;
  /** The old title of a renamed section. */
  readonly titleBefore: string | null;
  readonly moved: boolean;
  readonly body: BodyDifference;
}
export interface ContentDifference {
  readonly sections: readonly SectionDifference[];
}
