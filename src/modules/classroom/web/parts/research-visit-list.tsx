import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { stageLabels, subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chineseDate, weekdayLabels, weekdayOf } from '#platform/dates.ts';
import { Badge, type Tone } from '#web/ui/page.tsx';
import type { VisitRow } from '../../research-visit/contract.ts';
import { type VisitState, visitStateLabels } from '../../research-visit/vocabulary/contract.ts';
import '../classroom.css';

const tones: Readonly<Record<VisitState, Tone>> = {
  planned: 'info',
  done: 'warn',
  shared: 'good',
  cancelled: 'neutral',
};

export const VisitBadges = ({ visit }: { visit: Pick<VisitRow, 'state' | 'announced'> }): ReactNode => (
  <span className="row">
    <Badge tone={tones[visit.state]}>{visitStateLabels[visit.state]}</Badge>
    {visit.announced ? null : <Badge>不提前告知</Badge>}
  </span>
);

/** `小学 数学`, `初中 全校`. */
export const visitRange = ({ stage, subject }: Pick<VisitRow, 'stage' | 'subject'>): string =>
  `${stageLabels[stage]} ${subject === null ? '全校' : subjectLabels[subject]}`;

/** `2024年3月27日 周三`. */
export const visitDay = (dayOn: string): string =>
  `${chineseDate(dayOn)} ${weekdayLabels[weekdayOf(dayOn)] ?? ''}`;

export const VisitList = ({ rows }: { rows: readonly VisitRow[] }): ReactNode => (
  <ul className="link-list">
    {rows.map((visit) => (
      <li key={visit.id}>
        <Link to="/research-visits/$visitId" params={{ visitId: visit.id }}>
          <span>
            {visitDay(visit.dayOn)} {visit.schoolName} {visitRange(visit)}
          </span>
          <small>
            {visit.teamNames.join('、')}
            {visit.focus === '' ? '' : ` · ${visit.focus}`}
          </small>
          <VisitBadges visit={visit} />
        </Link>
      </li>
    ))}
  </ul>
);
