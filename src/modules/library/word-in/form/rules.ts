import type { WordCell, WordCellBlock, WordParagraph, WordRow, WordTable } from '#platform/word/document.ts';
import { wordText } from '#platform/word/document.ts';
import type { SectionTemplate } from '../../template/contract.ts';
import type { HintName } from '../contract.ts';
import { bareLabel, matchColumn, matchFact, matchSection } from '../label/rules.ts';
import type { Grid } from '../row/rules.ts';

/** What a table does to the design that is being read. */
export interface FormTarget {
  template: readonly SectionTemplate[];
  /** The section that is open, where it has columns. */
  openRows(): SectionTemplate | null;
  fact(name: HintName | 'other', label: string, value: string, at: string): void;
  section(section: SectionTemplate, label: string, sure: boolean, at: string): void;
  ownSection(label: string, at: string): void;
  blocks(blocks: readonly WordCellBlock[], at: string): void;
  grid(section: SectionTemplate, grid: Grid, sure: boolean, at: string): void;
  table(table: WordTable, at: string): void;
}

const cellText = (cell: WordCell | undefined): string =>
  (cell?.blocks ?? []).map((block) => (block.kind === 'paragraph' ? wordText(block.content) : '')).join('');

/** Labels stand upright as well, a character a line. */
const labelOf = (cell: WordCell | undefined): string => cellText(cell).replaceAll(/\s/gu, '');

const isPlain = (cell: WordCell | undefined): boolean =>
  (cell?.blocks ?? []).every(
    (block) =>
      block.kind === 'paragraph' && block.content.every(({ kind }) => kind === 'text' || kind === 'break'),
  );

const filled = (row: WordRow): WordCell[] => row.cells.filter(({ blocks }) => blocks.length > 0);

interface Head {
  section: SectionTemplate;
  score: number;
  sure: boolean;
}

/** The section whose columns the row names, if at least two and half of its cells do. */
const headOf = (
  row: WordRow | undefined,
  template: readonly SectionTemplate[],
  open: SectionTemplate | null,
): Head | null => {
  const cells = row === undefined ? [] : filled(row);
  if (cells.length === 0 || cells.some((cell) => !isPlain(cell) || bareLabel(labelOf(cell)).length > 12))
    return null;
  const scored = template.flatMap((section) => {
    const keys = new Set(
      cells.flatMap((cell) => matchColumn(labelOf(cell), section.columns ?? [])?.key ?? []),
    );
    // A label that names a section or a fact of the head is a form's, not a column's.
    return keys.size >= 2 && keys.size * 2 >= cells.length ? [{ section, score: keys.size }] : [];
  });
  const counted = cells.filter((cell) => /^(?:序号|编号)$/u.test(labelOf(cell))).length;
  const own = cells.flatMap((cell) => matchColumn(labelOf(cell), open?.columns ?? []) ?? []).length;
  if (row?.header === true && open !== null && own >= 1 && own + counted === cells.length)
    return { section: open, score: own, sure: true };
  const here = scored.find(({ section }) => section === open);
  if (here !== undefined) return { ...here, sure: true };
  const best = scored.sort((one, other) => other.score - one.score)[0];
  return best === undefined ? null : { ...best, sure: best.score >= 3 };
};

const isSectionLabel = (cell: WordCell | undefined, template: readonly SectionTemplate[]): boolean =>
  isPlain(cell) && (matchSection(labelOf(cell), template, false)?.sure ?? false);

/** Rows below a head row as a grid, until a row that begins something else. */
const gridFrom = (
  rows: readonly WordRow[],
  start: number,
  section: SectionTemplate,
  template: readonly SectionTemplate[],
  withinGroup: boolean,
): { grid: Grid; end: number } => {
  const head = rows[start]?.cells ?? [];
  const columns = section.columns ?? [];
  const width = Math.max(...head.map(({ column, colspan }) => column + colspan));
  const first = head[0]?.column ?? 0;
  const body: Grid['rows'][number][] = [];
  let end = start + 1;
  for (; end < rows.length; end += 1) {
    const row = rows[end];
    if (row === undefined) break;
    const [cell] = row.cells;
    const whole =
      row.cells.length === 1 && cell !== undefined && cell.column <= first && cell.colspan >= width - first;
    if (
      !withinGroup &&
      isSectionLabel(cell, template) &&
      (whole || (cell?.rowspan ?? 1) > 1 || row.cells.length !== head.length)
    )
      break;
    if (
      !withinGroup &&
      row.cells.length === 2 &&
      head.length > 2 &&
      matchSection(labelOf(cell), template, true) !== null
    )
      break;
    // Whatever stands beside the head's cells goes with the nearest before it, or with the first.
    const places = head.map(({ column }, place) =>
      row.cells
        .filter(
          (candidate) =>
            (place === 0 || candidate.column >= column) &&
            candidate.column < (head[place + 1]?.column ?? Number.POSITIVE_INFINITY),
        )
        .flatMap(({ blocks }) => blocks),
    );
    body.push(whole ? { whole, cells: [cell.blocks] } : { whole: false, cells: places });
  }
  const used = new Set<string>();
  const found = head.map((cell) => {
    const column = matchColumn(labelOf(cell), columns);
    if (column === null || used.has(column.key)) return null;
    used.add(column.key);
    return column;
  });
  return { grid: { kind: 'grid', columns: found, labels: head.map(labelOf), rows: body }, end };
};

