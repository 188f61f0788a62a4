import './accounts.css';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useDeferredValue, useState } from 'react';
import type { Duty } from '#modules/organisation/contract.ts';
import { useMe } from '#web/session.tsx';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { TextField } from '#web/ui/field.tsx';
import { Page as PageFrame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { AccountRow } from '../administration/contract.ts';
import { accounts } from './parts/api.ts';
import { whenText } from './parts/when.ts';

const administrators: readonly { readonly duty: Duty; readonly label: string; readonly work: string }[] = [
  { duty: 'system', label: '系统管理员', work: '管账号、名册和任职' },
  { duty: 'security', label: '安全管理员', work: '管密码规则、暂停登录、他人的登录和管理员任命' },
  { duty: 'audit', label: '审计管理员', work: '只查看审计日志，不能改动任何内容' },
];

export const Page = (): ReactNode => (
  <PageFrame
    title="管理员"
    lead="三种管理员由不同的人担任，互不兼任。首个管理员暂时兼任系统和安全；任命另一名安全管理员后，兼任自动结束。"
  >
    {administrators.map((one) => (
      <Holders key={one.duty} {...one} />
    ))}
  </PageFrame>
);

const Holders = ({ duty, label, work }: (typeof administrators)[number]): ReactNode => {
  const me = useMe();
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<AccountRow | null>(null);
  const list = useQuery(accounts.query.listAccounts.queryOptions({ input: { duty, limit: 100 } }));
  return (
    <Panel
      title={label}
      lead={work}
      actions={
        <Button size="small" onClick={() => setAdding(true)}>
          任命{label}
        </Button>
      }
    >
      <Loaded query={list}>
        {({ rows }) => (
          <DataTable
            caption={label}
            rows={rows}
            rowKey={(row) => row.id}
            empty={<Empty title={`还没有${label}，请任命一人。`} />}
            columns={[
              { title: '姓名', lead: true, cell: (row) => row.name },
              { title: '学校', cell: (row) => row.schoolName ?? '—' },
              { title: '最近登录', cell: (row) => whenText(row.lastSignedInAt, '还没有登录过') },
              {
                title: '操作',
                cell: (row) => (
                  <Button
                    size="small"
                    aria-label={`免去${row.name}的${label}`}
                    onClick={() => setEnding(row)}
                  >
                    免去{row.id === me.accountId ? '（本人）' : ''}
                  </Button>
                ),
              },
            ]}
          />
        )}
      </Loaded>
      {ending === null ? null : (
        <EndDialog row={ending} duty={duty} label={label} onClose={() => setEnding(null)} />
      )}
      {adding ? <GrantDialog duty={duty} label={label} onClose={() => setAdding(false)} /> : null}
    </Panel>
  );
};

const EndDialog = ({
  row,
  duty,
  label,
  onClose,
}: {
  row: AccountRow;
  duty: Duty;
  label: string;
  onClose: () => void;
}): ReactNode => {
  const end = useAction(accounts.client.endDuty, { done: `${label}已免去`, onDone: onClose });
  return (
    <Dialog title={`免去${row.name}的${label}`} onClose={onClose}>
      <p>免去后立即生效，此人的账号和其他任职不变。</p>
      <Problem error={end.error} />
      <div className="row">
        <Button variant="danger" busy={end.isPending} onClick={() => end.mutate({ accountId: row.id, duty })}>
          免去
        </Button>
        <Button onClick={onClose}>不免去</Button>
      </div>
    </Dialog>
  );
};

const GrantDialog = ({
  duty,
  label,
  onClose,
}: {
  duty: Duty;
  label: string;
  onClose: () => void;
}): ReactNode => {
  const [text, setText] = useState('');
  const searched = useDeferredValue(text.trim());
  const found = useQuery({
    ...accounts.query.listAccounts.queryOptions({ input: { text: searched, limit: 8 } }),
    enabled: searched !== '',
  });
  const grant = useAction(accounts.client.grantDuty, { done: `${label}已任命`, onDone: onClose });
  return (
    <Dialog title={`任命${label}`} onClose={onClose}>
      <TextField
        label="查找账号"
        value={text}
        onValue={setText}
        placeholder="姓名、拼音、工号、手机号"
        hint="此人要先有账号，并且不担任其他管理员。任命后需重新登录。"
      />
      {searched === '' ? null : (
        <Loaded query={found}>
          {({ rows }) => (
            <DataTable
              caption="找到的账号"
              rows={rows}
              rowKey={(row) => row.id}
              empty={<Empty title="没有找到，请先为此人生成账号。" />}
              columns={[
                { title: '姓名', lead: true, cell: (row) => row.name },
                { title: '学校', cell: (row) => row.schoolName ?? row.loginName ?? '—' },
                {
                  title: '操作',
                  cell: (row) => (
                    <Button
                      size="small"
                      aria-label={`任命${row.name}`}
                      busy={grant.isPending && grant.variables.accountId === row.id}
                      onClick={() => grant.mutate({ accountId: row.id, duty })}
                    >
                      任命
                    </Button>
                  ),
                },
              ]}
            />
          )}
        </Loaded>
      )}
      <Problem error={grant.error} />
    </Dialog>
  );
};
