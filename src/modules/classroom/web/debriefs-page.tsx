import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from '#web/ui/button.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Failure, Loading } from '#web/ui/states.tsx';
import { classroom } from './parts/api.ts';
import { DebriefList } from './parts/debrief-list.tsx';

export const Page = (): ReactNode => {
  const query = useInfiniteQuery(
    classroom.query.listMyDebriefs.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: 30, cursor }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Frame
      title="议课"
      lead="几个人听了同一节课，坐下来一起说：教师说课，各人说所看，共同写成纪要。"
      width="narrow"
    >
      <Panel>
        {query.data === undefined ? (
          query.isError ? (
            <Failure error={query.error} retry={() => void query.refetch()} />
          ) : (
            <Loading />
          )
        ) : rows.length === 0 ? (
          <Empty title="还没有您参加的议课。">
            <p>听完课并完成记录后，在那份记录下面点“发起议课”。</p>
          </Empty>
        ) : (
          <>
            <DebriefList rows={rows} />
            {query.hasNextPage ? (
              <Button onClick={() => void query.fetchNextPage()} busy={query.isFetchingNextPage}>
                再看一些
              </Button>
            ) : null}
          </>
        )}
      </Panel>
    </Frame>
  );
};
