import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { classroom } from './parts/api.ts';
import { PagedList } from './parts/paged-list.tsx';

export const Page = (): ReactNode => {
  const query = useInfiniteQuery(
    classroom.query.listFeedbackToMe.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: 30, cursor }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  return (
    <Frame
      title="听课反馈"
      lead="听课的人反馈给您的内容。打开一份可以回复，也可以记下商定的改进。"
      width="narrow"
    >
      <Panel>
        <PagedList query={query} head="observer" empty={<p>有人听了您的课并反馈后，会出现在这里。</p>} />
      </Panel>
    </Frame>
  );
};
