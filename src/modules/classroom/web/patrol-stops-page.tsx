import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chineseDate } from '#platform/dates.ts';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { Badge, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Loaded } from '#web/ui/states.tsx';
import { findingText, slotLabel } from '../patrol/rules.ts';
import { findingLabels, handlingLabels } from '../patrol/vocabulary/contract.ts';
import type { StopRow } from '../patrol/week/contract.ts';
import { classroom } from './parts/api.ts';
import { usePatrolSpan } from './parts/use-patrol-span.ts';
import './patrol.css';

const said = ({ result, findings, note, taughtSubject }: StopRow): string =>
  result === 'in-order'
    ? '正常'
    : [
        ...findings.map(findingText),
        taughtSubject === null ? '' : `实际在上${subjectLabels[taughtSubject]}`,
        note,
      ]
        .filter((text) => text !== '')
        .join('，');

/** The stops behind a figure of the week, by day. */
export const Page = (): ReactNode => {
  const span = usePatrolSpan();
  const { from, to, kind, lostSubject, result, serious } = span;
  const query = useInfiniteQuery(
    classroom.query.listPatrolStops.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...span, limit: 60, cursor }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  const narrowed = [
    kind === undefined ? '' : findingLabels[kind],
    lostSubject === undefined
      ? ''
      : `${lostSubject === 'none' ? '课表无课' : subjectLabels[lostSubject]}被挪用、挤占`,
    result === undefined ? '' : result === 'in-order' ? '正常' : '有记录',
    serious === true ? '需立即报告' : '',
  ].filter((text) => text !== '');
  return (
    <Frame
      title="巡课明细"
      back={{ to: `/patrols/week`, label: '周汇总' }}
      lead={`${chineseDate(from)}—${chineseDate(to)}${narrowed.length === 0 ? '' : `，${narrowed.join('，')}`}`}
      actions={<Button onClick={() => window.print()}>打印</Button>}
    >
      <Panel>
        <Loaded query={query}>
          {({ pages }) => (
            <DataTable
              caption="巡到的教室，按日期"
              rows={pages.flatMap(({ rows }) => rows)}
              rowKey={({ markId }) => markId}
              more={
                query.hasNextPage
                  ? { load: () => void query.fetchNextPage(), busy: query.isFetchingNextPage }
                  : undefined
              }
              columns={[
                {
                  title: '班级',
                  lead: true,
                  cell: (row) => <Link to={`/patrols/${row.patrolId}`}>{row.classLabel}</Link>,
                },
                {
                  title: '时间',
                  cell: (row) => `${chineseDate(row.dayOn)} ${slotLabel(row.halfDay, row.slot)}`,
                },
                {
                  title: '课表',
                  cell: (row) =>
                    `${row.subject === null ? '无课' : subjectLabels[row.subject]} ${row.teacherName}`,
                },
                { title: '所见', cell: said },
                {
                  title: '处理',
                  cell: (row) => (
                    <span className="row">
                      {row.handling === null ? '' : handlingLabels[row.handling]}
                      {row.passedOn ? <Badge tone="info">已转入整改</Badge> : null}
                    </span>
                  ),
                },
                { title: '巡课人', cell: (row) => row.patrollerName },
              ]}
            />
          )}
        </Loaded>
      </Panel>
    </Frame>
  );
};
