import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { chinaClock } from '#platform/dates.ts';
import { Button } from './button.tsx';
import { Empty, Failure, Loading } from './states.tsx';

interface ListPage<Row> {
  readonly rows: readonly Row[];
  readonly nextCursor: string | null;
  readonly asOf: string;
}

interface PagedProps<Row> {
  readonly query: UseInfiniteQueryResult<{ readonly pages: readonly ListPage<Row>[] }>;
  /** What the rows are counted in, e.g. `份`. */
  readonly unit: string;
  /** Said where there is nothing, and what to do then. */
  readonly nothing: string;
  readonly hint?: ReactNode;
  readonly children: (rows: readonly Row[]) => ReactNode;
}

/** A list page by page: its rows so far, a way to more, how many are shown and as of when. */
export const Paged = <Row,>({ query, unit, nothing, hint, children }: PagedProps<Row>): ReactNode => {
  if (query.data === undefined)
    return query.isError ? <Failure error={query.error} retry={() => void query.refetch()} /> : <Loading />;
  const rows = query.data.pages.flatMap((page) => page.rows);
  const asOf = query.data.pages[0]?.asOf;
  if (rows.length === 0) return <Empty title={nothing}>{hint}</Empty>;
  return (
    <div className="stack">
      {children(rows)}
      {query.hasNextPage ? (
        <Button onClick={() => void query.fetchNextPage()} busy={query.isFetchingNextPage}>
          再看一些
        </Button>
      ) : null}
      <p className="muted small">
        共显示 {rows.length} {unit}
        {query.hasNextPage ? '，还有更多' : ''}
        {asOf === undefined ? '' : `；截至 ${chinaClock(new Date(asOf))}`}
      </p>
    </div>
  );
};
