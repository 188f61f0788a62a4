import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Panel } from '#web/ui/page.tsx';
import { Loaded } from '#web/ui/states.tsx';
import { library } from './api.ts';

/** In which papers a test item stands: published ones, each counted once. */
export const ItemUses = ({ itemId }: { itemId: string }): ReactNode => {
  const query = useQuery(library.query.listItemUses.queryOptions({ input: { itemId } }));
  return (
    <Panel title="用在哪些试卷里" lead="只计已发布的试卷。">
      <Loaded query={query}>
        {({ papers, rows }) => (
          <>
            <p>
              {papers === 0
                ? '还没有试卷选用这道题。'
                : `有 ${papers} 份试卷选用了这道题${rows.length < papers ? `，您能看到其中 ${rows.length} 份` : ''}。`}
            </p>
            {rows.length === 0 ? null : (
              <ul className="link-list">
                {rows.map(({ id, title }) => (
                  <li key={id}>
                    <Link to="/library/items/$itemId" params={{ itemId: id }}>
                      {title}
                    </Link>
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </Loaded>
    </Panel>
  );
};
