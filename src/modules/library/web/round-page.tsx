import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type ReactNode, useCallback, useEffect, useRef } from 'react';
import { chinaDay, chineseDate } from '#platform/dates.ts';
import { ButtonLink } from '#web/ui/button.tsx';
import { Badge, Facts, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Loaded } from '#web/ui/states.tsx';
import type { RoundDetail } from '../round/contract.ts';
import { itemKindLabels, verdictLabels } from '../vocabulary/contract.ts';
import { library } from './parts/api.ts';
import { ContentView } from './parts/content-view.tsx';
import { DesignChecks } from './parts/design-checks.tsx';
import { Downloads } from './parts/downloads.tsx';
import { RoundBadge } from './parts/item-list.tsx';
import { KeptOfDraft } from './parts/kept-drafts.tsx';
import { PaperPicks } from './parts/paper-picks.tsx';
import { ReviewForm } from './parts/review-form.tsx';
import { ReviewText } from './parts/review-text.tsx';
import { RoundSteps } from './parts/round-steps.tsx';
import { useNarrow } from './parts/use-narrow.ts';
import { WriteDraft } from './parts/write-draft.tsx';
import './library.css';

export const Page = (): ReactNode => {
  const params: Readonly<Record<string, string>> = useParams({ strict: false });
  const id = params['roundId'] ?? '';
  const query = useQuery(library.query.getRound.queryOptions({ input: { id } }));
  const round = query.data;
  return (
    <Frame
      title={round?.title ?? '编写'}
      lead={
        round === undefined
          ? undefined
          : `${itemKindLabels[round.kind]} · ${round.may.write ? '集体备课，几个人可以同时写' : '送审稿'}`
      }
      width="wide"
      {...(round === undefined ? {} : { back: { to: `/library/items/${round.itemId}`, label: '资源' } })}
    >
      {/* Without a line the editor still opens what this device has kept. */}
      {query.isError && round === undefined ? <WriteDraft id={id} /> : null}
      {query.isError && round === undefined ? null : (
        <Loaded query={query}>{(detail) => <Round round={detail} />}</Loaded>
      )}
    </Frame>
  );
};

const Round = ({ round }: { round: RoundDetail }): ReactNode => {
  const client = useQueryClient();
  const isNarrow = useNarrow();
  // Whoever only remarks reads on a phone; the editor, which knows passages, is for a desk.
  const reads = isNarrow && round.may.remark && !round.may.write;
  const later = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** What is still missing is asked for anew once what was typed is with the server. */
  const lookAgain = useCallback(
    (isSaved: boolean) => {
      clearTimeout(later.current);
      if (isSaved)
        later.current = setTimeout(
          () => void client.invalidateQueries({ queryKey: library.query.getRound.key() }),
          2_000,
        );
    },
    [client],
  );
  useEffect(() => () => clearTimeout(later.current), []);
  return (
    <>
      <Panel>
        <div className="row">
          <RoundBadge state={round.state} />
          {round.base === null ? <Badge>第一版</Badge> : <Badge>在第 {round.base} 版上改</Badge>}
          {round.schoolName === null ? null : <Badge>{round.schoolName}</Badge>}
        </div>
        <Facts
          items={[
            ['主备人', round.mainPreparer.name],
            ...(round.contributors.length === 0
              ? []
              : [['参加编写', round.contributors.map(({ name }) => name).join('、')] as const]),
          ]}
        />
        <Said round={round} />
        {round.may.review === null ? null : <ReviewForm round={round} reviewId={round.may.review} />}
        <RoundSteps round={round} />
        <div className="row">
          <Downloads path={`/files/library/rounds/${round.id}`} kind={round.kind} />
        </div>
      </Panel>
      <DesignChecks
        itemId={round.itemId}
        kind={round.kind}
        grade={round.grade}
        content={round.content}
        roundId={round.id}
      />
      {round.kind === 'test-paper' && round.may.remark ? (
        <PaperPicks itemId={round.itemId} draft={{ roundId: round.id, mayPick: round.may.write }} />
      ) : null}
      {reads ? (
        <ReviewText round={round} />
      ) : round.may.write || round.may.remark ? (
        <WriteDraft id={round.id} onSaved={lookAgain} />
      ) : (
        <>
          <KeptOfDraft id={round.id} kind={round.kind} />
          <Panel>
            <ContentView kind={round.kind} content={round.content} textbook={round.textbook} />
          </Panel>
        </>
      )}
      {round.state === 'published' ? (
        <ButtonLink to={`/library/items/${round.itemId}`}>看已发布的资源</ButtonLink>
      ) : null}
    </>
  );
};

/** What the reviewers said, newest submission first. */
const Said = ({ round }: { round: RoundDetail }): ReactNode =>
  round.submissions.length === 0 ? null : (
    <ul className="review-list">
      {round.submissions.map((submission) => (
        <li key={submission.number}>
          <p className="muted small">
            第 {submission.number} 次送审 · {submission.submittedByName} ·{' '}
            {chineseDate(chinaDay(new Date(submission.submittedAt)))}
            {submission.note === '' ? '' : `：${submission.note}`}
          </p>
          <ul>
            {submission.reviews.map(({ id, reviewer, verdict, remark }) => (
              <li key={id}>
                <span className="row">
                  {reviewer.name}
                  <Badge tone={verdict === null ? 'neutral' : verdict === 'approved' ? 'good' : 'warn'}>
                    {verdict === null ? '还没有审' : verdictLabels[verdict]}
                  </Badge>
                </span>
                {remark === '' ? null : <p>{remark}</p>}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
