import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { findingTypeLabels } from '#modules/classroom/finding/vocabulary/contract.ts';
import { chineseDate } from '#platform/dates.ts';
import { formatDocumentNumber } from '#platform/official-document/numbering.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { CheckField } from '#web/ui/field.tsx';
import { Badge, Panel } from '#web/ui/page.tsx';
import { Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { CircularRow, LetterFinding } from '../../contract.ts';
import { circulars } from './api.ts';
import { ExistingCircular, useDrafted } from './new-circular.tsx';
import { StateBadge } from './state-badge.tsx';
import './circulars.css';

/** On the page of a finding: the letters about it, and a new one while none stands. */
export const Part = ({ id }: { id: string }): ReactNode => {
  const query = useQuery(circulars.query.lettersOfFinding.queryOptions({ input: { findingId: id } }));
  const [choosing, setChoosing] = useState(false);
  return (
    <Loaded query={query}>
      {({ rows, mayDraft, others }) =>
        rows.length === 0 && !mayDraft ? null : (
          <Panel title="整改通知书">
            {rows.length === 0 ? <p className="muted">还没有发整改通知书。</p> : null}
            <ul className="circular-list">
              {rows.map((row) => (
                <Letter key={row.id} row={row} />
              ))}
            </ul>
            {mayDraft ? (
              <div className="row no-print">
                <Button onClick={() => setChoosing(true)}>拟整改通知书</Button>
              </div>
            ) : null}
            {choosing ? (
              <NewLetter findingId={id} others={others} onClose={() => setChoosing(false)} />
            ) : null}
          </Panel>
        )
      }
    </Loaded>
  );
};

const sentence = ({ documentNumber, state }: CircularRow): string => {
  if (documentNumber === null) return '整改通知书（还没有印发）';
  const said = state === 'voided' ? '整改通知书' : '已发整改通知书';
  return `${said} ${formatDocumentNumber(documentNumber)}`;
};

const Letter = ({ row }: { row: CircularRow }): ReactNode => (
  <li>
    <Link to="/circulars/$circularId" params={{ circularId: row.id }}>
      {sentence(row)}
    </Link>{' '}
    {row.readByMe === false && row.state === 'issued' ? (
      <Badge tone="warn">未读</Badge>
    ) : (
      <StateBadge state={row.state} />
    )}
    {row.readByMe === null && row.recipients > 0 ? (
      <span className="muted">
        {' '}
        学校 {row.receipts}／{row.recipients} 人已读
      </span>
    ) : null}
  </li>
);

const NewLetter = ({
  findingId,
  others,
  onClose,
}: {
  findingId: string;
  others: readonly LetterFinding[];
  onClose: () => void;
}): ReactNode => {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const opened = useDrafted();
  const draft = useAction(circulars.client.draftLetter, { done: '草稿已生成', onDone: opened });
  return (
    <Dialog title="拟整改通知书" onClose={onClose}>
      <p>按这个问题的记录生成草稿，可以再修改；核稿、签发、编号以后，只有这所学校看得到。</p>
      {others.length === 0 ? null : (
        <fieldset>
          <legend>这所学校的其他问题，可以写进同一份</legend>
          {others.map(({ id, type, description, deadlineOn }) => (
            <CheckField
              key={id}
              label={`${findingTypeLabels[type]}：${description.slice(0, 40)}${deadlineOn === null ? '' : `（期限${chineseDate(deadlineOn)}）`}`}
              checked={chosen.includes(id)}
              onValue={(checked) => setChosen(checked ? [...chosen, id] : chosen.filter((one) => one !== id))}
            />
          ))}
        </fieldset>
      )}
      <Problem error={draft.error} />
      <ExistingCircular error={draft.error} />
      <div className="row">
        <Button
          variant="primary"
          busy={draft.isPending}
          onClick={() => draft.mutate({ findingIds: [findingId, ...chosen] })}
        >
          生成草稿
        </Button>
      </div>
    </Dialog>
  );
};
