import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { gradeLabels, subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chineseDate } from '#platform/dates.ts';
import { Badge, type Tone } from '#web/ui/page.tsx';
import type { FindingRow } from '../../finding/contract.ts';
import {
  type FindingState,
  findingSourceLabels,
  findingStateLabels,
  findingTypeLabels,
} from '../../finding/vocabulary/contract.ts';
import '../classroom.css';

const tones: Readonly<Record<FindingState, Tone>> = {
  found: 'warn',
  registered: 'warn',
  'handed-over': 'warn',
  accepted: 'info',
  planned: 'info',
  done: 'info',
  recheck: 'info',
  'sent-back': 'warn',
  closed: 'good',
  cancelled: 'neutral',
};

type Marked = Pick<FindingRow, 'kind' | 'state' | 'overdue' | 'sentBack' | 'repeated'>;

export const FindingBadges = ({ row }: { row: Marked }): ReactNode => (
  <span className="row">
    <Badge tone={tones[row.state]}>{findingStateLabels[row.state]}</Badge>
    {row.kind === 'school' ? <Badge>校内</Badge> : null}
    {row.overdue ? <Badge tone="bad">逾期</Badge> : null}
    {row.sentBack > 0 ? <Badge tone="warn">退回 {row.sentBack} 次</Badge> : null}
    {row.repeated ? <Badge tone="warn">重复发生</Badge> : null}
  </span>
);

/** `三年级 数学 301 教室`; empty where nothing was said. */
export const whereOf = ({ grade, subject, place }: Pick<FindingRow, 'grade' | 'subject' | 'place'>): string =>
  [grade === null ? '' : (gradeLabels[grade] ?? ''), subject === null ? '' : subjectLabels[subject], place]
    .filter((part) => part !== '')
    .join(' ');

export const FindingList = ({ rows }: { rows: readonly FindingRow[] }): ReactNode => (
  <ul className="link-list">
    {rows.map((row) => (
      <li key={row.id}>
        <Link to="/findings/$findingId" params={{ findingId: row.id }}>
          <span>
            {findingTypeLabels[row.type]}：{row.description}
          </span>
          <small>
            {[
              row.schoolName,
              whereOf(row),
              `${findingSourceLabels[row.source]} ${chineseDate(row.foundOn)}`,
              row.deadlineOn === null ? '' : `期限 ${chineseDate(row.deadlineOn)}`,
            ]
              .filter((part) => part !== '')
              .join(' · ')}
          </small>
          <FindingBadges row={row} />
        </Link>
      </li>
    ))}
  </ul>
);
