import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { chinaDay, chineseDate } from '#platform/dates.ts';
import { Badge, type Tone } from '#web/ui/page.tsx';
import type { SuggestionRow } from '../../suggestion/contract.ts';
import { type SuggestionState, suggestionStateLabels } from '../../vocabulary/contract.ts';

const tones: Readonly<Record<SuggestionState, Tone>> = {
  waiting: 'warn',
  taken: 'info',
  merged: 'good',
  declined: 'neutral',
  withdrawn: 'neutral',
};

export const SuggestionBadges = ({ row }: { row: SuggestionRow }): ReactNode => (
  <span className="row">
    <Badge tone={tones[row.state]}>
      {row.mergedIn === null ? suggestionStateLabels[row.state] : `已写入第 ${row.mergedIn} 版`}
    </Badge>
    {row.partly ? <Badge>部分采纳</Badge> : null}
    {row.gatheredInto === null ? null : <Badge>已与同类建议归在一起</Badge>}
    {row.fresh ? <Badge tone="info">新回复</Badge> : null}
  </span>
);

export const SuggestionList = ({ rows }: { rows: readonly SuggestionRow[] }): ReactNode => (
  <ul className="link-list">
    {rows.map((row) => (
      <li key={row.id}>
        <Link to="/library/suggestions/$suggestionId" params={{ suggestionId: row.id }}>
          <span>
            {row.title} · {row.sectionTitle}
          </span>
          <span>{row.reason}</span>
          <small>
            {row.schoolName} {row.by.name} · {chineseDate(chinaDay(new Date(row.madeAt)))} · 根据第 {row.base}{' '}
            版
          </small>
          <SuggestionBadges row={row} />
        </Link>
      </li>
    ))}
  </ul>
);
