import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { DataTable } from '#web/ui/data-table.tsx';
import { Loaded } from '#web/ui/states.tsx';
import { levels } from '../../template/contract.ts';
import { library } from './api.ts';

const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** 双向细目表: what the paper asks against what the units' goals say, by unit and level. */
export const PaperAgreement = ({ itemId, of }: { itemId: string; of: 'published' | 'draft' }): ReactNode => {
  const query = useQuery(library.query.getPaperAgreement.queryOptions({ input: { itemId, of } }));
  return (
    <Loaded query={query}>
      {({ index, reason, leftOut, units, paper, goals }) => (
        <>
          <p>
            {index === null ? (
              reason
            ) : (
              <>
                一致性指数（波特指数）<strong>{index.toFixed(2)}</strong>
                ：试卷各单元、各水平的分值占比与单元目标的占比有多接近，1 是完全一致，0
                是完全不同。供改题参考，不用于排名。
              </>
            )}
          </p>
          {leftOut === 0 || reason !== null ? null : (
            <p className="muted small">有 {leftOut} 道题没有写全考查内容、水平或分值，没有算进来。</p>
          )}
          {index === null ? null : (
            <DataTable
              caption="试卷与目标的双向细目"
              phone="scroll"
              rows={units.map((unit, at) => ({ ...unit, paper: paper[at] ?? [], goals: goals[at] ?? [] }))}
              rowKey={({ id }) => id}
              columns={[
                { title: '单元（试卷 / 目标）', lead: true, cell: ({ name }) => name },
                ...Object.values(levels).map((label, column) => ({
                  title: label,
                  align: 'right' as const,
                  cell: (row: { readonly paper: readonly number[]; readonly goals: readonly number[] }) =>
                    `${percent(row.paper[column] ?? 0)} / ${percent(row.goals[column] ?? 0)}`,
                })),
              ]}
            />
          )}
        </>
      )}
    </Loaded>
  );
};
