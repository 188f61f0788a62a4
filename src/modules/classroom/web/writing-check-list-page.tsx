import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { gradeLabels, subjectLabels, subjects } from '#modules/organisation/vocabulary/contract.ts';
import { chineseDate } from '#platform/dates.ts';
import { type Column, DataTable } from '#web/ui/data-table.tsx';
import { Badge, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Failure, Loading } from '#web/ui/states.tsx';
import type { WritingRow } from '../writing-check/contract.ts';
import { shareText } from '../writing-check/rules.ts';
import {
  aspectLabels,
  aspects,
  faultLabels,
  faults,
  makerLabels,
} from '../writing-check/vocabulary/contract.ts';
import { classroom } from './parts/api.ts';
import { useAddress } from './parts/use-address.ts';

const columns: Column<WritingRow>[] = [
  {
    title: '日期',
    lead: true,
    cell: (row) => <Link to={`/writing-checks/${row.id}`}>{chineseDate(row.dayOn)}</Link>,
  },
  { title: '学校', cell: ({ schoolName }) => schoolName },
  { title: '班级', cell: ({ classLabel, grade }) => classLabel ?? gradeLabels[grade] },
  { title: '学科', cell: ({ subject }) => subjectLabels[subject] },
  { title: '抽查', align: 'right', cell: ({ sample }) => `${sample} 人` },
  ...aspects.map(
    (aspect): Column<WritingRow> => ({
      title: aspectLabels[aspect],
      align: 'right',
      cell: (row) => shareText(row[aspect], row.sample),
    }),
  ),
  { title: '来源', cell: ({ madeAs }) => <Badge>{makerLabels[madeAs]}</Badge> },
];

export const Page = (): ReactNode => {
  const { id, day, number, text } = useAddress();
  const fault = faults.find((one) => one === text('fault'));
  const input = {
    schoolId: id('schoolId'),
    classId: id('classId'),
    from: day('from'),
    to: day('to'),
    grade: number('grade'),
    subject: subjects.find((one) => one === text('subject')),
    fault,
  };
  const query = useInfiniteQuery(
    classroom.query.listWritingChecks.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...input, limit: 30, cursor }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  const [first] = query.data?.pages ?? [];
  const span = [
    input.from === undefined ? '' : `${chineseDate(input.from)}起`,
    input.to === undefined ? '' : `${chineseDate(input.to)}止`,
    fault === undefined ? '' : `提到“${faultLabels[fault]}”`,
  ].filter((part) => part !== '');
  return (
    <Frame
      title="书写检查记录"
      lead={span.length === 0 ? '全部检查，新的在前。' : `${span.join('，')}。`}
      back={{ to: '/writing-checks', label: '规范书写' }}
    >
      <Panel>
        {query.isPending ? (
          <Loading />
        ) : query.isError ? (
          <Failure error={query.error} retry={() => void query.refetch()} />
        ) : (
          <>
            {first === undefined || first.total.checks === 0 ? null : (
              <p>
                共 {first.total.checks} 次，抽查 {first.total.sample} 人；
                {aspects
                  .map(
                    (aspect) =>
                      `${aspectLabels[aspect]} ${shareText(first.total[aspect], first.total.sample)}`,
                  )
                  .join('，')}
                。
              </p>
            )}
            <DataTable
              caption="书写检查记录"
              rows={query.data.pages.flatMap(({ rows }) => rows)}
              rowKey={({ id: rowId }) => rowId}
              columns={columns}
              empty={<Empty title="没有这样的检查。" />}
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
