import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { gradeLabels, subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chineseDate } from '#platform/dates.ts';
import { Button } from '#web/ui/button.tsx';
import { Badge, type Tone } from '#web/ui/page.tsx';
import { Failure, Loading } from '#web/ui/states.tsx';
import type { CalibrationRow } from '../../calibration/contract.ts';
import {
  type CalibrationState,
  calibrationStateLabels,
  type calibrationViews,
} from '../../calibration/vocabulary/contract.ts';
import { modeLabels } from '../../vocabulary/contract.ts';
import { classroom } from './api.ts';
import '../classroom.css';

const tones: Readonly<Record<CalibrationState, Tone>> = { draft: 'neutral', open: 'info', closed: 'good' };

type Lesson = Pick<CalibrationRow, 'subject' | 'grade' | 'topic' | 'mode' | 'schoolName' | 'dayOn' | 'slot'>;

/** `三年级 数学《两位数乘两位数》`. */
export const calibrationLesson = ({ subject, grade, topic }: Lesson): string =>
  `${gradeLabels[grade] ?? ''} ${subjectLabels[subject]}《${topic}》`;

/** `录像`, `现场 2024年3月27日 第2节 某某小学`. */
export const calibrationPlace = ({ mode, dayOn, slot, schoolName }: Lesson): string =>
  dayOn === null
    ? modeLabels[mode]
    : `${modeLabels[mode]} ${chineseDate(dayOn)} 第${slot ?? ''}节 ${schoolName ?? ''}`;

export const CalibrationBadges = ({
  session: { state, invitedAs, rated },
}: {
  session: Pick<CalibrationRow, 'state' | 'invitedAs' | 'rated'>;
}): ReactNode => (
  <span className="row">
    <Badge tone={tones[state]}>{calibrationStateLabels[state]}</Badge>
    {invitedAs === null || state === 'draft' ? null : (
      <Badge tone={rated ? 'good' : state === 'open' ? 'warn' : 'neutral'}>
        {rated ? '我已提交' : state === 'open' ? '等我提交' : '我没有提交'}
      </Badge>
    )}
  </span>
);

export const CalibrationList = ({ rows }: { rows: readonly CalibrationRow[] }): ReactNode => (
  <ul className="link-list">
    {rows.map((session) => (
      <li key={session.id}>
        <Link to="/calibrations/$calibrationId" params={{ calibrationId: session.id }}>
          <span>{session.title}</span>
          <small>
            {calibrationLesson(session)} · {calibrationPlace(session)}
            {session.state === 'closed' ? '' : ` · ${chineseDate(session.deadlineOn)}截止`}
          </small>
          <CalibrationBadges session={session} />
        </Link>
      </li>
    ))}
  </ul>
);

/** One of the lists, page by page. */
export const CalibrationPages = ({
  view,
  empty,
}: {
  view: (typeof calibrationViews)[number];
  empty: string;
}): ReactNode => {
  const query = useInfiniteQuery(
    classroom.query.listCalibrations.infiniteOptions({
      input: (cursor: string | undefined) => ({ view, limit: 30, cursor }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  const rows = query.data?.pages.flatMap((page) => page.rows);
  if (rows === undefined)
    return query.isError ? <Failure error={query.error} retry={() => void query.refetch()} /> : <Loading />;
  if (rows.length === 0) return <p className="muted">{empty}</p>;
  return (
    <>
      <CalibrationList rows={rows} />
      {query.hasNextPage ? (
        <Button onClick={() => void query.fetchNextPage()} busy={query.isFetchingNextPage}>
          再看一些
        </Button>
      ) : null}
    </>
  );
};
