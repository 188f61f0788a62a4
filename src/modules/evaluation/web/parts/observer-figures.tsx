import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { gradeLabels, subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { Bars } from '#web/ui/bars.tsx';
import { linkTo } from '#web/ui/button.tsx';
import { Figure } from '#web/ui/page.tsx';
import type { ObserverProgress, TermOfFigures } from '../../contract.ts';
import { percent } from '../../observing/rules.ts';

interface ObserverProps {
  readonly progress: ObserverProgress;
  readonly term: TermOfFigures;
}

const rowsPage = '/progress/lessons';

/** The address of the rows behind one of a person's figures; nothing where they may not be opened. */
export const rowsOf = (
  { progress, term }: ObserverProps,
  filter: Record<string, string> = {},
): { to: string; search: Record<string, string> } | undefined =>
  progress.mayOpenRows
    ? {
        to: rowsPage,
        search: {
          personId: progress.personId,
          schoolId: progress.schoolId,
          post: progress.post,
          termId: term.id,
          ...filter,
        },
      }
    : undefined;

/** The count itself, as large as it is on the principal's first screen. */
export const Count = (props: ObserverProps): ReactNode => {
  const { done, amount, expected, sentence } = props.progress;
  const share = amount === null ? null : Math.min(100, Math.round((100 * done) / amount));
  const number = (
    <>
      <strong>{done}</strong>
      {amount === null ? ' 节' : ` / ${amount} 节`}
    </>
  );
  const opens = rowsOf(props);
  return (
    <div className="count">
      <p className="count-number">
        {opens === undefined ? number : <Link {...linkTo(opens.to, opens.search)}>{number}</Link>}
      </p>
      {share === null ? null : (
        <span className="progress" role="img" aria-label={`完成 ${share}%`}>
          <span style={{ width: `${share}%` }} />
        </span>
      )}
      <p>
        {expected === null ? '' : `到今天应听 ${Math.round(expected)} 节。`}
        {sentence}
      </p>
    </div>
  );
};

export const SpreadFigures = (props: ObserverProps): ReactNode => {
  const { progress } = props;
  const share = percent(progress.fedBack, progress.records);
  const left = progress.records - progress.fedBack;
  return (
    <div className="figures">
      <Figure
        label="已向教师反馈"
        value={progress.fedBack}
        unit="份"
        {...(share === null ? {} : { note: `占全部记录的 ${share}%` })}
        {...rowsOf(props, { fedBack: 'true' })}
      />
      <Figure label="尚未反馈" value={left} unit="份" {...rowsOf(props, { fedBack: 'false' })} />
      <Figure label="听过的教师" value={progress.teachers} unit="人" {...rowsOf(props)} />
      <Figure label="在外校听课" value={progress.away} unit="节" {...rowsOf(props, { away: 'true' })} />
    </div>
  );
};

interface SpreadRow {
  readonly key: string;
  readonly label: string;
  readonly lessons: number;
  readonly opens: ReturnType<typeof rowsOf>;
}

const SpreadList = ({ title, rows }: { title: string; rows: readonly SpreadRow[] }): ReactNode => (
  <div>
    <h3>{title}</h3>
    {rows.length === 0 ? (
      <p className="muted">还没有记录。</p>
    ) : (
      <ul className="spread-list">
        {rows.map(({ key, label, lessons, opens }) => (
          <li key={key}>
            <span>{label}</span>
            {opens === undefined ? (
              <span>{lessons} 节</span>
            ) : (
              <Link {...linkTo(opens.to, opens.search)}>{lessons} 节</Link>
            )}
          </li>
        ))}
      </ul>
    )}
  </div>
);

export const SpreadLists = (props: ObserverProps): ReactNode => (
  <div className="spread-lists">
    <SpreadList
      title="按年级"
      rows={props.progress.grades.map(({ grade, lessons }) => ({
        key: String(grade),
        label: gradeLabels[grade] ?? String(grade),
        lessons,
        opens: rowsOf(props, { grade: String(grade) }),
      }))}
    />
    <SpreadList
      title="按学科"
      rows={props.progress.subjects.map(({ subject, lessons }) => ({
        key: subject,
        label: subjectLabels[subject],
        lessons,
        opens: rowsOf(props, { subject }),
      }))}
    />
  </div>
);

export const WeekBars = (props: ObserverProps): ReactNode => {
  const { progress, term } = props;
  const average =
    progress.amount === null || term.totalTeachingDays === 0
      ? null
      : (progress.amount * 5) / term.totalTeachingDays;
  return (
    <Bars
      caption="每周听课节数"
      labelTitle="周次"
      valueTitle="节数"
      rows={progress.weeks.map(({ week, lessons }) => ({
        label: `第${week}周`,
        value: lessons,
        opens: rowsOf(props, { week: String(week) }),
      }))}
      {...(average === null ? {} : { level: { value: average, label: `平均每周 ${average.toFixed(1)} 节` } })}
    />
  );
};
