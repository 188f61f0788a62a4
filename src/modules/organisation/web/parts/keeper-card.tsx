import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ButtonLink } from '#web/ui/button.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Loaded } from '#web/ui/states.tsx';
import { organisation } from './api.ts';

export const Card = (): ReactNode => {
  const imports = useQuery(organisation.query.listRosterImports.queryOptions({ input: {} }));
  return (
    <Panel title="名册" actions={<ButtonLink to="/roster">导入名册</ButtonLink>}>
      <Loaded query={imports}>
        {({ rows }) => {
          const open = rows.filter(({ questions }) => questions > 0);
          return open.length === 0 ? (
            <p className="muted">没有待决定的问题。</p>
          ) : (
            <ul>
              {open.map((one) => (
                <li key={one.id}>
                  <Link to={`/roster/${one.id}`}>
                    {one.title}：{one.questions} 个问题待决定
                  </Link>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
    </Panel>
  );
};
