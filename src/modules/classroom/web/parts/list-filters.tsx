import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { gradeLabels, grades, subjectLabels, subjects } from '#modules/organisation/vocabulary/contract.ts';
import { addDays, weekdayOf } from '#platform/dates.ts';
import { todayHere } from '#web/today.ts';
import { choicesOf, SelectField } from '#web/ui/field.tsx';
import { type State, stateLabels, states } from '../../vocabulary/contract.ts';

const periods = ['week', 'last-week', 'month', 'all'] as const;
type Period = (typeof periods)[number];
const periodLabels: Readonly<Record<Period, string>> = {
  week: '本周',
  'last-week': '上周',
  month: '近 30 天',
  all: '全部',
};

const daysOf = (period: Period): { from?: string; to?: string } => {
  const today = todayHere();
  const monday = addDays(today, 1 - weekdayOf(today));
  if (period === 'week') return { from: monday };
  if (period === 'last-week') return { from: addDays(monday, -7), to: addDays(monday, -1) };
  return period === 'month' ? { from: addDays(today, -29) } : {};
};

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
const idPattern = /^[0-9a-f-]{36}$/;

/** The filters of a list live in its address, so that a figure can open its rows and a page can be kept. */
export const useListFilters = () => {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const text = (name: string): string => (typeof search[name] === 'string' ? search[name] : '');
  const period = periods.find((one) => one === search['period']) ?? 'all';
  const state = states.find((one) => one === search['state']);
  const subject = subjects.find((one) => one === search['subject']);
  const grade = grades.find((one) => String(one) === String(search['grade']));
  const day = (name: string): string | undefined => (dayPattern.test(text(name)) ? text(name) : undefined);
  const id = (name: string): string | undefined => (idPattern.test(text(name)) ? text(name) : undefined);
  const days = daysOf(period);
  return {
    period,
    state,
    subject,
    grade,
    late: String(search['late']) === 'true',
    counted: String(search['counted']) === 'true',
    input: {
      from: day('from') ?? days.from,
      to: day('to') ?? days.to,
      states: state === undefined ? undefined : [state],
      subject,
      grade,
      teacherId: id('teacherId'),
      schoolId: id('schoolId'),
      late: String(search['late']) === 'true' ? true : undefined,
    },
  };
};

export const ListFilters = ({ of }: { of: readonly State[] }): ReactNode => {
  const filters = useListFilters();
  const navigate = useNavigate();
  const set = (name: string, value: string): void =>
    void navigate({
      to: '.',
      search: (before: Record<string, unknown>) => ({ ...before, [name]: value === '' ? undefined : value }),
      replace: true,
    });
  return (
    <div className="filters observation-filters">
      <SelectField
        label="时间"
        value={filters.period}
        choices={choicesOf(periods, periodLabels)}
        onValue={(value) => set('period', value)}
      />
      <SelectField
        label="状态"
        value={filters.state ?? ''}
        none="全部"
        choices={choicesOf(of, stateLabels)}
        onValue={(value) => set('state', value)}
      />
      <SelectField
        label="年级"
        value={String(filters.grade ?? '')}
        none="全部"
        choices={grades.map((grade) => ({ value: String(grade), label: gradeLabels[grade] ?? '' }))}
        onValue={(value) => set('grade', value)}
      />
      <SelectField
        label="学科"
        value={filters.subject ?? ''}
        none="全部"
        choices={choicesOf(subjects, subjectLabels)}
        onValue={(value) => set('subject', value)}
      />
    </div>
  );
};
