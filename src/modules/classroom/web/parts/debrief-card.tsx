import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ButtonLink } from '#web/ui/button.tsx';
import { Panel } from '#web/ui/page.tsx';
import { classroom } from './api.ts';
import { DebriefList } from './debrief-list.tsx';

/** Meetings under way that wait for a word of mine; absent while there is none. */
export const Card = (): ReactNode => {
  const query = useQuery(classroom.query.listMyDebriefs.queryOptions({ input: { limit: 2, open: true } }));
  const rows = query.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <Panel title="议课" actions={<ButtonLink to="/observations/debriefs">全部议课</ButtonLink>}>
      <DebriefList rows={rows} />
    </Panel>
  );
};
