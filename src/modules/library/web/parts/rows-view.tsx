import { Fragment, type ReactNode } from 'react';
import { Button } from '#web/ui/button.tsx';
import { numberIn } from '../../content/cell-number/rules.ts';
import { cellParts } from '../../content/cell-text/rules.ts';
import type { Row, Section } from '../../content/contract.ts';
import type { Column } from '../../template/contract.ts';
import { Picture } from './blocks-view.tsx';
import { Formula } from './formula.tsx';
import type { RowNotes } from './row-notes.tsx';

interface RowsViewProps {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
  /** Of the whole design: references show the number of the row they mean. */
  readonly sections: readonly Section[];
  /** Names of units and lessons by id. */
  readonly textbook: Readonly<Record<string, string>>;
  /** Of a draft that is read by somebody who remarks on it. */
  readonly notes?: RowNotes;
}

/** Of a section without a known table (a form of an earlier edition): whatever cells there are. */
export const columnsIn = (rows: readonly Row[]): Column[] =>
  [...new Set(rows.flatMap(({ cells }) => Object.keys(cells)))].map((key) => ({
    key,
    label: key,
    type: 'text',
  }));

export const RowsView = ({ title, rows, columns, sections, textbook, notes }: RowsViewProps): ReactNode => {
  if (rows.length === 0) return <p className="muted">还没有填写。</p>;
  const filled = columns.filter(
    ({ key, type }) => type !== 'origin' && rows.some(({ cells }) => (cells[key] ?? '') !== ''),
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls is reached by keyboard
    <div className="table-frame table-cards design-rows" tabIndex={0} role="group" aria-label={title}>
      <table>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">序号</th>
            {filled.map(({ key, label }) => (
              <th key={key} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <Fragment key={row.id}>
              <tr data-row={row.id}>
                <td data-label="序号">
                  <span className="row">
                    {index + 1}
                    {notes?.start == null ? null : (
                      <RemarkButton row={row.id} number={index + 1} onStart={notes.start} />
                    )}
                  </span>
                </td>
                {filled.map((column) => (
                  <td
                    key={column.key}
                    data-label={column.label}
                    data-cell={column.key}
                    className={`${column.type === 'text' && column.wide ? 'cell-wide' : ''}${
                      notes?.marked.has(`${row.id}:${column.key}`) === true ? ' cell-remarked' : ''
                    }`}
                  >
                    <Cell column={column} text={row.cells[column.key] ?? ''} {...{ sections, textbook }} />
                  </td>
                ))}
              </tr>
              <Said notes={notes} row={row.id} span={filled.length + 1} />
            </Fragment>
          ))}
        </tbody>
      </table>
      <Sums rows={rows} columns={filled} />
    </div>
  );
};

/** The selection stays while it is pressed. */
export const RemarkButton = ({
  row,
  number,
  onStart,
}: {
  row: string;
  number: number;
  onStart: (row: string) => void;
}): ReactNode => (
  <Button
    size="small"
    variant="quiet"
    aria-label={`批注第 ${number} 行`}
    onMouseDown={(event) => event.preventDefault()}
    onClick={() => onStart(row)}
  >
    批注
  </Button>
);

const Said = ({
  notes,
  row,
  span,
}: {
  notes: RowNotes | undefined;
  row: string;
  span: number;
}): ReactNode => {
  const said = notes?.below(row) ?? null;
  return said === null ? null : (
    <tr className="row-said">
      <td colSpan={span}>{said}</td>
    </tr>
  );
};

const Cell = ({
  column,
  text,
  sections,
  textbook,
}: Pick<RowsViewProps, 'sections' | 'textbook'> & { column: Column; text: string }): ReactNode => {
  switch (column.type) {
    case 'text':
      return <CellText text={text} />;
    case 'number':
      return text === '' ? '' : `${text} ${column.unit}`;
    case 'choice':
      return column.options[text] ?? text;
    case 'references':
      return numbersOf(sections, column.section, text).join('、');
    case 'textbook':
      // A unit of another volume is an id here, which nobody can read.
      return textbook[text] ?? (/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text) ? '别的册次的内容' : text);
    default:
      return text;
  }
};

/** Which rows of another section an entry means, as people count them. */
const numbersOf = (sections: readonly Section[], key: string, text: string): number[] => {
  const body = sections.find((section) => section.key === key)?.body;
  const ids = body?.form === 'rows' ? body.rows.map(({ id }) => id) : [];
  return [...new Set(text.split(/\s+/).map((id) => ids.indexOf(id) + 1))]
    .filter((number) => number > 0)
    .sort((one, other) => one - other);
};

export const CellText = ({ text }: { text: string }): ReactNode => (
  <span className="cell-text">
    {cellParts(text).map((part, index) => (
      <Fragment key={String(index)}>
        {part.type === 'text' ? (
          part.text
        ) : part.type === 'math' ? (
          <Formula latex={part.latex} />
        ) : (
          <Picture file={part.file} alt={part.alt} />
        )}
      </Fragment>
    ))}
  </span>
);

/** Minutes, class hours and points add up. */
export const Sums = ({
  rows,
  columns,
}: {
  rows: readonly Pick<Row, 'cells'>[];
  columns: readonly Column[];
}): ReactNode =>
  columns.map((column) => {
    if (column.type !== 'number' || column.unit === '周') return null;
    const sum = rows.reduce((total, { cells }) => total + numberIn(cells[column.key]), 0);
    return sum === 0 ? null : (
      <p key={column.key} className="rows-sum">
        {column.label}合计 <strong>{sum}</strong> {column.unit}
      </p>
    );
  });
