import type { InferContractRouterOutputs } from '@orpc/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { addDays, chinaClock, chineseDate, weekdayLabels, weekdayOf } from '#platform/dates.ts';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { SelectField } from '#web/ui/field.tsx';
import { Figure, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import type { patrolContract } from '../patrol/contract.ts';
import { findingLabels, type HalfDay, halfDayLabels } from '../patrol/vocabulary/contract.ts';
import { classroom } from './parts/api.ts';
import './classroom.css';
import './patrol.css';

type Week = InferContractRouterOutputs<typeof patrolContract>['sumPatrolWeek'];

const halfDayText = (dayOn: string, halfDay: HalfDay): string =>
  `${weekdayLabels[weekdayOf(dayOn)] ?? ''}${halfDayLabels[halfDay]}`;

const isDayText = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);

export const Page = (): ReactNode => {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const schoolId = typeof search['schoolId'] === 'string' ? search['schoolId'] : undefined;
  const dayOn = isDayText(search['day']) ? search['day'] : undefined;
  const query = useQuery(classroom.query.sumPatrolWeek.queryOptions({ input: { schoolId, dayOn } }));
  const go = (change: Record<string, string>): void =>
    void navigate({
      to: '.',
      search: (before: Record<string, unknown>) => ({ ...before, ...change }),
      replace: true,
    });
  const week = query.data;
  return (
    <Frame
      title="本校巡课周汇总"
      back={{ to: '/patrols', label: '巡课' }}
      lead={
        week === undefined
          ? undefined
          : `${week.school.name} ${chineseDate(week.from)}—${chineseDate(week.to)}${week.week === null ? '' : `，第${week.week}周`}`
      }
      actions={
        <>
          <Button disabled={week === undefined} onClick={() => go({ day: addDays(week?.from ?? '', -7) })}>
            上一周
          </Button>
          <Button disabled={week === undefined} onClick={() => go({ day: addDays(week?.from ?? '', 7) })}>
            下一周
          </Button>
          <Button onClick={() => window.print()}>打印</Button>
        </>
      }
    >
      {week === undefined || week.schools.length < 2 ? null : (
        <div className="filters no-print">
          <SelectField
            label="学校"
            value={week.school.id}
            choices={week.schools.map(({ id, name }) => ({ value: id, label: name }))}
            onValue={(value) => go({ schoolId: value })}
          />
        </div>
      )}
      <Loaded query={query}>{(data) => <WeekSum week={data} />}</Loaded>
    </Frame>
  );
};

const WeekSum = ({ week }: { week: Week }): ReactNode => {
  const { from, to } = week;
  const span = { schoolId: week.school.id, from, to };
  const rows = (more: Record<string, string> = {}) => ({
    to: '/patrols/stops',
    search: { ...span, ...more },
  });
  if (week.patrols === 0 && week.byHalfDay.length === 0)
    return (
      <Empty title="这一周还没有巡课。">
        <p>从“巡课”开始一次，或看上一周。</p>
      </Empty>
    );
  return (
    <>
      <div className="figures">
        <Figure label="巡课" value={week.patrols} unit="次" to="/patrols/school" search={span} />
        <Figure label="巡到教室" value={week.rooms} unit="间次" {...rows()} />
        <Figure label="正常" value={week.inOrder} unit="间次" {...rows({ result: 'in-order' })} />
        <Figure label="有记录" value={week.noted} unit="间次" {...rows({ result: 'noted' })} />
        <Figure label="需立即报告" value={week.serious} unit="间次" {...rows({ serious: 'true' })} />
      </div>
      <Panel title="各类情况" lead="按次数；不按教师汇总。">
        <DataTable
          phone="scroll"
          caption="各类情况的次数"
          rows={week.byKind}
          rowKey={({ kind }) => kind}
          empty={<p className="muted">这一周没有记下情况。</p>}
          columns={[
            { title: '情况', cell: ({ kind }) => findingLabels[kind], lead: true },
            {
              title: '间次',
              align: 'right',
              cell: ({ kind, stops }) => (
                <Link {...rows({ kind })} aria-label={`${findingLabels[kind]} ${stops} 间次，看明细`}>
                  {stops}
                </Link>
              ),
            },
          ]}
        />
      </Panel>
      <Panel title="被挪用、挤占的课" lead="按课表上的学科；同一节课被几次巡到，只算一节。供核对开课用。">
        <DataTable
          phone="scroll"
          caption="被挪用、挤占的课，按学科"
          rows={week.lost}
          rowKey={({ subject }) => subject ?? 'none'}
          empty={<p className="muted">这一周没有记下挪用或挤占。</p>}
          columns={[
            {
              title: '学科',
              cell: ({ subject }) => (subject === null ? '课表无课' : subjectLabels[subject]),
              lead: true,
            },
            {
              title: '节数',
              align: 'right',
              cell: ({ subject, lessons, stops }) => (
                <Link
                  {...rows({ lostSubject: subject ?? 'none' })}
                  aria-label={`${subject === null ? '课表无课' : subjectLabels[subject]} ${lessons} 节，看明细`}
                >
                  {lessons === stops ? lessons : `${lessons}（${stops} 条记录）`}
                </Link>
              ),
            },
          ]}
        />
      </Panel>
      <Panel title="值班与巡课">
        <DataTable
          phone="scroll"
          caption="每个半天的值班人数与巡课次数"
          rows={week.byHalfDay}
          rowKey={({ dayOn, halfDay }) => `${dayOn}${halfDay}`}
          empty={<p className="muted">还没有值班表。</p>}
          columns={[
            {
              title: '半天',
              cell: ({ dayOn, halfDay }) => halfDayText(dayOn, halfDay),
              lead: true,
            },
            { title: '值班', align: 'right', cell: ({ onDuty }) => `${onDuty} 人` },
            {
              title: '巡课',
              align: 'right',
              cell: ({ dayOn, halfDay, patrols }) =>
                patrols === 0 ? (
                  '0 次'
                ) : (
                  <Link
                    to="/patrols/school"
                    search={{ schoolId: week.school.id, from: dayOn, to: dayOn }}
                    aria-label={`${halfDayText(dayOn, halfDay)} ${patrols} 次，看当天的巡课`}
                  >
                    {patrols} 次
                  </Link>
                ),
            },
          ]}
        />
      </Panel>
      <p className="muted small">截至 {chinaClock(new Date(week.asOf))}；只供本校管理使用，区级看不到。</p>
    </>
  );
};
