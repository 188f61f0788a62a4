import type { InferContractRouterOutputs } from '@orpc/contract';
import { type ReactNode, useState } from 'react';
import { chineseDate } from '#platform/dates.ts';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { ChangedElsewhere } from '#web/ui/changed-elsewhere.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DayField, TextField } from '#web/ui/field.tsx';
import { Badge, Panel } from '#web/ui/page.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { useKeptForm } from '#web/use-kept-form.ts';
import type { textbookContract } from '../../textbook/contract.ts';
import { editionName } from '../../textbook/rules.ts';
import { library } from './api.ts';

type Edition = InferContractRouterOutputs<typeof textbookContract>['getTextbooks']['editions'][number];

interface EditionsProps {
  readonly editions: readonly Edition[];
  readonly mayEdit: boolean;
}

/** Editions of a subject; one that is withdrawn stays with everything that hangs on it. */
export const Editions = ({ editions, mayEdit }: EditionsProps): ReactNode => {
  const [withdrawing, setWithdrawing] = useState<string | null>(null);
  const restore = useAction(library.client.restoreEdition, { done: '已恢复使用。' });
  const open = editions.find(({ id }) => id === withdrawing);
  return (
    <Panel title="版本" lead="停用的版本只做标记，目录和已有的资源都保留。">
      <Problem error={restore.error} />
      <DataTable
        caption="教材版本"
        rows={editions}
        rowKey={({ id }) => id}
        columns={[
          { title: '版本', lead: true, cell: (edition) => editionName(edition) },
          {
            title: '状态',
            cell: ({ withdrawnOn, withdrawnReason }) =>
              withdrawnOn === null ? (
                <Badge tone="good">使用中</Badge>
              ) : (
                <>
                  <Badge tone="warn">{`${chineseDate(withdrawnOn)}停用`}</Badge> {withdrawnReason}
                </>
              ),
          },
          { title: '册数', align: 'right', cell: ({ volumes }) => volumes.length },
          {
            title: '目录表',
            cell: (edition) => (
              <a href={`/files/library/textbooks.xlsx?edition=${edition.id}`} download>
                下载<span className="visually-hidden">{editionName(edition)}目录表</span>
              </a>
            ),
          },
          ...(mayEdit
            ? [
                {
                  title: '办理',
                  cell: (edition: Edition) =>
                    edition.withdrawnOn === null ? (
                      <Button
                        size="small"
                        aria-label={`停用${editionName(edition)}`}
                        onClick={() => setWithdrawing(edition.id)}
                      >
                        停用
                      </Button>
                    ) : (
                      <Button
                        size="small"
                        aria-label={`恢复${editionName(edition)}`}
                        busy={restore.isPending}
                        onClick={() => restore.mutate({ editionId: edition.id, version: edition.version })}
                      >
                        恢复
                      </Button>
                    ),
                },
              ]
            : []),
        ]}
      />
      {open === undefined ? null : <WithdrawDialog edition={open} onClose={() => setWithdrawing(null)} />}
    </Panel>
  );
};

const WithdrawDialog = ({ edition, onClose }: { edition: Edition; onClose: () => void }): ReactNode => {
  const { form, set, clear } = useKeptForm(`library-edition:${edition.id}`, {
    from: todayHere(),
    reason: '',
  });
  const { from, reason } = form;
  const withdraw = useAction(library.client.withdrawEdition, {
    done: '已停用。',
    onDone: () => {
      clear();
      onClose();
    },
  });
  return (
    <Dialog title={`停用${editionName(edition)}`} onClose={onClose}>
      <p>停用后不能再选它，已经选了的学年照旧；目录和资源都保留，页面上标明“已停用”。</p>
      <DayField label="从哪天起" value={from} onValue={(next) => set({ from: next })} required />
      <TextField
        label="原因"
        value={reason}
        onValue={(next) => set({ reason: next })}
        maxLength={200}
        required
        hint="例如：2026年秋季起改用2024年修订版。"
      />
      <ChangedElsewhere version={edition.version} opens="/textbooks" />
      <Problem error={withdraw.error} />
      <Button
        variant="primary"
        busy={withdraw.isPending}
        disabled={from === '' || reason.trim() === ''}
        onClick={() =>
          withdraw.mutate({ editionId: edition.id, version: edition.version, from, reason: reason.trim() })
        }
      >
        停用
      </Button>
    </Dialog>
  );
};
