import type { ReactNode } from 'react';
import type { Comment } from '../../comment/contract.ts';
import type { Row } from '../../content/contract.ts';
import type { Column } from '../../template/contract.ts';
import { type NewRemark, RemarkForm, Remarks } from './remarks.tsx';

/** What a table needs to know of the remarks on it. */
export interface RowNotes {
  /** `ROW:COLUMN` of cells on which a remark stands open. */
  readonly marked: ReadonlySet<string>;
  /** What is said of a row, under it; null where nothing is. */
  readonly below: (row: string) => ReactNode;
  /** Begins a remark on the row; null for whoever may not. */
  readonly start: ((row: string) => void) | null;
}

export const cellName = (row: string, column: string | null): string => `${row}:${column ?? ''}`;

export const cellOf = (node: Node | null | undefined): HTMLElement | null =>
  (node instanceof Element ? node : node?.parentElement)?.closest<HTMLElement>('[data-cell]') ?? null;

/** What is selected on the page inside one cell of a row that is only read. */
export const selectedOnPage = (line: Element): { cell: HTMLElement; quote: string } | null => {
  const selection = window.getSelection();
  const cell = cellOf(selection?.anchorNode);
  if (selection === null || cell === null || cell !== cellOf(selection.focusNode) || !line.contains(cell))
    return null;
  return { cell, quote: selection.toString().trim() };
};

/** The words of a cell, as a remark quotes them; of what it refers to, none. */
export const wordsOfCell = (
  columns: readonly Column[],
  cells: Row['cells'] | undefined,
  column: string,
): string => {
  const text = cells?.[column] ?? '';
  const known = columns.find((one) => one.key === column);
  if (known?.type === 'choice') return known.options[text] ?? text;
  return known?.type === 'references' || known?.type === 'textbook' ? '' : text;
};

interface RowRemarksProps {
  readonly documentId: string;
  readonly remarks: readonly Comment[];
  readonly newRemark: NewRemark | null;
  readonly columns: readonly Column[];
  readonly mayComment: boolean;
  /** The words of a cell, for the quotation of the whole of it. */
  readonly wordsOf: (column: string) => string;
  readonly onDone: () => void;
  readonly onGo: (remark: Comment) => boolean;
}

/** The remarks on one row of a table, and the one that is being written. */
export const RowRemarks = ({
  documentId,
  remarks,
  newRemark,
  columns,
  mayComment,
  wordsOf,
  onDone,
  onGo,
}: RowRemarksProps): ReactNode => (
  <div className="row-remarks stack">
    {newRemark === null ? null : (
      <RemarkForm documentId={documentId} remark={newRemark} onDone={onDone} cells={{ columns, wordsOf }} />
    )}
    <Remarks
      remarks={remarks}
      mayComment={mayComment}
      onGo={onGo}
      placeOf={({ cell }) => columns.find(({ key }) => key === cell?.column)?.label ?? '整行'}
    />
  </div>
);
