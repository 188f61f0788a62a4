import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chinaDay, chineseDate } from '#platform/dates.ts';
import { Button } from '#web/ui/button.tsx';
import { TextField } from '#web/ui/field.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { LedgerRemark } from '../../ledger/contract.ts';
import { slotsLabel } from '../../rules.ts';
import { classroom } from './api.ts';
import { useKeptText } from './use-kept-text.ts';

const RecordLink = ({ row }: { row: LedgerRemark['row'] }): ReactNode => (
  <Link to={`/observations/${row.id}`}>
    {chineseDate(row.dayOn)} {slotsLabel(row.slotFrom, row.slotTo)} {row.classLabel}{' '}
    {subjectLabels[row.subject]} {row.teacherName}
  </Link>
);

/** One remark: it opens its rows, and takes a word of explanation. */
export const LedgerRemarkRow = ({ termId, remark }: { termId: string; remark: LedgerRemark }): ReactNode => {
  const { kind, row, other, explanations } = remark;
  const { value, set, clear } = useKeptText('ledger', `${kind}:${row.id}:${other?.id ?? ''}`, '');
  const explain = useAction(classroom.client.explainRemark, {
    done: '已记下说明',
    onDone: () => {
      set('');
      clear();
    },
  });
  return (
    <li className="criterion">
      <RecordLink row={row} />
      {other === null ? null : <RecordLink row={other} />}
      {explanations.map(({ id, text, madeAt }) => (
        <p key={id}>
          说明：{text} <small className="muted">{chineseDate(chinaDay(new Date(madeAt)))}</small>
        </p>
      ))}
      <TextField
        label={explanations.length === 0 ? '一句说明' : '再说明一句'}
        value={value}
        maxLength={300}
        onValue={set}
      />
      <Problem error={explain.error} />
      {value.trim() === '' ? null : (
        <Button
          busy={explain.isPending}
          onClick={() =>
            explain.mutate({
              termId,
              kind,
              observationId: row.id,
              otherId: other?.id ?? null,
              text: value,
            })
          }
        >
          记下说明
        </Button>
      )}
    </li>
  );
};
