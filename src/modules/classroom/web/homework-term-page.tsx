import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { chinaClock, chinaDay, chineseDate } from '#platform/dates.ts';
import { Bars } from '#web/ui/bars.tsx';
import { ButtonLink, linkTo } from '#web/ui/button.tsx';
import { type Column, DataTable } from '#web/ui/data-table.tsx';
import { Figure, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import type { HomeworkTotals } from '../homework-check/contract.ts';
import { classroom } from './parts/api.ts';
import { useAddress } from './parts/use-address.ts';
import './checks.css';

const list = '/homework/list';

const counted = [
  ['posted', '公示', { kind: 'posted' }],
  ['postedOver', '公示超上限', { kind: 'posted', over: 'true' }],
  ['spot', '抽查', { kind: 'spot' }],
  ['spotOver', '抽查超上限', { kind: 'spot', over: 'true' }],
] as const;

const countColumns = <Row extends HomeworkTotals>(
  searchOf: (row: Row) => Record<string, string>,
): Column<Row>[] =>
  counted.map(([name, title, filter]) => ({
    title,
    align: 'right',
    cell: (row) =>
      row[name] === 0 ? '0' : <Link {...linkTo(list, { ...searchOf(row), ...filter })}>{row[name]}</Link>,
  }));

export const Page = (): ReactNode => {
  const { id } = useAddress();
  const schoolId = id('schoolId');
  const query = useQuery(
    classroom.query.homeworkTrend.queryOptions({ input: { schoolId, termId: id('termId') } }),
  );
  const school = query.data?.school ?? null;
  return (
    <Frame
      title={school === null ? '作业总量' : `${school.name} · 作业总量`}
      lead="按班级和日期计，看各科合计是否超过上限。不作比较和排名。"
      back={
        schoolId === undefined
          ? { to: '/homework', label: '作业公示' }
          : { to: '/homework/term', label: '作业总量' }
      }
      actions={<ButtonLink to="/homework">登记</ButtonLink>}
    >
      <Loaded query={query}>
        {({ term, total, weeks, schools, asOf }) => {
          const span = {
            from: term.from,
            to: term.to,
            ...(school === null ? {} : { schoolId: school.id }),
          };
          return (
            <>
              <div className="figures">
                {counted.map(([name, label, filter]) => (
                  <Figure
                    key={name}
                    label={label}
                    value={total[name]}
                    unit="班·天"
                    to={list}
                    search={{ ...span, ...filter }}
                  />
                ))}
              </div>
              {total.posted + total.spot === 0 ? (
                <Empty title={`${term.name}还没有登记作业。`}>
                  <p>由任课老师或教务主任每天登记一次，一分钟。</p>
                </Empty>
              ) : (
                <Panel title="逐周">
                  <Bars
                    caption="每周公示中超过上限的班·天"
                    labelTitle="周次"
                    valueTitle="班·天"
                    rows={weeks.map((week) => ({
                      label: `第${week.week}周`,
                      value: week.postedOver,
                      opens: {
                        to: list,
                        search: { ...span, from: week.from, to: week.to, kind: 'posted', over: 'true' },
                      },
                    }))}
                  />
                  <DataTable
                    phone="scroll"
                    caption="逐周登记的班·天"
                    rows={weeks.filter(({ posted, spot }) => posted + spot > 0)}
                    rowKey={({ week }) => String(week)}
                    columns={[
                      { title: '周次', lead: true, cell: ({ week }) => `第${week}周` },
                      ...countColumns<(typeof weeks)[number]>(({ from, to }) => ({ ...span, from, to })),
                    ]}
                  />
                </Panel>
              )}
              {schools.length === 0 ? null : (
                <Panel title="各校" lead="按全区常用的学校顺序排列，不作比较。">
                  <DataTable
                    phone="scroll"
                    caption="各校登记的班·天，按全区常用的学校顺序"
                    rows={schools}
                    rowKey={(row) => row.schoolId}
                    columns={[
                      {
                        title: '学校',
                        lead: true,
                        cell: (row) => (
                          <Link {...linkTo('/homework/term', { schoolId: row.schoolId })}>
                            {row.schoolName}
                          </Link>
                        ),
                      },
                      ...countColumns<(typeof schools)[number]>((row) => ({
                        ...span,
                        schoolId: row.schoolId,
                      })),
                    ]}
                  />
                </Panel>
              )}
              <p className="muted small">
                {term.name}；截至{chineseDate(chinaDay(new Date(asOf)))}
                {chinaClock(new Date(asOf))}。一个班的一天计一次。
              </p>
            </>
          );
        }}
      </Loaded>
    </Frame>
  );
};
