import * as Y from 'yjs';
import { names } from '../../co-editing/rules.ts';
import type { Anchor, Comment } from '../../comment/contract.ts';
import { cellOf, selectedOnPage } from './row-notes.tsx';

/** A selected passage of a cell. */
interface Picked {
  readonly column: string;
  readonly quote: string;
  readonly anchor: Anchor | null;
}

const textOf = (doc: Y.Doc, key: string, row: string, column: string): Y.Text | null =>
  doc.getMap(names.chosen(key)).has(`${row}:${column}`) ? null : doc.getText(names.cell(key, row, column));

const anchorOf = (text: Y.Text, start: number, end: number): Anchor => {
  const place = (at: number) => Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, at));
  return { start: place(start), end: place(end) };
};

/** The cell one is in, or was in last, with the passage selected in it. */
export const pickedIn = (
  doc: Y.Doc,
  sectionKey: string,
  row: string,
  { section, last }: { readonly section: HTMLElement; readonly last: Element | null },
): Picked | null => {
  const line = section.querySelector(`[data-row="${row}"]`);
  if (line === null) return null;
  if (last instanceof HTMLElement && line.contains(last)) {
    const column = cellOf(last)?.dataset['cell'];
    if (column === undefined) return null;
    const text = textOf(doc, sectionKey, row, column);
    if (!(last instanceof HTMLTextAreaElement) || text === null) return { column, quote: '', anchor: null };
    const [from, to] = [last.selectionStart, last.selectionEnd];
    return from === to
      ? { column, quote: '', anchor: null }
      : { column, quote: last.value.slice(from, to), anchor: anchorOf(text, from, to) };
  }
  const selected = selectedOnPage(line);
  const column = selected?.cell.dataset['cell'];
  if (selected === null || column === undefined) return null;
  const text = textOf(doc, sectionKey, row, column);
  const whole = text?.toJSON() ?? '';
  const at = selected.quote === '' ? -1 : whole.indexOf(selected.quote);
  // A passage that stands there twice is named by its words alone.
  const isOnce = at !== -1 && whole.indexOf(selected.quote, at + 1) === -1;
  return {
    column,
    quote: selected.quote,
    anchor: text !== null && isOnce ? anchorOf(text, at, at + selected.quote.length) : null,
  };
};

const rangeOf = (doc: Y.Doc, { start, end }: Anchor): readonly [number, number] | null => {
  const [from, to] = [start, end].map(
    (place) =>
      Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(place), doc)?.index,
  );
  return from === undefined || to === undefined || from >= to ? null : [from, to];
};

/** Brings the cell of a remark into view, with its passage; false when that is gone. */
export const goToCell = (doc: Y.Doc, section: HTMLElement, { cell, anchor }: Comment): boolean => {
  if (cell === null) return false;
  const line = section.querySelector<HTMLElement>(`[data-row="${cell.row}"]`);
  const place =
    cell.column === null ? line : (line?.querySelector<HTMLElement>(`[data-cell="${cell.column}"]`) ?? null);
  if (place === null) return false;
  place.scrollIntoView({ block: 'center' });
  const range = anchor === null ? null : rangeOf(doc, anchor);
  if (place instanceof HTMLTextAreaElement) {
    place.focus({ preventScroll: true });
    if (range !== null) place.setSelectionRange(...range);
  } else if (place.matches('input, select')) place.focus({ preventScroll: true });
  else window.getSelection()?.selectAllChildren(place);
  return anchor === null || range !== null;
};
