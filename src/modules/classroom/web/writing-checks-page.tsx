import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { chinaClock, chinaDay, chineseDate } from '#platform/dates.ts';
import { Bars } from '#web/ui/bars.tsx';
import { ButtonLink, linkTo } from '#web/ui/button.tsx';
import { type Column, DataTable } from '#web/ui/data-table.tsx';
import { choicesOf, Segments } from '#web/ui/field.tsx';
import { Figure, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import type { WritingTotals } from '../writing-check/contract.ts';
import { shareOf, shareText } from '../writing-check/rules.ts';
import {
  type Aspect,
  aspectLabels,
  aspects,
  faultLabels,
  leastSample,
} from '../writing-check/vocabulary/contract.ts';
import { classroom } from './parts/api.ts';
import { useAddress } from './parts/use-address.ts';
import './checks.css';

const list = '/writing-checks/list';

/** Checks, sample and the four shares, the same in every table; the count opens its rows. */
const countColumns = <Row extends WritingTotals>(
  searchOf: (row: Row) => Record<string, string>,
): Column<Row>[] => [
  {
    title: '检查',
    align: 'right',
    cell: (row) =>
      row.checks === 0 ? '0 次' : <Link {...linkTo(list, searchOf(row))}>{row.checks} 次</Link>,
  },
  { title: '抽查', align: 'right', cell: ({ sample }) => `${sample} 人` },
  ...aspects.map(
    (aspect): Column<Row> => ({
      title: aspectLabels[aspect],
      align: 'right',
      cell: (row) => shareText(row[aspect], row.sample),
    }),
  ),
];

export const Page = (): ReactNode => {
  const { id } = useAddress();
  const schoolId = id('schoolId');
  const [aspect, setAspect] = useState<Aspect>('posture');
  const query = useQuery(
    classroom.query.writingTrend.queryOptions({ input: { schoolId, termId: id('termId') } }),
  );
  const data = query.data;
  return (
    <Frame
      title={data?.school == null ? '规范书写' : `${data.school.name} · 规范书写`}
      lead="坐姿、执笔、字体、整洁，每次抽查只记人数。用来看自己的变化，不作比较和排名。"
      {...(schoolId !== undefined && data !== undefined && data.schools.length === 0
        ? { back: { to: '/writing-checks', label: '规范书写' } }
        : {})}
      actions={
        data?.mayCheck === true ? (
          <ButtonLink
            to="/writing-checks/new"
            variant="primary"
            {...(schoolId === undefined ? {} : { search: { schoolId } })}
          >
            记一次检查
          </ButtonLink>
        ) : undefined
      }
    >
      <Loaded query={query}>
        {({ term, school, total, weeks, schools, classes, faults, asOf }) => {
          const span = {
            from: term.from,
            to: term.to,
            ...(school === null ? {} : { schoolId: school.id }),
          };
          const shown = weeks.filter(({ sample }) => sample >= leastSample);
          return total.checks === 0 ? (
            <>
              <Empty title={`${term.name}还没有书写检查。`}>
                <p>到班里看一组学生，一分钟记一次。</p>
              </Empty>
              {schools.length === 0 ? null : <Schools schools={schools} span={span} />}
            </>
          ) : (
            <>
              <div className="figures">
                <Figure label="检查" value={total.checks} unit="次" to={list} search={span} />
                {aspects.map((one) => {
                  const share = shareOf(total[one], total.sample);
                  return (
                    <Figure
                      key={one}
                      label={aspectLabels[one]}
                      value={share === null ? total[one] : `${share}%`}
                      {...(share === null ? { unit: '人' } : {})}
                      note={`${total[one]}／${total.sample} 人`}
                      to={list}
                      search={span}
                    />
                  );
                })}
              </div>
              <Panel title="逐周变化" lead={`抽查不足 ${leastSample} 人的一周，只列人数，不算比例。`}>
                <Segments
                  label="看哪一项"
                  hideLabel
                  value={aspect}
                  choices={choicesOf(aspects, aspectLabels)}
                  onValue={setAspect}
                />
                {shown.length === 0 ? null : (
                  <Bars
                    caption={`${aspectLabels[aspect]}的比例（%），只列抽查满 ${leastSample} 人的周`}
                    labelTitle="周次"
                    valueTitle="%"
                    rows={shown.map((week) => ({
                      label: `第${week.week}周`,
                      value: shareOf(week[aspect], week.sample) ?? 0,
                      opens: { to: list, search: { ...span, from: week.from, to: week.to } },
                    }))}
                  />
                )}
                <DataTable
                  phone="scroll"
                  caption="逐周的检查次数、人数和四项比例"
                  rows={weeks.filter(({ checks }) => checks > 0)}
                  rowKey={({ week }) => String(week)}
                  columns={[
                    { title: '周次', lead: true, cell: ({ week }) => `第${week}周` },
                    ...countColumns<(typeof weeks)[number]>(({ from, to }) => ({ ...span, from, to })),
                  ]}
                />
              </Panel>
              {faults.length === 0 ? null : (
                <Panel title="典型问题" lead="按提到它的检查次数。">
                  <ul className="spread-list">
                    {faults.map(({ fault, checks }) => (
                      <li key={fault}>
                        <span>{faultLabels[fault]}</span>
                        <Link {...linkTo(list, { ...span, fault })}>{checks} 次</Link>
                      </li>
                    ))}
                  </ul>
                </Panel>
              )}
              {classes.length === 0 ? null : (
                <Panel title="各班" lead="只有本校能看到班级。">
                  <DataTable
                    phone="scroll"
                    caption="各班的检查次数、人数和四项比例，按年级和班号排列"
                    rows={classes}
                    rowKey={({ classId }) => classId}
                    columns={[
                      { title: '班级', lead: true, cell: ({ classLabel }) => classLabel },
                      ...countColumns<(typeof classes)[number]>(({ classId }) => ({ ...span, classId })),
                    ]}
                  />
                </Panel>
              )}
              {schools.length === 0 ? null : <Schools schools={schools} span={span} />}
              <p className="muted small">
                {term.name}，{chineseDate(term.from)}至{chineseDate(term.to)}；截至
                {chineseDate(chinaDay(new Date(asOf)))}
                {chinaClock(new Date(asOf))}，不含已撤回的检查。
              </p>
            </>
          );
        }}
      </Loaded>
    </Frame>
  );
};

interface SchoolsProps {
  readonly schools: readonly (WritingTotals & { readonly schoolId: string; readonly schoolName: string })[];
  readonly span: Record<string, string>;
}

const Schools = ({ schools, span }: SchoolsProps): ReactNode => (
  <Panel title="各校" lead="按全区常用的学校顺序排列，不作比较。">
    <DataTable
      phone="scroll"
      caption="各校的检查次数、人数和四项比例，按全区常用的学校顺序"
      rows={schools}
      rowKey={({ schoolId }) => schoolId}
      columns={[
        {
          title: '学校',
          lead: true,
          cell: ({ schoolId, schoolName }) => (
            <Link {...linkTo('/writing-checks', { schoolId })}>{schoolName}</Link>
          ),
        },
        ...countColumns<SchoolsProps['schools'][number]>(({ schoolId }) => ({ ...span, schoolId })),
      ]}
    />
  </Panel>
);
