import type { ReactNode } from 'react';
import { Badge, type Tone } from '#web/ui/page.tsx';
import type { CircularState } from '../../contract.ts';

const badges: Readonly<Record<CircularState, readonly [label: string, tone: Tone]>> = {
  draft: ['草稿', 'neutral'],
  checked: ['已核稿，待签发', 'info'],
  signed: ['已签发，待编号', 'warn'],
  issued: ['已印发', 'good'],
  voided: ['已作废', 'bad'],
};

export const StateBadge = ({ state }: { state: CircularState }): ReactNode => {
  const [label, tone] = badges[state];
  return <Badge tone={tone}>{label}</Badge>;
};
