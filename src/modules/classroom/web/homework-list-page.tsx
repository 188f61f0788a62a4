import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { gradeLabels, subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chineseDate } from '#platform/dates.ts';
import { type Column, DataTable } from '#web/ui/data-table.tsx';
import { Badge, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Failure, Loading } from '#web/ui/states.tsx';
import type { HomeworkRow } from '../homework-check/contract.ts';
import { homeworkKindLabels, homeworkKinds, standingLabels } from '../homework-check/vocabulary/contract.ts';
import { classroom } from './parts/api.ts';
import { PassOn } from './parts/pass-on.tsx';
import { useAddress } from './parts/use-address.ts';

const columnsOf = (overOf: ReadonlyMap<string, readonly string[]>): Column<HomeworkRow>[] => [
  {
    title: '日期和班级',
    lead: true,
    cell: ({ dayOn, classLabel, grade }) => `${chineseDate(dayOn)} ${classLabel ?? gradeLabels[grade]}`,
  },
  { title: '学校', cell: ({ schoolName }) => schoolName },
  { title: '来源', cell: ({ kind }) => homeworkKindLabels[kind] },
  { title: '合计', align: 'right', cell: ({ minutes }) => `${minutes} 分钟` },
  { title: '带回家', align: 'right', cell: ({ takeHomeMinutes }) => `${takeHomeMinutes} 分钟` },
  {
    title: '各科',
    cell: ({ items }) =>
      items.length === 0
        ? '没有书面作业'
        : items.map(({ subject, minutes }) => `${subjectLabels[subject]} ${minutes}`).join('、'),
  },
  {
    title: '情况',
    cell: ({ id, standing, dayOn, classLabel, grade }) => (
      <div className="stack">
        <span>
          <Badge tone={standing === 'within' ? 'good' : standing === 'over' ? 'warn' : 'bad'}>
            {standingLabels[standing]}
          </Badge>
        </span>
        {standing === 'within' ? null : (
          <PassOn
            source="homework-check"
            sourceId={id}
            all={overOf.get(id) ?? [id]}
            about={`${chineseDate(dayOn)} ${classLabel ?? gradeLabels[grade]}`}
          />
        )}
      </div>
    ),
  },
];

export const Page = (): ReactNode => {
  const { id, day, text } = useAddress();
  const input = {
    schoolId: id('schoolId'),
    from: day('from'),
    to: day('to'),
    kind: homeworkKinds.find((one) => one === text('kind')),
    over: text('over') === 'true' ? true : undefined,
  };
  const query = useInfiniteQuery(
    classroom.query.listHomework.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...input, limit: 30, cursor }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  const [first] = query.data?.pages ?? [];
  const pages = query.data?.pages ?? [];
  /** Each page asks for its own rows over the limit. */
  const overOf = new Map(
    pages.flatMap(({ rows }) => {
      const over = rows.flatMap((row) => (row.standing === 'within' ? [] : [row.id]));
      return over.map((rowId) => [rowId, over] as const);
    }),
  );
  return (
    <Frame
      title="作业登记"
      lead={input.over === true ? '只列超过上限的，新的在前。' : '新的在前。'}
      back={{ to: '/homework/term', label: '作业总量' }}
    >
      <Panel>
        {query.isPending ? (
          <Loading />
        ) : query.isError ? (
          <Failure error={query.error} retry={() => void query.refetch()} />
        ) : (
          <>
            {first === undefined ? null : <p>共 {first.total.posted + first.total.spot} 班·天。</p>}
            <DataTable
              caption="作业登记"
              rows={query.data.pages.flatMap(({ rows }) => rows)}
              rowKey={({ id: rowId }) => rowId}
              columns={columnsOf(overOf)}
              empty={<Empty title="没有这样的登记。" />}
              more={
                query.hasNextPage
                  ? { load: () => void query.fetchNextPage(), busy: query.isFetchingNextPage }
                  : undefined
              }
            />
          </>
        )}
      </Panel>
    </Frame>
  );
};
