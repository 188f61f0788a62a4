import type { ReactNode } from 'react';
import { addDays, chineseDate, eachDay, weekdayLabels, weekdayOf } from '#platform/dates.ts';
import { type TermCalendar, taughtWeekday } from '../../calendar/rules.ts';

interface CalendarMonthsProps {
  readonly term: TermCalendar;
  readonly today: string;
  readonly onDay?: (dayOn: string) => void;
}

const lastOfMonth = (first: string): string => {
  const next = addDays(first, 31);
  return addDays(`${next.slice(0, 7)}-01`, -1);
};

export const CalendarMonths = ({ term, today, onDay }: CalendarMonthsProps): ReactNode => {
  const months = [...new Set(eachDay(term.startsOn, term.endsOn).map((day) => day.slice(0, 7)))];
  return (
    <div className="calendar-months">
      {months.map((month) => (
        <Month
          key={month}
          month={month}
          term={term}
          today={today}
          {...(onDay === undefined ? {} : { onDay })}
        />
      ))}
    </div>
  );
};

const Month = ({
  month,
  term,
  today,
  onDay,
}: CalendarMonthsProps & { readonly month: string }): ReactNode => {
  const first = `${month}-01`;
  const start = addDays(first, 1 - weekdayOf(first));
  const weeks = Math.ceil(eachDay(start, lastOfMonth(first)).length / 7);
  return (
    <section className="calendar-month">
      <h3>
        {month.slice(0, 4)}年{Number(month.slice(5))}月
      </h3>
      <table>
        <thead>
          <tr>
            {[1, 2, 3, 4, 5, 6, 7].map((weekday) => (
              <th key={weekday} scope="col" abbr={weekdayLabels[weekday] ?? ''}>
                {weekdayLabels[weekday]?.slice(1)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: weeks }, (_, week) => (
            <tr key={addDays(start, week * 7)}>
              {eachDay(addDays(start, week * 7), addDays(start, week * 7 + 6)).map((day) => (
                <td key={day}>
                  {day.startsWith(month) ? (
                    <DayCell
                      day={day}
                      term={term}
                      today={today}
                      {...(onDay === undefined ? {} : { onDay })}
                    />
                  ) : null}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

const DayCell = ({ day, term, today, onDay }: CalendarMonthsProps & { readonly day: string }): ReactNode => {
  const inTerm = day >= term.startsOn && day <= term.endsOn;
  const special = term.specialDays.find(({ dayOn }) => dayOn === day);
  const taught = taughtWeekday(term, day) !== null;
  const kind = !inTerm
    ? 'outside'
    : special === undefined
      ? taught
        ? 'taught'
        : 'outside'
      : taught
        ? 'make-up'
        : 'holiday';
  const className = `calendar-day calendar-${kind}${day === today ? ' calendar-today' : ''}`;
  const text = String(Number(day.slice(8)));
  if (onDay === undefined || !inTerm)
    return (
      <span className={className} {...(special === undefined ? {} : { title: special.note })}>
        {text}
      </span>
    );
  return (
    <button
      type="button"
      className={className}
      aria-label={`${chineseDate(day)}：${special?.note ?? (taught ? '上课' : '不上课')}，修改`}
      onClick={() => onDay(day)}
    >
      {text}
    </button>
  );
};
