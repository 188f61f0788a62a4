import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { isResearchOfficer, maySign } from '#modules/organisation/rules.ts';
import { useMe } from '#web/session.tsx';
import { ButtonLink } from '#web/ui/button.tsx';
import { Badge, Panel } from '#web/ui/page.tsx';
import { Loaded } from '#web/ui/states.tsx';
import type { CircularRow } from '../../contract.ts';
import './circulars.css';
import { circulars } from './api.ts';
import { StateBadge } from './state-badge.tsx';

/** What waits for this person: to be read, checked, signed or issued. */
export const Card = (): ReactNode => {
  const me = useMe();
  const query = useQuery(circulars.query.listCirculars.queryOptions({ input: { limit: 20 } }));
  const waits = ({ state, readByMe }: CircularRow): boolean =>
    readByMe === false ||
    (state === 'checked' && maySign(me)) ||
    (state === 'draft' && isResearchOfficer(me)) ||
    (state === 'signed' && (isResearchOfficer(me) || maySign(me)));
  return (
    <Loaded query={query}>
      {({ rows }) => {
        const waiting = rows.filter(waits);
        return (
          <Panel
            title="通报与通知"
            lead={waiting.length === 0 ? '没有等您阅读或办理的。' : undefined}
            actions={
              <ButtonLink to="/circulars" size="small">
                全部
              </ButtonLink>
            }
          >
            {waiting.length === 0 ? null : (
              <ul className="circular-list">
                {waiting.map((one) => (
                  <li key={one.id}>
                    <Link to="/circulars/$circularId" params={{ circularId: one.id }}>
                      {one.title}
                    </Link>{' '}
                    {one.readByMe === false && one.state === 'issued' ? (
                      <Badge tone="warn">未读</Badge>
                    ) : (
                      <StateBadge state={one.state} />
                    )}
                  </li>
                ))}
              </ul>
            )}
          </Panel>
        );
      }}
    </Loaded>
  );
};
