import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { organisationContract } from '#modules/organisation/contract.ts';
import { chinaClock, chinaDay, chineseDate } from '#platform/dates.ts';
import { createModuleApi } from '#web/rpc.ts';
import { linkTo } from '#web/ui/button.tsx';
import { type Column, DataTable } from '#web/ui/data-table.tsx';
import { SelectField } from '#web/ui/field.tsx';
import { Figure, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Loaded } from '#web/ui/states.tsx';
import type { FindingFigures } from '../finding/contract.ts';
import { type FindingFlag, findingTypeLabels } from '../finding/vocabulary/contract.ts';
import { classroom } from './parts/api.ts';
import { useFindingAddress } from './parts/finding-address.ts';

const organisation = createModuleApi<typeof organisationContract>('organisation');

type Narrowing = Readonly<Record<string, string>>;

/** A number that opens its rows; none opens nothing. */
const Count = ({ value, where, flag }: { value: number; where: Narrowing; flag?: FindingFlag }): ReactNode =>
  value === 0 ? (
    0
  ) : (
    <Link {...linkTo('/findings', flag === undefined ? { ...where } : { ...where, flag })}>{value}</Link>
  );

const share = (part: number, whole: number): string =>
  part === 0 ? '' : `（${Math.round((part / whole) * 100)}%）`;

const daysText = (days: number | null): string => (days === null ? '—' : `${Math.round(days * 10) / 10} 天`);

const columnsOf = <Row extends FindingFigures>(
  first: Column<Row>,
  where: (row: Row) => Narrowing,
): Column<Row>[] => [
  first,
  { title: '问题', align: 'right', cell: (row) => <Count value={row.total} where={where(row)} /> },
  {
    title: '未销号',
    align: 'right',
    cell: (row) => <Count value={row.open} where={where(row)} flag="open" />,
  },
  {
    title: '逾期',
    align: 'right',
    cell: (row) => <Count value={row.overdue} where={where(row)} flag="overdue" />,
  },
  {
    title: '已销号',
    align: 'right',
    cell: (row) => <Count value={row.closed} where={where(row)} flag="closed" />,
  },
  { title: '销号用时（中位）', align: 'right', cell: (row) => daysText(row.medianDays) },
  {
    title: '退回过',
    align: 'right',
    cell: (row) => (
      <>
        <Count value={row.sentBack} where={where(row)} flag="sent-back" />
        {share(row.sentBack, row.rechecked)}
      </>
    ),
  },
  {
    title: '重复发生',
    align: 'right',
    cell: (row) => <Count value={row.repeated} where={where(row)} flag="repeated" />,
  },
];

export const Page = (): ReactNode => {
  const { termId, set } = useFindingAddress();
  const query = useQuery(classroom.query.findingFigures.queryOptions({ input: { termId } }));
  const terms = useQuery(organisation.query.listTerms.queryOptions({ input: {} }));
  return (
    <Frame
      title="整改情况"
      width="wide"
      lead="只统计区对校的问题，学校认领或说明期满以后才计入。各校按附件2的次序排列，不作排名；点数字看每一条。"
      back={{ to: '/findings', label: '问题整改' }}
    >
      <Loaded query={query}>
        {({ all, schools, types, term, from, to, answerDays, asOf }) => {
          const base = { kind: 'district', counted: 'true', from, to };
          return (
            <>
              <div className="filters">
                <SelectField
                  label="学期"
                  value={term.id}
                  choices={(terms.data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }))}
                  onValue={(value) => set('termId', value)}
                />
              </div>
              <div className="figures">
                <Figure label="问题" value={all.total} unit="个" to="/findings" search={base} />
                <Figure
                  label="未销号"
                  value={all.open}
                  unit="个"
                  to="/findings"
                  search={{ ...base, flag: 'open' }}
                />
                <Figure
                  label="逾期"
                  value={all.overdue}
                  unit="个"
                  to="/findings"
                  search={{ ...base, flag: 'overdue' }}
                />
                <Figure
                  label="销号用时（中位）"
                  value={daysText(all.medianDays)}
                  note={`已销号 ${all.closed} 个`}
                  to="/findings"
                  search={{ ...base, flag: 'closed' }}
                />
                <Figure
                  label="退回过"
                  value={all.sentBack}
                  unit="个"
                  note={
                    all.rechecked === 0
                      ? undefined
                      : `回头看过 ${all.rechecked} 个${share(all.sentBack, all.rechecked)}`
                  }
                  to="/findings"
                  search={{ ...base, flag: 'sent-back' }}
                />
                <Figure
                  label="重复发生"
                  value={all.repeated}
                  unit="个"
                  to="/findings"
                  search={{ ...base, flag: 'repeated' }}
                />
              </div>
              <Panel title="各校">
                <DataTable
                  caption="各校问题整改情况，按附件2的次序"
                  rows={schools}
                  rowKey={({ schoolId }) => schoolId}
                  columns={[
                    ...columnsOf(
                      { title: '学校', lead: true, cell: ({ schoolName }) => schoolName },
                      ({ schoolId }: (typeof schools)[number]) => ({ ...base, schoolId }),
                    ),
                    { title: '联合体', cell: ({ placeName }) => placeName },
                  ]}
                />
              </Panel>
              <Panel title="各类问题">
                <DataTable
                  caption="各类问题整改情况"
                  rows={types}
                  rowKey={({ type }) => type}
                  columns={columnsOf(
                    { title: '类型', lead: true, cell: ({ type }) => findingTypeLabels[type] },
                    ({ type }: (typeof types)[number]) => ({ ...base, type }),
                  )}
                />
              </Panel>
              <p className="muted small">
                {term.name}，按发现日期统计。交办后学校有 {answerDays} 天可以说明。截至{' '}
                {chineseDate(chinaDay(new Date(asOf)))} {chinaClock(new Date(asOf))}。
              </p>
            </>
          );
        }}
      </Loaded>
    </Frame>
  );
};
