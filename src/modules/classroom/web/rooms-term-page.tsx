import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { gradeLabels, subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chinaClock, chinaDay, chineseDate } from '#platform/dates.ts';
import { Bars } from '#web/ui/bars.tsx';
import { ButtonLink, linkTo } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { Figure, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Loaded } from '#web/ui/states.tsx';
import { openingSentence } from '../room-use/rules.ts';
import { roomKindLabels } from '../room-use/vocabulary/contract.ts';
import { classroom } from './parts/api.ts';
import { useAddress } from './parts/use-address.ts';
import './checks.css';

const list = '/rooms/list';

export const Page = (): ReactNode => {
  const { id } = useAddress();
  const schoolId = id('schoolId');
  const query = useQuery(
    classroom.query.roomTerm.queryOptions({ input: { schoolId, termId: id('termId') } }),
  );
  const school = query.data?.school ?? null;
  return (
    <Frame
      title={school === null ? '场所使用情况' : `${school.name} · 场所使用情况`}
      lead="一次预约计一次使用，已取消的和还没到的不计。不作比较和排名。"
      back={
        schoolId === undefined
          ? { to: '/rooms', label: '场所使用' }
          : { to: '/rooms/term', label: '场所使用情况' }
      }
      actions={<ButtonLink to="/experiments">应开实验表</ButtonLink>}
    >
      <Loaded query={query}>
        {({ term, total, weeks, kinds, rooms, schools, library, experiments, experimentYear, asOf }) => {
          const span = {
            from: term.from,
            to: term.to,
            ...(school === null ? {} : { schoolId: school.id }),
          };
          return (
            <>
              <div className="figures">
                <Figure label="使用" value={total} unit="次" to={list} search={span} />
                {kinds
                  .filter((one) => one.rooms > 0 || one.uses > 0)
                  .map((one) => (
                    <Figure
                      key={one.kind}
                      label={roomKindLabels[one.kind]}
                      value={one.uses}
                      unit="次"
                      note={`${one.rooms} 间`}
                      to={list}
                      search={{ ...span, kind: one.kind }}
                    />
                  ))}
              </div>
              <Panel title="每周使用">
                <Bars
                  caption="每周使用次数"
                  labelTitle="周次"
                  valueTitle="次"
                  rows={weeks.map(({ week, from, to, uses }) => ({
                    label: `第${week}周`,
                    value: uses,
                    opens: { to: list, search: { ...span, from, to } },
                  }))}
                />
              </Panel>
              {rooms.length === 0 ? null : (
                <Panel title="各场所" lead={`图书室开放时间的依据：${library.clause}。`}>
                  <DataTable
                    caption="各场所的使用次数和图书室开放时间"
                    rows={rooms}
                    rowKey={({ roomId }) => roomId}
                    columns={[
                      { title: '场所', lead: true, cell: ({ name }) => name },
                      { title: '类别', cell: ({ kind }) => roomKindLabels[kind] },
                      {
                        title: '使用',
                        align: 'right',
                        cell: ({ roomId, uses, name }) => (
                          <Link
                            {...linkTo(list, { ...span, roomId })}
                            aria-label={`${name} ${uses} 次，看明细`}
                          >
                            {uses} 次
                          </Link>
                        ),
                      },
                      { title: '平均每周', align: 'right', cell: ({ perWeek }) => `${perWeek} 次` },
                      {
                        title: '开放时间',
                        cell: ({ kind, openingMinutes }) =>
                          kind === 'library' ? openingSentence(openingMinutes, library.hoursWanted) : '—',
                      },
                    ]}
                  />
                </Panel>
              )}
              {school === null ? null : (
                <Panel
                  title="实验开出率"
                  lead={`${chineseDate(experimentYear.from)}至${chineseDate(experimentYear.to)}：本年级应开的实验中，至少有一个班登记“已开出”的项数。`}
                >
                  <DataTable
                    caption="各学科各年级的实验开出率"
                    rows={experiments}
                    rowKey={({ subject, grade }) => `${subject}${grade}`}
                    empty={<p className="muted">应开实验表上还没有本校年级的实验。</p>}
                    columns={[
                      {
                        title: '学科年级',
                        lead: true,
                        cell: ({ subject, grade }) => `${gradeLabels[grade]} ${subjectLabels[subject]}`,
                      },
                      { title: '应开', align: 'right', cell: ({ required }) => `${required} 项` },
                      {
                        title: '已开出',
                        align: 'right',
                        cell: ({ held, subject, grade }) => (
                          <Link
                            {...linkTo(list, {
                              schoolId: school.id,
                              ...experimentYear,
                              purpose: 'experiment',
                              held: 'true',
                              requiredSubject: subject,
                              requiredGrade: String(grade),
                            })}
                            aria-label={`${gradeLabels[grade]}${subjectLabels[subject]}已开出 ${held} 项，看明细`}
                          >
                            {held} 项
                          </Link>
                        ),
                      },
                      {
                        title: '开出率',
                        align: 'right',
                        cell: ({ rate }) => (rate === null ? '—' : `${rate}%`),
                      },
                    ]}
                  />
                </Panel>
              )}
              {schools.length === 0 ? null : (
                <Panel title="各校" lead="按全区常用的学校顺序排列，不作比较。">
                  <DataTable
                    phone="scroll"
                    caption="各校的场所和使用次数，按全区常用的学校顺序"
                    rows={schools}
                    rowKey={(row) => row.schoolId}
                    columns={[
                      {
                        title: '学校',
                        lead: true,
                        cell: (row) => (
                          <Link {...linkTo('/rooms/term', { schoolId: row.schoolId })}>{row.schoolName}</Link>
                        ),
                      },
                      { title: '场所', align: 'right', cell: (row) => `${row.rooms} 间` },
                      {
                        title: '使用',
                        align: 'right',
                        cell: (row) => (
                          <Link
                            {...linkTo(list, { ...span, schoolId: row.schoolId })}
                            aria-label={`${row.schoolName} ${row.uses} 次，看明细`}
                          >
                            {row.uses} 次
                          </Link>
                        ),
                      },
                    ]}
                  />
                </Panel>
              )}
              <p className="muted small">
                {term.name}；截至{chineseDate(chinaDay(new Date(asOf)))}
                {chinaClock(new Date(asOf))}。
              </p>
            </>
          );
        }}
      </Loaded>
    </Frame>
  );
};
