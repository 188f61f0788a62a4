import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Badge } from '#web/ui/page.tsx';
import type { DebriefRow } from '../../contract.ts';
import { lessonLine } from './follow-up-list.tsx';
import '../classroom.css';

export const DebriefList = ({ rows }: { rows: readonly DebriefRow[] }): ReactNode => (
  <ul className="link-list">
    {rows.map((row) => (
      <li key={row.id}>
        <Link to={`/observations/debriefs/${row.id}`}>
          <span>
            {row.teacherName} {lessonLine(row)}
          </span>
          <small>
            {row.schoolName}，{row.calledByName}发起
          </small>
          <span className="row">
            <Badge tone={row.concluded ? 'good' : 'warn'}>{row.concluded ? '纪要已定稿' : '议课中'}</Badge>
          </span>
        </Link>
      </li>
    ))}
  </ul>
);
