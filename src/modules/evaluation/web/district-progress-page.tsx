import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { stageLabels, stages } from '#modules/organisation/vocabulary/contract.ts';
import { Bars } from '#web/ui/bars.tsx';
import { ButtonLink, linkTo } from '#web/ui/button.tsx';
import { type Column, DataTable } from '#web/ui/data-table.tsx';
import { Segments } from '#web/ui/field.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { Loaded } from '#web/ui/states.tsx';
import './parts/evaluation.css';
import type { DistrictProgress, LedgerOfPrincipal } from '../contract.ts';
import { percent } from '../observing/rules.ts';
import { idOrNone, useAddress } from './parts/address.ts';
import { evaluation } from './parts/api.ts';
import { AsOf } from './parts/as-of.tsx';
import { DistrictFigures } from './parts/district-figures.tsx';
import { TermSelect } from './parts/term-select.tsx';

type Unit = DistrictProgress['units'][number];

const monthLabel = (month: string): string => `${Number(month.slice(5))}月`;

type Ledgers = ReadonlyMap<string, LedgerOfPrincipal>;

const ledgersOf = ({ principals }: Unit, ledgers: Ledgers): LedgerOfPrincipal[] =>
  principals.flatMap(({ personId }) => ledgers.get(personId) ?? []);

const columnsOf = (termId: string, ledgers: Ledgers): Column<Unit>[] => [
  {
    title: '学校',
    lead: true,
    cell: ({ schoolId, schoolName }) => (
      <Link {...linkTo('/evaluation', { schoolId, termId })}>{schoolName}</Link>
    ),
  },
  {
    title: '校长',
    cell: ({ principals }) =>
      principals.length === 0 ? (
        <span className="muted">未登记</span>
      ) : (
        principals.map(({ personId, personName }) => (
          <span key={personId} className="row">
            <Link {...linkTo('/progress', { personId, termId })}>{personName}</Link>
          </span>
        ))
      ),
  },
  {
    title: '已听',
    align: 'right',
    cell: ({ lessons, principals }) => {
      const [first] = principals;
      return first === undefined ? (
        lessons
      ) : (
        <Link {...linkTo('/progress', { personId: first.personId, termId })}>{lessons}</Link>
      );
    },
  },
  {
    title: '到今天应听',
    align: 'right',
    cell: ({ expected }) => (expected === null ? '—' : Math.round(expected)),
  },
  { title: '本学期目标', align: 'right', cell: ({ amount }) => amount ?? '不设' },
  {
    title: '已反馈',
    align: 'right',
    cell: ({ fedBack, records }) => {
      const share = percent(fedBack, records);
      return share === null ? '—' : `${fedBack} 份（${share}%）`;
    },
  },
  {
    title: '台账提示',
    align: 'right',
    cell: (unit) => {
      const own = ledgersOf(unit, ledgers);
      const remarks = own.reduce((sum, one) => sum + one.remarks, 0);
      const explained = own.reduce((sum, one) => sum + one.explained, 0);
      return own.length === 0 ? '—' : remarks === 0 ? '无' : `${remarks} 处，已说明 ${explained}`;
    },
  },
  {
    title: '节数不足的说明',
    cell: (unit) =>
      ledgersOf(unit, ledgers).map(({ personId, shortfall }) =>
        shortfall === null ? null : <p key={personId}>{shortfall}</p>,
      ),
  },
  { title: '联合体', cell: ({ consortiumNames }) => consortiumNames.join('、') },
];

export const Page = (): ReactNode => {
  const { text, set } = useAddress();
  const termId = idOrNone(text('termId'));
  const stage = stages.find((one) => one === text('stage'));
  const query = useQuery(evaluation.query.districtProgress.queryOptions({ input: { termId, stage } }));
  const asked = useQuery(evaluation.query.districtLedgers.queryOptions({ input: { termId } }));
  const ledgers: Ledgers = new Map((asked.data?.rows ?? []).map((one) => [one.personId, one]));
  return (
    <Frame
      title="区级听课进度"
      lead="各单位校长的听课节数，按校名排列，不作比较和排名。区级只看节数，不看听课内容。"
      actions={<ButtonLink to="/targets">目标设置</ButtonLink>}
      width="wide"
    >
      <Loaded query={query}>
        {(district) => (
          <>
            <div className="filters">
              <TermSelect value={district.term.id} onValue={(value) => set('termId', value)} />
              <Segments
                label="学段"
                value={stage ?? 'all'}
                choices={[
                  { value: 'all', label: '全部' },
                  ...stages.map((one) => ({ value: one, label: stageLabels[one] })),
                ]}
                onValue={(value) => set('stage', value === 'all' ? '' : value)}
              />
            </div>
            <DistrictFigures district={district} />
            <Panel title="每月听课节数">
              <div className="months">
                <Bars
                  caption="每月听课节数"
                  labelTitle="月份"
                  valueTitle="节数"
                  rows={district.months.map(({ month, lessons }) => ({
                    label: monthLabel(month),
                    value: lessons,
                  }))}
                />
              </div>
            </Panel>
            <Panel title="各单位">
              <DataTable
                caption="各单位校长听课节数，按校名排列"
                rows={district.units}
                rowKey={({ schoolId }) => schoolId}
                columns={columnsOf(district.term.id, ledgers)}
              />
            </Panel>
            <AsOf term={district.term} asOf={district.asOf} rule={district.rule} />
          </>
        )}
      </Loaded>
    </Frame>
  );
};
