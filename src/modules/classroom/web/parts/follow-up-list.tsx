import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chineseDate } from '#platform/dates.ts';
import { todayHere } from '#web/today.ts';
import { Badge } from '#web/ui/page.tsx';
import type { OpenFollowUp } from '../../contract.ts';
import { slotsLabel } from '../../rules.ts';
import '../classroom.css';

/** `三(2)班 数学《…》，2024年3月20日 第2节`. */
export const lessonLine = (
  lesson: Pick<OpenFollowUp, 'classLabel' | 'subject' | 'topic' | 'dayOn' | 'slotFrom' | 'slotTo'>,
): string =>
  `${lesson.classLabel} ${lesson.subject === null ? '' : subjectLabels[lesson.subject]}${
    lesson.topic === '' ? '' : `《${lesson.topic}》`
  }，${chineseDate(lesson.dayOn)} ${slotsLabel(lesson.slotFrom, lesson.slotTo)}`;

export const planLine = (plannedOn: string, plannedSlot: number | null): string =>
  `${chineseDate(plannedOn)}${plannedSlot === null ? '' : ` 第${plannedSlot}节`}`;

const PlanBadge = ({ row }: { row: OpenFollowUp }): ReactNode => {
  if (row.plannedOn === null) return <Badge>还没有约下次</Badge>;
  const due = row.plannedOn <= todayHere();
  return (
    <Badge tone={due ? 'warn' : 'info'}>
      {due ? '该再看了：' : '约在 '}
      {planLine(row.plannedOn, row.plannedSlot)}
    </Badge>
  );
};

/** Agreed changes nobody has looked at again; each opens the record after which it was agreed. */
export const FollowUpList = ({
  rows,
  head,
}: {
  rows: readonly OpenFollowUp[];
  head: 'teacher' | 'observer';
}): ReactNode => (
  <ul className="link-list">
    {rows.map((row) => (
      <li key={row.observationId}>
        <Link to={`/observations/${row.observationId}`}>
          <span>
            {head === 'teacher' ? `${row.teacherName}：` : ''}
            {row.agreedChange}
          </span>
          <small>
            {head === 'teacher' ? '' : `与${row.observerName}商定，`}
            {lessonLine(row)}
          </small>
          <span className="row">
            <PlanBadge row={row} />
          </span>
        </Link>
      </li>
    ))}
  </ul>
);
