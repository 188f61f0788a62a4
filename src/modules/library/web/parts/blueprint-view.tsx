import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { DataTable } from '#web/ui/data-table.tsx';
import { Loaded } from '#web/ui/states.tsx';
import type { BlueprintDetail } from '../../blueprint/contract.ts';
import { levels } from '../../template/contract.ts';
import { library } from './api.ts';

type Row = BlueprintDetail['rows'][number];

const columns = [...Object.values(levels), '未写水平'];
const said = ({ items, points }: Row['total']): string => (items === 0 ? '' : `${items} 题 ${points} 分`);

/** 双向细目表: content by level from the paper's own items, and what does not add up. */
export const BlueprintView = ({ itemId, of }: { itemId: string; of: 'published' | 'draft' }): ReactNode => {
  const query = useQuery(library.query.getBlueprint.queryOptions({ input: { itemId, of } }));
  return (
    <Loaded query={query}>
      {({ rows, total, fullMarks, points, problems }) => (
        <>
          <p>
            共 {total.items} 题，合计 {total.points} 分{fullMarks === null ? '' : `（满分 ${fullMarks} 分）`}
            ；易 {points.easy} 分，中 {points.medium} 分，难 {points.hard} 分
            {points.unsaid === 0 ? '' : `，未写难度 ${points.unsaid} 分`}。
          </p>
          {problems.length === 0 ? (
            <p>核对没有发现问题。</p>
          ) : (
            <ul>
              {problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
            </ul>
          )}
          {rows.length === 0 ? null : (
            <DataTable
              caption="双向细目表"
              phone="scroll"
              rows={rows}
              rowKey={({ unitId }) => unitId ?? 'none'}
              columns={[
                { title: '考查内容', lead: true, cell: ({ name }) => name },
                ...columns.map((title, at) => ({
                  title,
                  align: 'right' as const,
                  cell: ({ cells }: Row) => said(cells[at] ?? { items: 0, points: 0 }),
                })),
                { title: '合计', align: 'right' as const, cell: (row: Row) => said(row.total) },
              ]}
            />
          )}
        </>
      )}
    </Loaded>
  );
};
