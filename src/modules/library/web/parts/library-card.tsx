import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Figure, Panel } from '#web/ui/page.tsx';
import { Failure } from '#web/ui/states.tsx';
import { library } from './api.ts';

const lines = [
  { key: 'reviews', label: '等我审核', unit: '份', to: '/library/reviews', search: { view: 'mine' } },
  {
    key: 'approved',
    label: '审核通过，等发布',
    unit: '份',
    to: '/library',
    search: { view: 'to-publish', subject: 'all' },
  },
  {
    key: 'suggestions',
    label: '学校的改进建议',
    unit: '条',
    to: '/library/suggestions',
    search: { view: 'to-decide' },
  },
  {
    key: 'updates',
    label: '我的校本化有新版',
    unit: '份',
    to: '/library/adaptations',
    search: { view: 'updates' },
  },
  {
    key: 'answers',
    label: '我的建议有答复',
    unit: '条',
    to: '/library/suggestions',
    search: { view: 'answered' },
  },
] as const;

/** What waits in the library; absent while nothing does. */
export const Card = (): ReactNode => {
  const query = useQuery(library.query.getLibraryToDo.queryOptions({ input: {} }));
  const toDo = query.data;
  if (toDo === undefined)
    return query.isError ? (
      <Panel title="研训资源库">
        <Failure error={query.error} retry={() => void query.refetch()} />
      </Panel>
    ) : null;
  const waiting = lines.filter(({ key }) => toDo[key] > 0);
  if (waiting.length === 0) return null;
  return (
    <Panel title="研训资源库">
      <div className="figures">
        {waiting.map(({ key, label, unit, to, search }) => (
          <Figure key={key} label={label} value={toDo[key]} unit={unit} to={to} search={search} />
        ))}
      </div>
    </Panel>
  );
};
