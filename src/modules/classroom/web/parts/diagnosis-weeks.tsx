import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { chineseDate } from '#platform/dates.ts';
import { linkTo } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { Badge } from '#web/ui/page.tsx';
import type { PlanContent, PlanPage } from '../../diagnosis-plan/contract.ts';

const shortDay = (day: string): string => chineseDate(day).replace(/^\d+年/u, '');

interface DiagnosisWeeksProps {
  readonly page: PlanPage;
  readonly weeks: PlanContent['weeks'];
  /** One's own figures open their records. */
  readonly linked: boolean;
}

/** Planned and done, week by week; a figure opens the records it counts. */
export const DiagnosisWeeks = ({ page, weeks, linked }: DiagnosisWeeksProps): ReactNode => (
  <DataTable
    caption="每周计划和完成"
    phone="scroll"
    rows={page.weeks}
    rowKey={({ week }) => String(week)}
    columns={[
      {
        title: '周次',
        lead: true,
        cell: ({ week }) => (
          <>
            第{week}周 {week === page.currentWeek ? <Badge tone="info">本周</Badge> : null}
          </>
        ),
      },
      { title: '日期', cell: ({ from, to }) => `${shortDay(from)}—${shortDay(to)}` },
      { title: '教学日', align: 'right', cell: ({ teachingDays }) => teachingDays },
      {
        title: '计划',
        align: 'right',
        cell: ({ week }) => weeks.find((one) => one.week === week)?.lessons ?? 0,
      },
      {
        title: '已听',
        align: 'right',
        cell: ({ week, from, to, done }) =>
          linked && done > 0 ? (
            <Link
              {...linkTo('/observations/mine', { from, to, counted: 'true' })}
              aria-label={`第${week}周已听${done}节，看记录`}
            >
              {done}
            </Link>
          ) : (
            done
          ),
      },
    ]}
  />
);
