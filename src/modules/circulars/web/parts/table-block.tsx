import type { ReactNode } from 'react';
import { Button } from '#web/ui/button.tsx';
import { TextField } from '#web/ui/field.tsx';
import type { Block } from '../../contract.ts';

type Table = Extract<Block, { kind: 'table' }>;

/** Rows and columns have no name but their place, and none is moved while it is typed in. */
const places = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

export const TableBlock = ({
  block,
  onBlock,
}: {
  block: Table;
  onBlock: (block: Table) => void;
}): ReactNode => {
  const { columns, rows } = block;
  const setTitle = (column: number, title: string): void =>
    onBlock({
      ...block,
      columns: columns.map((one, index) => (index === column ? { ...one, title } : one)),
    });
  const setCell = (row: number, column: number, text: string): void =>
    onBlock({
      ...block,
      rows: rows.map((cells, index) => (index === row ? cells.with(column, text) : cells)),
    });
  return (
    <>
      <TextField
        label="表名（可不写）"
        value={block.heading}
        onValue={(heading) => onBlock({ ...block, heading })}
        maxLength={100}
      />
      <div className="table-frame block-table" tabIndex={0} role="region" aria-label="表格内容">
        <table>
          <thead>
            <tr>
              {places(columns.length).map((column) => (
                <th key={column} scope="col">
                  <input
                    aria-label={`第${column + 1}列的表头`}
                    value={columns[column]?.title ?? ''}
                    maxLength={40}
                    onChange={(event) => setTitle(column, event.target.value)}
                  />
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {places(rows.length).map((row) => (
              <tr key={row}>
                {places(columns.length).map((column) => (
                  <td key={column}>
                    <input
                      aria-label={`第${row + 1}行第${column + 1}列`}
                      value={rows[row]?.[column] ?? ''}
                      maxLength={300}
                      onChange={(event) => setCell(row, column, event.target.value)}
                    />
                  </td>
                ))}
                <td>
                  <Button
                    size="small"
                    aria-label={`删除第${row + 1}行`}
                    onClick={() => onBlock({ ...block, rows: rows.toSpliced(row, 1) })}
                  >
                    删行
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="row">
        <Button
          size="small"
          onClick={() => onBlock({ ...block, rows: [...rows, columns.map(() => '')] })}
          disabled={rows.length >= 500}
        >
          加一行
        </Button>
        <Button
          size="small"
          onClick={() =>
            onBlock({
              ...block,
              columns: [...columns, { title: `第${columns.length + 1}列`, align: 'left' }],
              rows: rows.map((cells) => [...cells, '']),
            })
          }
          disabled={columns.length >= 12}
        >
          加一列
        </Button>
        <Button
          size="small"
          disabled={columns.length <= 1}
          onClick={() =>
            onBlock({
              ...block,
              columns: columns.slice(0, -1),
              rows: rows.map((cells) => cells.slice(0, -1)),
            })
          }
        >
          删最后一列
        </Button>
      </div>
    </>
  );
};
