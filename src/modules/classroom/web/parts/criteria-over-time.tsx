import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chineseDate } from '#platform/dates.ts';
import { Button } from '#web/ui/button.tsx';
import { Badge } from '#web/ui/page.tsx';
import { Empty, Failure, Loading } from '#web/ui/states.tsx';
import { groupByCriterion } from '../../feedback/rules.ts';
import { stepLabels, stepTones } from '../../vocabulary/contract.ts';
import { classroom } from './api.ts';
import '../classroom.css';

/** What was noted in my lessons, criterion by criterion in the order of time; no totals. */
export const CriteriaOverTime = (): ReactNode => {
  const query = useInfiniteQuery(
    classroom.query.listCriteriaFeedbackToMe.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: 40, cursor }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  if (query.data === undefined)
    return query.isError ? <Failure error={query.error} retry={() => void query.refetch()} /> : <Loading />;
  const groups = groupByCriterion(query.data.pages.flatMap(({ rows }) => rows));
  return (
    <div className="stack">
      {groups.length === 0 ? <Empty title="还没有逐条的观察。" /> : null}
      <ol className="criteria">
        {groups.map(({ code, label, entries }) => (
          <li key={code} className="criterion">
            <h3 className="row">
              <span className="criterion-number">{code.slice(1)}</span>
              {label}
            </h3>
            <ul className="plain-list criterion-times">
              {entries.map(({ observationId, dayOn, subject, classLabel, observerName, step, evidence }) => (
                <li key={observationId}>
                  <span className="row">
                    <Badge tone={stepTones[step]}>{stepLabels[step]}</Badge>
                    <Link to={`/observations/${observationId}`}>{chineseDate(dayOn)}</Link>
                    <small className="muted">
                      {classLabel} {subject === null ? '' : subjectLabels[subject]} · {observerName}
                    </small>
                  </span>
                  {evidence === '' ? null : <p>{evidence}</p>}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
      {query.hasNextPage ? (
        <Button onClick={() => void query.fetchNextPage()} busy={query.isFetchingNextPage}>
          再看更早的
        </Button>
      ) : null}
      <p className="muted small">只有您自己看得到这一页；不计总分，不与别人比较。</p>
    </div>
  );
};
