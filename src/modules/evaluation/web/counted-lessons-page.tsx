import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { gradeLabels, subjectLabels, subjects } from '#modules/organisation/vocabulary/contract.ts';
import { chinaClock, chinaDay, chineseDate } from '#platform/dates.ts';
import { Button } from '#web/ui/button.tsx';
import { type Column, DataTable } from '#web/ui/data-table.tsx';
import { Badge, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Failure, Loading } from '#web/ui/states.tsx';
import { type CountedLesson, type FigureFilter, leaderPosts } from '../contract.ts';
import { idOrNone, useAddress } from './parts/address.ts';
import { evaluation } from './parts/api.ts';

const yesOrNo = (text: string | undefined): boolean | undefined =>
  text === 'true' ? true : text === 'false' ? false : undefined;

const numberOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,2}$/.test(text) ? Number(text) : undefined;

/** Null when the address names no figure. */
const useFilter = (): FigureFilter | null => {
  const { text } = useAddress();
  const [personId, schoolId, termId] = ['personId', 'schoolId', 'termId'].map((name) => idOrNone(text(name)));
  const post = leaderPosts.find((one) => one === text('post'));
  if (personId === undefined || schoolId === undefined || termId === undefined || post === undefined)
    return null;
  return {
    personId,
    schoolId,
    termId,
    post,
    grade: numberOf(text('grade')),
    subject: subjects.find((one) => one === text('subject')),
    week: numberOf(text('week')),
    fedBack: yesOrNo(text('fedBack')),
    away: yesOrNo(text('away')),
  };
};

const inWords = ({ grade, subject, week, fedBack, away }: FigureFilter): string =>
  [
    week === undefined ? '' : `第${week}周`,
    grade === undefined ? '' : (gradeLabels[grade] ?? ''),
    subject === undefined ? '' : subjectLabels[subject],
    fedBack === undefined ? '' : fedBack ? '已反馈' : '尚未反馈',
    away === true ? '在外校' : '',
  ]
    .filter((part) => part !== '')
    .join('、');

export const Page = (): ReactNode => {
  const filter = useFilter();
  return filter === null ? (
    <Frame title="计入的听课记录" back={{ to: '/progress', label: '听课进度' }}>
      <Empty title="请从听课进度里点一个数字进来。" />
    </Frame>
  ) : (
    <Lessons filter={filter} />
  );
};

const slots = ({ slotFrom, slotTo }: CountedLesson): string =>
  slotFrom === slotTo ? `第${slotFrom}节` : `第${slotFrom}—${slotTo}节`;

const columns: Column<CountedLesson>[] = [
  {
    title: '日期',
    lead: true,
    cell: (row) => (
      <Link to="/observations/$observationId" params={{ observationId: row.id }}>
        {chineseDate(row.dayOn)} {slots(row)}
      </Link>
    ),
  },
  { title: '节数', align: 'right', cell: ({ lessons: count }) => count },
  { title: '学校', cell: ({ schoolName }) => schoolName },
  { title: '年级', cell: ({ grade }) => gradeLabels[grade] },
  { title: '学科', cell: ({ subject }) => subjectLabels[subject] },
  {
    title: '情况',
    cell: ({ fedBack, away, late }) => (
      <span className="row">
        {fedBack ? <Badge tone="good">已反馈</Badge> : <Badge>未反馈</Badge>}
        {away ? <Badge tone="info">外校</Badge> : null}
        {late ? <Badge>补记</Badge> : null}
      </span>
    ),
  },
];

const Lessons = ({ filter }: { filter: FigureFilter }): ReactNode => {
  const query = useInfiniteQuery(
    evaluation.query.listCountedLessons.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...filter, limit: 50, cursor }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  const [first] = query.data?.pages ?? [];
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const words = inWords(filter);
  const lessons = rows.reduce((sum, row) => sum + row.lessons, 0);
  return (
    <Frame
      title={first === undefined ? '计入的听课记录' : `${first.observerName}计入的听课记录`}
      lead={words === '' ? '全部计入的记录。' : `只列：${words}。`}
      back={{ to: '/progress', label: '听课进度' }}
    >
      <Panel>
        {query.isPending ? (
          <Loading />
        ) : query.isError ? (
          <Failure error={query.error} retry={() => void query.refetch()} />
        ) : (
          <>
            <DataTable
              caption="计入的听课记录"
              rows={rows}
              rowKey={({ id }) => id}
              empty={<Empty title="没有这样的记录。" />}
              columns={columns}
            />
            {query.hasNextPage ? (
              <Button onClick={() => void query.fetchNextPage()} busy={query.isFetchingNextPage}>
                再看一些
              </Button>
            ) : null}
            <p className="muted small">
              已列 {rows.length} 份、合计 {lessons} 节{query.hasNextPage ? '，还有更多' : ''}
              {first === undefined
                ? ''
                : `；截至${chineseDate(chinaDay(new Date(first.asOf)))}${chinaClock(new Date(first.asOf))}`}
              。
            </p>
          </>
        )}
      </Panel>
    </Frame>
  );
};
