import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { chinaDay, chineseDate } from '#platform/dates.ts';
import { formatDocumentNumber } from '#platform/official-document/numbering.ts';
import { Button } from '#web/ui/button.tsx';
import { type Column, DataTable } from '#web/ui/data-table.tsx';
import { choicesOf, SelectField } from '#web/ui/field.tsx';
import { Badge, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Failure, Loading } from '#web/ui/states.tsx';
import type { CircularRow } from '../contract.ts';
import { circularKindLabels, circularStateLabels, circularStates } from '../vocabulary/contract.ts';
import { circulars } from './parts/api.ts';
import { NewBulletin, NewNotice } from './parts/new-circular.tsx';
import { StateBadge } from './parts/state-badge.tsx';

const monthOf = (day: string): string => `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月`;

const period = ({ periodFrom, periodTo }: CircularRow): string => {
  if (periodFrom === null || periodTo === null) return '—';
  const [first, last] = [monthOf(periodFrom), monthOf(periodTo)];
  return first === last ? first : `${first}—${last}`;
};

const reading = ({ readByMe, state, recipients, receipts }: CircularRow, seesAll: boolean): ReactNode => {
  const mine =
    readByMe === null ? null : readByMe ? <Badge tone="good">已读</Badge> : <Badge tone="warn">未读</Badge>;
  if (!seesAll || state === 'draft' || state === 'checked' || state === 'signed') return mine ?? '—';
  return (
    <span className="row">
      {mine}
      {receipts}／{recipients} 人已读
    </span>
  );
};

const columnsFor = (seesAll: boolean): Column<CircularRow>[] => [
  {
    title: '标题',
    lead: true,
    cell: (row) => (
      <Link to="/circulars/$circularId" params={{ circularId: row.id }}>
        {row.title}
      </Link>
    ),
  },
  { title: '文种', cell: ({ kind }) => circularKindLabels[kind] },
  { title: '期间', cell: period },
  {
    title: '发文字号',
    cell: ({ documentNumber }) => (documentNumber === null ? '—' : formatDocumentNumber(documentNumber)),
  },
  { title: '状态', cell: (row) => <StateBadge state={row.state} /> },
  {
    title: '印发日期',
    cell: ({ issuedAt }) => (issuedAt === null ? '—' : chineseDate(chinaDay(new Date(issuedAt)))),
  },
  { title: '阅读', cell: (row) => reading(row, seesAll || row.readByMe === null) },
];

export const Page = (): ReactNode => {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const state = circularStates.find((one) => one === search['state']);
  const [adding, setAdding] = useState<'bulletin' | 'notice' | null>(null);
  const query = useInfiniteQuery(
    circulars.query.listCirculars.infiniteOptions({
      input: (cursor: string | undefined) => ({ state, limit: 20, cursor }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  const [first] = query.data?.pages ?? [];
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const mayDraft = first?.mayDraft === true;
  return (
    <Frame
      title="通报与通知"
      lead="“校长听课分析指导”每月通报一次，“规范书写”定期通报：整改情况按月或按学期通报：草稿由平台的记录生成，核稿、签发以后编号印发。整改通知书从“问题整改”里拟，只发给那一所学校。"
      actions={
        mayDraft ? (
          <>
            <Button variant="primary" onClick={() => setAdding('bulletin')}>
              拟本月通报
            </Button>
            <Button onClick={() => setAdding('notice')}>拟通知</Button>
          </>
        ) : undefined
      }
    >
      <Panel>
        <div className="filters">
          <SelectField
            label="状态"
            value={state ?? ''}
            none="全部"
            choices={choicesOf(circularStates, circularStateLabels)}
            onValue={(value) =>
              void navigate({ to: '.', search: value === '' ? {} : { state: value }, replace: true })
            }
          />
        </div>
        {query.isPending ? (
          <Loading />
        ) : query.isError ? (
          <Failure error={query.error} retry={() => void query.refetch()} />
        ) : (
          <DataTable
            caption="通报与通知"
            rows={rows}
            rowKey={({ id }) => id}
            empty={
              <Empty title={state === undefined ? '还没有通报和通知。' : '没有这个状态的公文。'}>
                {mayDraft ? <p>可以从“拟本月通报”开始，草稿由听课数据生成。</p> : null}
              </Empty>
            }
            more={
              query.hasNextPage
                ? { load: () => void query.fetchNextPage(), busy: query.isFetchingNextPage }
                : undefined
            }
            columns={columnsFor(mayDraft)}
          />
        )}
      </Panel>
      {adding === 'bulletin' ? <NewBulletin onClose={() => setAdding(null)} /> : null}
      {adding === 'notice' ? <NewNotice onClose={() => setAdding(null)} /> : null}
    </Frame>
  );
};
