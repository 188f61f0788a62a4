import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Problem } from '#web/ui/states.tsx';
import type { DemoRole } from '../../demo-sign-in/contract.ts';
import { demoSignIn } from './api.ts';

/** One tap to enter the demonstration as one of its people. */
export const DemoRoles = ({ onSignedIn }: { onSignedIn: () => void }): ReactNode => {
  const list = useQuery(demoSignIn.query.listDemoAccounts.queryOptions({ input: {} }));
  const enter = useMutation({
    networkMode: 'always',
    mutationFn: (role: DemoRole) => demoSignIn.client.signInAsDemo({ role }),
    onSuccess: onSignedIn,
  });
  return (
    <section className="demo-roles stack">
      <div>
        <h2>演示：选一个角色进入</h2>
        <p className="muted small">人名、校名和记录均为虚构，可以随意试用。</p>
      </div>
      <ul>
        {list.data?.rows.map((row) => (
          <li key={row.role}>
            <button type="button" disabled={enter.isPending} onClick={() => enter.mutate(row.role)}>
              <b>{row.label}</b>
              <span>{row.place === '' ? row.name : `${row.name}　${row.place}`}</span>
            </button>
          </li>
        ))}
      </ul>
      <Problem error={list.error ?? enter.error} />
    </section>
  );
};