/** A form as teachers' templates have it: labels in cells, their content beside or below them. */
const isForm = ({ rows }: WordTable, template: readonly SectionTemplate[]): boolean => {
  let facts = 0;
  for (const { cells } of rows)
    for (const cell of cells) {
      if (isSectionLabel(cell, template)) return true;
      if (isPlain(cell) && matchFact(labelOf(cell)) !== null) facts += 1;
    }
  return facts >= 2;
};

export const readTable = (table: WordTable, name: string, target: FormTarget): void => {
  const { template } = target;
  const head = headOf(table.rows[0], template, target.openRows());
  if (head !== null && !(head.score < 3 && !head.sure && isForm(table, template))) {
    const { grid, end } = gridFrom(table.rows, 0, head.section, template, false);
    target.grid(head.section, grid, head.sure, name);
    if (end < table.rows.length) readForm(table.rows.slice(end), name, target, end);
    return;
  }
  if (isForm(table, template)) readForm(table.rows, name, target, 0);
  else target.table(table, name);
};

const readForm = (rows: readonly WordRow[], name: string, target: FormTarget, offset: number): void => {
  let at = 0;
  while (at < rows.length) {
    const row = rows[at];
    if (row === undefined) break;
    const place = `${name}第${at + 1 + offset}行`;
    const [first] = row.cells;
    const upright =
      first !== undefined && first.rowspan > 1 && row.cells.length > 1 && labelOf(first).length <= 16;
    const named = upright && matchSection(labelOf(first), target.template, true) !== null;
    const head = named ? null : headOf(row, target.template, target.openRows());
    if (
      head !== null &&
      !(head.score < 3 && row.cells.some((cell) => isSectionLabel(cell, target.template)))
    ) {
      const { grid, end } = gridFrom(rows, at, head.section, target.template, false);
      if (end > at + 1) {
        target.grid(head.section, grid, head.sure, place);
        at = end;
        continue;
      }
    }
    if (upright && first.blocks.length > 0) {
      const end = Math.min(rows.length, at + first.rowspan);
      readGroup(first, rows.slice(at, end), place, target);
      at = end;
      continue;
    }
    readPairs(row, place, target);
    at += 1;
  }
};

/** An upright label and the rows beside it. */
const readGroup = (label: WordCell, rows: readonly WordRow[], place: string, target: FormTarget): void => {
  const inner = rows.map((row) => ({ ...row, cells: row.cells.filter((cell) => cell !== label) }));
  const match = matchSection(labelOf(label), target.template, true);
  if (match === null) {
    if (rows.every((row) => row.cells.some((cell) => cell !== label && matchFact(labelOf(cell)) !== null))) {
      target.blocks(label.blocks, place);
      readForm(inner, place, target, 0);
      return;
    }
    target.ownSection(labelOf(label), place);
  } else target.section(match.section, labelOf(label), match.sure, place);
  const open = match?.section ?? null;
  const head = headOf(inner[0], open === null ? [] : [open], open);
  if (head !== null) {
    target.grid(head.section, gridFrom(inner, 0, head.section, target.template, true).grid, true, place);
    return;
  }
  const columns = open?.columns;
  const phase = columns?.find(({ key }) => key === 'phase');
  const teacher = columns?.find(({ key }) => key === 'teacher');
  if (
    open !== null &&
    phase !== undefined &&
    teacher !== undefined &&
    inner.every((row) => row.cells.length === 2)
  ) {
    target.grid(
      open,
      {
        kind: 'grid',
        columns: [phase, teacher],
        labels: ['', ''],
        rows: inner.map(({ cells }) => ({ whole: false, cells: cells.map(({ blocks }) => blocks) })),
      },
      false,
      place,
    );
    return;
  }
  for (const { cells } of inner) for (const cell of cells) target.blocks(cell.blocks, place);
};

const longestFact = 80;

/** Labels and contents beside each other, several pairs in a row. */
const readPairs = (row: WordRow, place: string, target: FormTarget): void => {
  const { cells } = row;
  let at = 0;
  while (at < cells.length) {
    const cell = cells[at];
    const next = cells[at + 1];
    at += 1;
    if (cell === undefined || cell.blocks.length === 0) continue;
    const label = labelOf(cell);
    const short = isPlain(cell) && label.length <= 16;
    const fact = short ? matchFact(label) : null;
    const match = short ? matchSection(label, target.template, cells.length > 1) : null;
    const value = next === undefined ? '' : cellText(next).trim();
    if (
      fact !== null &&
      !(match?.sure ?? false) &&
      next !== undefined &&
      isPlain(next) &&
      value.length <= longestFact
    ) {
      target.fact(fact, label, valueOf(next), place);
      at += 1;
    } else if (match !== null) {
      target.section(match.section, label, match.sure, place);
      if (next !== undefined && !isSectionLabel(next, target.template)) {
        target.blocks(next.blocks, place);
        at += 1;
      }
    } else if (short && next !== undefined && at === 1 && label.length >= 2 && cells.length <= 4) {
      target.ownSection(label, place);
    } else target.blocks(cell.blocks, place);
  }
};

const valueOf = (cell: WordCell): string =>
  cell.blocks
    .filter((block): block is WordParagraph => block.kind === 'paragraph')
    .map(({ content }) => wordText(content).trim())
    .filter((line) => line !== '')
    .join('\n');
