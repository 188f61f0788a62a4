import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { chineseDate } from '#platform/dates.ts';
import { Button } from '#web/ui/button.tsx';
import { type Column, DataTable } from '#web/ui/data-table.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { TextField } from '#web/ui/field.tsx';
import { Badge } from '#web/ui/page.tsx';
import { Failure, Loading, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { BudgetEntry } from '../../budget/contract.ts';
import { yuanText } from '../../budget/rules.ts';
import { budgetPurposeLabels } from '../../budget/vocabulary/contract.ts';
import { classroom } from './api.ts';

export const BudgetEntries = ({
  schoolId,
  schoolYear,
}: {
  schoolId: string;
  schoolYear: number;
}): ReactNode => {
  const [withdrawing, setWithdrawing] = useState<BudgetEntry | null>(null);
  const query = useInfiniteQuery(
    classroom.query.listBudgetEntries.infiniteOptions({
      input: (cursor: string | undefined) => ({ schoolId, schoolYear, cursor }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  if (query.isPending) return <Loading />;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return (
    <>
      <DataTable
        caption="支出明细"
        rows={query.data.pages.flatMap(({ rows }) => rows)}
        rowKey={({ id }) => id}
        empty={<p className="muted">这一学年还没有登记支出。</p>}
        columns={entryColumns(setWithdrawing)}
        more={
          query.hasNextPage
            ? { load: () => void query.fetchNextPage(), busy: query.isFetchingNextPage }
            : undefined
        }
      />
      {withdrawing === null ? null : (
        <WithdrawDialog entry={withdrawing} onClose={() => setWithdrawing(null)} />
      )}
    </>
  );
};

const entryColumns = (withdraw: (entry: BudgetEntry) => void): Column<BudgetEntry>[] => [
  { title: '日期', lead: true, cell: ({ dayOn }) => chineseDate(dayOn) },
  { title: '用途', cell: ({ purpose }) => budgetPurposeLabels[purpose] },
  { title: '说明', cell: ({ note }) => note },
  { title: '金额', align: 'right', cell: ({ amountFen }) => `${yuanText(amountFen)} 元` },
  { title: '登记人', cell: ({ enteredByName }) => enteredByName },
  {
    title: '操作',
    cell: (entry) =>
      entry.withdrawnReason === null ? (
        <Button size="small" aria-label={`撤销${entry.note}`} onClick={() => withdraw(entry)}>
          撤销
        </Button>
      ) : (
        <span>
          <Badge>已撤销</Badge> {entry.withdrawnReason}
        </span>
      ),
  },
];

const WithdrawDialog = ({ entry, onClose }: { entry: BudgetEntry; onClose: () => void }): ReactNode => {
  const [reason, setReason] = useState('');
  const withdraw = useAction(classroom.client.withdrawBudgetEntry, { done: '已撤销', onDone: onClose });
  return (
    <Dialog title="撤销这笔支出" onClose={onClose}>
      <p>
        {chineseDate(entry.dayOn)} {entry.note} {yuanText(entry.amountFen)} 元。撤销后不再计入，记录保留。
      </p>
      <TextField label="原因" maxLength={200} value={reason} onValue={setReason} required />
      <Problem error={withdraw.error} />
      <div className="row">
        <Button
          variant="danger"
          busy={withdraw.isPending}
          disabled={reason.trim() === ''}
          onClick={() => withdraw.mutate({ id: entry.id, reason: reason.trim() })}
        >
          撤销
        </Button>
      </div>
    </Dialog>
  );
};
