import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { addDays } from '#platform/dates.ts';
import { todayHere } from '#web/today.ts';
import { ButtonLink } from '#web/ui/button.tsx';
import { Panel } from '#web/ui/page.tsx';
import { classroom } from './api.ts';
import { FollowUpList } from './follow-up-list.tsx';

/** Agreed changes whose next look is due within three days; absent while none is. */
export const Card = (): ReactNode => {
  const [dueBy] = useState(() => addDays(todayHere(), 3));
  const query = useQuery(classroom.query.listMyFollowUps.queryOptions({ input: { limit: 3, dueBy } }));
  const rows = query.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <Panel title="该回头看的改进" actions={<ButtonLink to="/observations/follow-ups">全部跟踪</ButtonLink>}>
      <FollowUpList rows={rows} head="teacher" />
    </Panel>
  );
};
