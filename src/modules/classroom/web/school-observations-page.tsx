import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { states } from '../vocabulary/contract.ts';
import { classroom } from './parts/api.ts';
import { ListFilters, useListFilters } from './parts/list-filters.tsx';
import { PagedList } from './parts/paged-list.tsx';

export const Page = (): ReactNode => {
  const { input } = useListFilters();
  const query = useInfiniteQuery(
    classroom.query.listObservationsOfSchool.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...input, limit: 30, cursor }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  return (
    <Frame
      title="本校与本学科听课"
      lead="您任职的学校或学科已完成的听课记录，按日期排列。记录用于帮助老师，不作比较。"
    >
      <Panel>
        <ListFilters of={states.filter((state) => state !== 'draft')} />
        <PagedList query={query} head="both" empty={<p>换一个时间或学科再看。</p>} />
      </Panel>
    </Frame>
  );
};
