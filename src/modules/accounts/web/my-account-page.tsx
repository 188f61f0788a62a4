import './accounts.css';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useMe } from '#web/session.tsx';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { Badge, Page as PageFrame, Panel } from '#web/ui/page.tsx';
import { Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { deviceText } from '../session/device/rules.ts';
import { accounts } from './parts/api.ts';
import { NewPasswordForm } from './parts/new-password-form.tsx';
import { SignOutButton } from './parts/sign-out-button.tsx';
import { whenText } from './parts/when.ts';

export const Page = (): ReactNode => {
  const me = useMe();
  return (
    <PageFrame title="我的账号" lead={me.name} width="narrow" actions={<SignOutButton />}>
      <Panel title="我的任职" lead="任职有变动时，请联系系统管理员更新名册。">
        {me.postTexts.length === 0 ? (
          <p>名册上还没有登记任职。</p>
        ) : (
          <ul className="plain-list">
            {me.postTexts.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        )}
      </Panel>
      <Devices />
      {me.demo ? null : (
        <Panel title="修改密码" lead="修改后，其他设备上的登录会退出。">
          <NewPasswordForm asksCurrent submitLabel="修改密码" />
        </Panel>
      )}
    </PageFrame>
  );
};

const Devices = (): ReactNode => {
  const sessions = useQuery(accounts.query.listMySessions.queryOptions({ input: {} }));
  const end = useAction(accounts.client.endMySession, { done: '这台设备上的登录已退出' });
  const endOthers = useAction(accounts.client.endMyOtherSessions, { done: '其他设备上的登录已全部退出' });
  const many = (sessions.data?.rows.length ?? 0) > 1;
  return (
    <Panel
      title="登录中的设备"
      lead="有不认识的设备时，请将其退出并修改密码。"
      actions={
        many ? (
          <Button size="small" onClick={() => endOthers.mutate({})} busy={endOthers.isPending}>
            退出其他全部设备
          </Button>
        ) : undefined
      }
    >
      <Loaded query={sessions}>
        {({ rows }) => (
          <DataTable
            caption="登录中的设备"
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              {
                title: '设备',
                lead: true,
                cell: (row) => (
                  <>
                    {deviceText(row.device)} {row.current ? <Badge tone="good">本机</Badge> : null}
                  </>
                ),
              },
              { title: '最近使用', cell: (row) => whenText(row.lastSeenAt) },
              { title: '登录时间', cell: (row) => whenText(row.createdAt) },
              { title: '网络地址', cell: (row) => row.address },
              {
                title: '操作',
                cell: (row) =>
                  row.current ? (
                    '—'
                  ) : (
                    <Button
                      size="small"
                      aria-label={`退出 ${deviceText(row.device)}`}
                      onClick={() => end.mutate({ sessionId: row.id })}
                    >
                      退出
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
      <Problem error={end.error ?? endOthers.error} />
    </Panel>
  );
};
