import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from '#web/ui/button.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Failure, Loading } from '#web/ui/states.tsx';
import { classroom } from './parts/api.ts';
import { FollowUpList } from './parts/follow-up-list.tsx';

export const Page = (): ReactNode => {
  const query = useInfiniteQuery(
    classroom.query.listMyFollowUps.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: 30, cursor }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Frame
      title="跟踪"
      back={{ to: '/observations', label: '听课' }}
      lead="您与老师商定、还没有再看的改进。再听这位老师的课时会提示您。"
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
          <Empty title="没有等着再看的改进。">
            <p>反馈给老师后，在听课记录里记下一处商定的改进，就会出现在这里。</p>
          </Empty>
        ) : (
          <>
            <FollowUpList rows={rows} head="teacher" />
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
