import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chineseDate } from '#platform/dates.ts';
import { Badge, type Tone } from '#web/ui/page.tsx';
import type { ObservationRow } from '../../contract.ts';
import { slotsLabel } from '../../rules.ts';
import { capacityLabels, type State, stateLabels } from '../../vocabulary/contract.ts';
import '../classroom.css';

const tones: Readonly<Record<State, Tone>> = {
  draft: 'warn',
  finalised: 'neutral',
  'fed-back': 'info',
  replied: 'good',
};

const StateBadges = ({ row }: { row: ObservationRow }): ReactNode => (
  <span className="row">
    {row.withdrawn ? (
      <Badge tone="bad">已撤回</Badge>
    ) : (
      <Badge tone={tones[row.state]}>{stateLabels[row.state]}</Badge>
    )}
    {(row.lessons ?? 1) > 1 ? <Badge>{row.lessons} 节</Badge> : null}
    {row.mode === 'video' ? <Badge>录像</Badge> : null}
    {row.late ? <Badge tone="warn">补记</Badge> : null}
    {row.away ? <Badge>外校</Badge> : null}
  </span>
);

interface ListProps {
  readonly rows: readonly ObservationRow[];
  /** Whose name heads a row besides the class. */
  readonly head: 'teacher' | 'observer' | 'both';
}

/** Records by day, the newest first; each opens itself. */
export const ObservationList = ({ rows, head }: ListProps): ReactNode => (
  <ul className="link-list">
    {rows.map((row) => (
      <li key={row.id}>
        <Link to={row.state === 'draft' ? `/observations/${row.id}/edit` : `/observations/${row.id}`}>
          <span>
            {row.classLabel} {row.subject === null ? '' : subjectLabels[row.subject]}{' '}
            {head === 'observer' ? '' : row.teacherName}
            {row.topic === '' ? '' : `《${row.topic}》`}
          </span>
          <small>
            {chineseDate(row.dayOn)} {slotsLabel(row.slotFrom, row.slotTo)} {row.schoolName}
            {head === 'teacher' ? '' : ` · ${row.observerName}（${capacityLabels[row.capacity]}）`}
          </small>
          <StateBadges row={row} />
        </Link>
      </li>
    ))}
  </ul>
);
