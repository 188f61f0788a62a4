import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ButtonLink } from '#web/ui/button.tsx';
import { Panel } from '#web/ui/page.tsx';
import { classroom } from './api.ts';
import { ObservationList } from './observation-list.tsx';

/** The latest that was said to me; absent until somebody has observed me. */
export const Card = (): ReactNode => {
  const query = useQuery(classroom.query.listFeedbackToMe.queryOptions({ input: { limit: 3 } }));
  const rows = query.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <Panel title="听课反馈" actions={<ButtonLink to="/observations/feedback">全部反馈</ButtonLink>}>
      <ObservationList rows={rows} head="observer" />
    </Panel>
  );
};
