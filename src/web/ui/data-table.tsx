import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Empty } from './states.tsx';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  readonly align?: 'left' | 'right' | 'center';
  /** The column that names the row; on a phone it heads the card. */
  readonly lead?: boolean;
}

interface DataTableProps<Row> {
  /** What the table holds, read out before it. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly empty?: ReactNode;
  /** The next page of a keyset list; absent on the last. */
  readonly more?: { readonly load: () => void; readonly busy: boolean } | undefined;
  /** On a phone: cards (a list of records) or a table that scrolls sideways (figures). */
  readonly phone?: 'cards' | 'scroll';
}

export const DataTable = <Row,>({
  caption,
  columns,
  rows,
  rowKey,
  empty,
  more,
  phone = 'cards',
}: DataTableProps<Row>): ReactNode => {
  if (rows.length === 0) return empty ?? <Empty title="还没有记录。" />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div
      className={`table-frame table-${phone}`}
      {...(phone === 'scroll' ? { tabIndex: 0, role: 'region', 'aria-label': caption } : {})}
    >
      <table>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.title} scope="col" className={`align-${column.align ?? 'left'}`}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) => (
                <td
                  key={column.title}
                  data-label={column.title}
                  className={`align-${column.align ?? 'left'}${column.lead === true ? ' cell-lead' : ''}`}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {more === undefined ? null : (
        <div className="table-more">
          <Button onClick={more.load} busy={more.busy}>
            再看一些
          </Button>
        </div>
      )}
    </div>
  );
};
