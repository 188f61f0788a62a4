import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { addDays } from '#platform/dates.ts';
import { todayHere } from '#web/today.ts';
import { ButtonLink } from '#web/ui/button.tsx';
import { Panel } from '#web/ui/page.tsx';
import { classroom } from './api.ts';
import { VisitList } from './research-visit-list.tsx';

/** Visits to come, and what was shared in the last two weeks; absent when there is neither. */
export const Card = (): ReactNode => {
  const to = todayHere();
  const coming = useQuery(classroom.query.listVisits.queryOptions({ input: { upcoming: true, limit: 3 } }));
  const shared = useQuery(
    classroom.query.listVisits.queryOptions({
      input: { state: 'shared', from: addDays(to, -14), to, limit: 2 },
    }),
  );
  const rows = [...(coming.data?.rows ?? []), ...(shared.data?.rows ?? [])];
  if (rows.length === 0) return null;
  return (
    <Panel
      title="巡研"
      lead="近期安排，和刚告知的情况。"
      actions={
        <ButtonLink to="/research-visits" size="small">
          全部
        </ButtonLink>
      }
    >
      <VisitList rows={rows} />
    </Panel>
  );
};
