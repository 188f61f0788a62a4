import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { chinaClock, chineseDate } from '#platform/dates.ts';
import { useMe } from '#web/session.tsx';
import { Button, ButtonLink } from '#web/ui/button.tsx';
import { choicesOf, SelectField } from '#web/ui/field.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Failure, Loading } from '#web/ui/states.tsx';
import {
  findingFlagLabels,
  findingFlags,
  findingKindLabels,
  findingKinds,
  findingStateLabels,
  findingStates,
  findingTypeLabels,
  findingTypes,
} from '../finding/vocabulary/contract.ts';
import { findsSomething, leadsSchool, readsFindingFigures } from './nav.tsx';
import { classroom } from './parts/api.ts';
import { useFindingAddress } from './parts/finding-address.ts';
import { FindingList } from './parts/finding-list.tsx';
import { FindingWaiting } from './parts/finding-waiting.tsx';

export const Page = (): ReactNode => {
  const me = useMe();
  const { filter } = useFindingAddress();
  return (
    <Frame
      title="问题整改"
      lead="发现、登记、交办、认领、措施、整改、回头看、销号，一步一步有记录。"
      actions={
        <>
          {findsSomething(me) ? (
            <ButtonLink to="/findings/new" variant="primary">
              记一个问题
            </ButtonLink>
          ) : null}
          {readsFindingFigures(me) ? <ButtonLink to="/findings/figures">整改情况</ButtonLink> : null}
        </>
      }
    >
      {filter.counted === true ? null : (
        <FindingWaiting
          title={leadsSchool(me) ? '我校待办' : '等您办理'}
          limit={20}
          nothing="现在没有等您办理的问题。"
        />
      )}
      <Panel title="全部问题">
        <Filters />
        <Rows />
      </Panel>
    </Frame>
  );
};

const Filters = (): ReactNode => {
  const { filter, set, clear } = useFindingAddress();
  const narrowed = [
    ...(filter.from === undefined ? [] : [`${chineseDate(filter.from)}以后发现`]),
    ...(filter.to === undefined || filter.to > '2190' ? [] : [`${chineseDate(filter.to)}以前发现`]),
    ...(filter.schoolId === undefined ? [] : ['一所学校']),
    ...(filter.counted === undefined ? [] : ['已计入统计']),
    ...(filter.sourceId === undefined ? [] : ['同一次巡研或检查']),
  ];
  return (
    <>
      <div className="filters">
        <SelectField
          label="进展"
          value={filter.state ?? ''}
          none="全部"
          choices={choicesOf(findingStates, findingStateLabels)}
          onValue={(value) => set('state', value)}
        />
        <SelectField
          label="类型"
          value={filter.type ?? ''}
          none="全部"
          choices={choicesOf(findingTypes, findingTypeLabels)}
          onValue={(value) => set('type', value)}
        />
        <SelectField
          label="标记"
          value={filter.flag ?? ''}
          none="全部"
          choices={choicesOf(findingFlags, findingFlagLabels)}
          onValue={(value) => set('flag', value)}
        />
        <SelectField
          label="范围"
          value={filter.kind ?? ''}
          none="全部"
          choices={choicesOf(findingKinds, findingKindLabels)}
          onValue={(value) => set('kind', value)}
        />
      </div>
      {narrowed.length === 0 ? null : (
        <p className="row muted">
          只列：{narrowed.join('，')}
          <Button size="small" onClick={clear}>
            看全部
          </Button>
        </p>
      )}
    </>
  );
};

const Rows = (): ReactNode => {
  const { filter } = useFindingAddress();
  const query = useInfiniteQuery(
    classroom.query.listFindings.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...filter, limit: 30, cursor }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  if (query.data === undefined)
    return query.isError ? <Failure error={query.error} retry={() => void query.refetch()} /> : <Loading />;
  const rows = query.data.pages.flatMap((page) => page.rows);
  const asOf = query.data.pages[0]?.asOf;
  if (rows.length === 0)
    return (
      <Empty title="没有符合条件的问题。">
        <p>换一个条件再看；交办给您或您学校的问题会列在这里。</p>
      </Empty>
    );
  return (
    <div className="stack">
      <FindingList rows={rows} />
      {query.hasNextPage ? (
        <Button onClick={() => void query.fetchNextPage()} busy={query.isFetchingNextPage}>
          再看一些
        </Button>
      ) : null}
      <p className="muted small">
        共显示 {rows.length} 项{query.hasNextPage ? '，还有更多' : ''}
        {asOf === undefined ? '' : `；截至 ${chinaClock(new Date(asOf))}`}
      </p>
    </div>
  );
};
