import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ButtonLink } from '#web/ui/button.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { states } from '../vocabulary/contract.ts';
import { classroom } from './parts/api.ts';
import { ListFilters, useListFilters } from './parts/list-filters.tsx';
import { OutboxList } from './parts/outbox-list.tsx';
import { PagedList } from './parts/paged-list.tsx';

export const Page = (): ReactNode => {
  const { input, counted } = useListFilters();
  const query = useInfiniteQuery(
    classroom.query.listMyObservations.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...input,
        counted: counted ? true : undefined,
        withdrawn: false,
        limit: 30,
        cursor,
      }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  return (
    <Frame
      title="我的听课"
      back={{ to: '/observations', label: '听课' }}
      lead={counted ? '只列计入的记录。' : undefined}
      actions={counted ? <ButtonLink to="/observations/mine">看全部记录</ButtonLink> : undefined}
    >
      <OutboxList />
      <Panel>
        <ListFilters of={states} />
        <PagedList query={query} head="teacher" empty={<p>换一个条件，或回到“听课”新记一份。</p>} />
      </Panel>
    </Frame>
  );
};
