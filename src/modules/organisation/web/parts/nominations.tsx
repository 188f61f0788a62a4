import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { choicesOf, Segments, TextField } from '#web/ui/field.tsx';
import { Badge, Panel, type Tone } from '#web/ui/page.tsx';
import { Empty, Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { Nomination } from '../../coverage/contract.ts';
import {
  gradeLabels,
  type NominationState,
  nominationStateLabels,
  nominationStates,
  subjectLabels,
} from '../../vocabulary/contract.ts';
import { organisation } from './api.ts';

const tones: Readonly<Record<NominationState, Tone>> = {
  requested: 'warn',
  accepted: 'good',
  declined: 'bad',
  withdrawn: 'neutral',
};

/** Nominations the viewer may see: one's own school's, one's own group's, or all. */
export const Nominations = (): ReactNode => {
  const [state, setState] = useState<NominationState>('requested');
  const list = useInfiniteQuery(
    organisation.query.listNominations.infiniteOptions({
      input: (cursor: string | undefined) => ({ state, cursor, limit: 20 }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
  );
  return (
    <Panel title="成员推荐">
      <Segments
        label="状态"
        hideLabel
        value={state}
        onValue={setState}
        choices={choicesOf(nominationStates, nominationStateLabels)}
      />
      <Loaded query={list}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.rows);
          return rows.length === 0 ? (
            <Empty title="没有这样的推荐。">
              <p>学校的校长、教学副校长或教务主任可在覆盖表的空格上推荐本校教师。</p>
            </Empty>
          ) : (
            <>
              <ul className="plain-rows">
                {rows.map((one) => (
                  <NominationRow key={one.id} nomination={one} />
                ))}
              </ul>
              {list.hasNextPage ? (
                <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                  再看一些
                </Button>
              ) : null}
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
};

export const NominationRow = ({ nomination }: { nomination: Nomination }): ReactNode => {
  const [declining, setDeclining] = useState(false);
  const accept = useAction(organisation.client.acceptNomination, { done: '已接受，成为学科组成员。' });
  const withdraw = useAction(organisation.client.withdrawNomination, { done: '已撤回。' });
  const decision = { nominationId: nomination.id, version: nomination.version };
  return (
    <li>
      <span>
        <Link to={`/people/${nomination.personId}`}>{nomination.personName}</Link>　{nomination.schoolName}
        {gradeLabels[nomination.grade]}
        {subjectLabels[nomination.subject]}
        <br />
        <span className="muted small">
          {nomination.consortiumName}，{nomination.requestedBy}推荐
          {nomination.reason === null ? '' : `；${nomination.reason}`}
        </span>
      </span>
      <span className="panel-actions">
        {nomination.mayDecide ? (
          <>
            <Button
              size="small"
              variant="primary"
              busy={accept.isPending}
              onClick={() => accept.mutate(decision)}
            >
              接受
            </Button>
            <Button size="small" onClick={() => setDeclining(true)}>
              不接受
            </Button>
          </>
        ) : null}
        {nomination.mayWithdraw ? (
          <Button size="small" busy={withdraw.isPending} onClick={() => withdraw.mutate(decision)}>
            撤回
          </Button>
        ) : null}
        {nomination.mayDecide || nomination.mayWithdraw ? null : (
          <Badge tone={tones[nomination.state]}>{nominationStateLabels[nomination.state]}</Badge>
        )}
      </span>
      <Problem error={accept.error ?? withdraw.error} />
      {declining ? <DeclineDialog nomination={nomination} onClose={() => setDeclining(false)} /> : null}
    </li>
  );
};

const DeclineDialog = ({
  nomination,
  onClose,
}: {
  nomination: Nomination;
  onClose: () => void;
}): ReactNode => {
  const [reason, setReason] = useState('');
  const decline = useAction(organisation.client.declineNomination, { done: '已回复学校。', onDone: onClose });
  return (
    <Dialog title={`不接受${nomination.personName}`} onClose={onClose}>
      <TextField
        label="请告诉学校原因"
        value={reason}
        onValue={setReason}
        required
        maxLength={200}
        hint="例如：请推荐本年级任教该学科的教师。"
      />
      <Problem error={decline.error} />
      <Button
        variant="primary"
        busy={decline.isPending}
        disabled={reason.trim() === ''}
        onClick={() =>
          decline.mutate({
            nominationId: nomination.id,
            version: nomination.version,
            reason: reason.trim(),
          })
        }
      >
        回复
      </Button>
    </Dialog>
  );
};
