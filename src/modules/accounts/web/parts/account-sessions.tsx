import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Empty, Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { AccountRow } from '../../administration/contract.ts';
import { deviceText } from '../../session/device/rules.ts';
import { accounts } from './api.ts';
import { whenText } from './when.ts';

/** Where somebody is signed in, for the security administrator. */
export const AccountSessions = ({ row, onClose }: { row: AccountRow; onClose: () => void }): ReactNode => {
  const sessions = useQuery(accounts.query.listSessionsOf.queryOptions({ input: { accountId: row.id } }));
  const end = useAction(accounts.client.endSessionsOf, { done: '已退出' });
  return (
    <Dialog title={`${row.name}登录中的设备`} onClose={onClose}>
      <Loaded query={sessions}>
        {({ rows }) => (
          <DataTable
            caption="登录中的设备"
            rows={rows}
            rowKey={(session) => session.id}
            empty={<Empty title="目前没有登录中的设备。" />}
            columns={[
              { title: '设备', lead: true, cell: (session) => deviceText(session.device) },
              { title: '最近使用', cell: (session) => whenText(session.lastSeenAt) },
              { title: '网络地址', cell: (session) => session.address },
            ]}
          />
        )}
      </Loaded>
      <Problem error={end.error} />
      <div className="row">
        <Button
          variant="danger"
          disabled={sessions.data === undefined || sessions.data.rows.length === 0}
          busy={end.isPending}
          onClick={() => end.mutate({ accountId: row.id, sessionId: null })}
        >
          全部退出
        </Button>
        <Button onClick={onClose}>关闭</Button>
      </div>
    </Dialog>
  );
};
