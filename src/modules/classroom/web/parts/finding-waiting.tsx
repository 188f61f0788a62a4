import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Panel } from '#web/ui/page.tsx';
import { classroom } from './api.ts';
import { FindingList } from './finding-list.tsx';

/** What waits for me, the nearest deadline first; absent when nothing does and no words are given for it. */
export const FindingWaiting = ({
  title,
  limit,
  nothing,
  actions,
}: {
  title: string;
  limit: number;
  nothing?: string;
  actions?: ReactNode;
}): ReactNode => {
  const query = useQuery(classroom.query.listFindingsWaiting.queryOptions({ input: { limit } }));
  const rows = query.data?.rows ?? [];
  const total = query.data?.total ?? 0;
  if (rows.length === 0 && (nothing === undefined || query.data === undefined)) return null;
  return (
    <Panel
      title={title}
      lead={
        rows.length === 0 ? nothing : total > rows.length ? `共 ${total} 项，先列期限最近的。` : undefined
      }
      actions={actions}
    >
      {rows.length === 0 ? null : <FindingList rows={rows} />}
    </Panel>
  );
};
