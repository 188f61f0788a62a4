import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from '#web/ui/button.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import { classroom } from './parts/api.ts';
import { PatrolList } from './parts/patrol-list.tsx';
import { usePatrolSpan } from './parts/use-patrol-span.ts';
import './classroom.css';

/** The patrols behind the figure of a week. */
export const Page = (): ReactNode => {
  const { schoolId, from, to } = usePatrolSpan();
  const query = useInfiniteQuery(
    classroom.query.listPatrolsOfSchool.infiniteOptions({
      input: (cursor: string | undefined) => ({ schoolId, from, to, limit: 30, cursor }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  return (
    <Frame title="本校巡课" back={{ to: '/patrols/week', label: '周汇总' }} width="narrow">
      <Panel>
        <Loaded query={query}>
          {({ pages }) => {
            const rows = pages.flatMap((page) => page.rows);
            return rows.length === 0 ? (
              <Empty title="这段时间没有巡课。" />
            ) : (
              <>
                <PatrolList rows={rows} names />
                {query.hasNextPage ? (
                  <Button onClick={() => void query.fetchNextPage()} busy={query.isFetchingNextPage}>
                    再看一些
                  </Button>
                ) : null}
              </>
            );
          }}
        </Loaded>
      </Panel>
    </Frame>
  );
};
