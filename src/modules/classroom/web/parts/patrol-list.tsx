import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { chineseDate } from '#platform/dates.ts';
import { Badge } from '#web/ui/page.tsx';
import type { PatrolRow } from '../../patrol/contract.ts';
import { receiptLabel, slotLabel } from '../../patrol/rules.ts';

/** Patrols by day, the newest first; each opens itself. */
export const PatrolList = ({
  rows,
  names,
}: {
  rows: readonly PatrolRow[];
  /** Who walked is said where it is not oneself. */
  names: boolean;
}): ReactNode => (
  <ul className="link-list">
    {rows.map((row) => (
      <li key={row.id}>
        <Link to={`/patrols/${row.id}`}>
          <span>
            {chineseDate(row.dayOn)} {slotLabel(row.halfDay, row.slot)}
            {names ? ` · ${row.patrollerName}` : ''}
          </span>
          <small>
            {row.schoolName} · 巡课 {row.rooms} 间，{row.noted} 间有记录 · 回执号{' '}
            {receiptLabel(row.receiptNumber)}
          </small>
          <span className="row">
            {row.serious ? <Badge tone="bad">需立即报告</Badge> : null}
            {row.finished ? null : <Badge tone="warn">还没有结束</Badge>}
          </span>
        </Link>
      </li>
    ))}
  </ul>
);
