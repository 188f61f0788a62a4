import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { chinaClock } from '#platform/dates.ts';
import { Button } from '#web/ui/button.tsx';
import { Empty, Failure, Loading } from '#web/ui/states.tsx';
import type { ObservationRow } from '../../contract.ts';
import { ObservationList } from './observation-list.tsx';

interface ListPage {
  readonly rows: readonly ObservationRow[];
  readonly nextCursor: string | null;
  readonly asOf: string;
}

interface PagedListProps {
  readonly query: UseInfiniteQueryResult<{ readonly pages: readonly ListPage[] }>;
  readonly head: 'teacher' | 'observer' | 'both';
  readonly empty: ReactNode;
}

export const PagedList = ({ query, head, empty }: PagedListProps): ReactNode => {
  if (query.data === undefined)
    return query.isError ? <Failure error={query.error} retry={() => void query.refetch()} /> : <Loading />;
  const rows = query.data.pages.flatMap((page) => page.rows);
  const asOf = query.data.pages[0]?.asOf;
  if (rows.length === 0) return <Empty title="没有符合条件的记录。">{empty}</Empty>;
  return (
    <div className="stack">
      <ObservationList rows={rows} head={head} />
      {query.hasNextPage ? (
        <Button onClick={() => void query.fetchNextPage()} busy={query.isFetchingNextPage}>
          再看一些
        </Button>
      ) : null}
      <p className="muted small">
        共显示 {rows.length} 份{query.hasNextPage ? '，还有更多' : ''}
        {asOf === undefined ? '' : `；截至 ${chinaClock(new Date(asOf))}`}
      </p>
    </div>
  );
};
