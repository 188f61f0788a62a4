import './accounts.css';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type ReactNode, useDeferredValue, useState } from 'react';
import type { organisationContract } from '#modules/organisation/contract.ts';
import { createModuleApi } from '#web/rpc.ts';
import { useMe } from '#web/session.tsx';
import { ButtonLink } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { SelectField, TextField } from '#web/ui/field.tsx';
import { Badge, Page as PageFrame, Panel, type Tone } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import type { AccountRow, AccountState, Slip } from '../administration/contract.ts';
import { AccountActions } from './parts/account-actions.tsx';
import { accounts } from './parts/api.ts';
import { Slips } from './parts/slips.tsx';
import { whenText } from './parts/when.ts';

const organisation = createModuleApi<typeof organisationContract>('organisation');

const stateText: Readonly<Record<AccountState, readonly [text: string, tone: Tone]>> = {
  'in-use': ['使用中', 'good'],
  'first-password': ['待首次登录', 'info'],
  locked: ['暂停登录', 'warn'],
  disabled: ['已停用', 'neutral'],
};
const states: readonly AccountState[] = ['in-use', 'first-password', 'locked', 'disabled'];
const dutyText = { system: '系统管理员', security: '安全管理员', audit: '审计管理员' } as const;

export const Page = (): ReactNode => {
  const me = useMe();
  const [text, setText] = useState('');
  const [schoolId, setSchoolId] = useState('');
  const [state, setState] = useState('');
  const [slips, setSlips] = useState<readonly Slip[]>([]);
  const searched = useDeferredValue(text.trim());
  const schools = useQuery(organisation.query.listSchools.queryOptions({ input: {} }));
  const list = useInfiniteQuery(
    accounts.query.listAccounts.infiniteOptions({
      input: (cursor: string | null) => ({
        text: searched,
        schoolId: schoolId === '' ? null : schoolId,
        state: states.find((one) => one === state) ?? null,
        cursor,
        limit: 50,
      }),
      initialPageParam: null,
      getNextPageParam: (page) => page.nextCursor,
    }),
  );
  return (
    <PageFrame
      title="账号"
      lead="每人一个账号；能看什么、办什么，由名册上的任职决定。"
      actions={
        me.duties.includes('system') ? (
          <ButtonLink to="/accounts/new" variant="primary">
            从名册生成账号
          </ButtonLink>
        ) : undefined
      }
    >
      {slips.length === 0 ? null : <Slips slips={slips} onClose={() => setSlips([])} />}
      <Panel>
        <div className="filters">
          <TextField label="查找" value={text} onValue={setText} placeholder="姓名、拼音、工号、手机号" />
          <SelectField
            label="学校"
            value={schoolId}
            onValue={setSchoolId}
            none="全部学校"
            choices={(schools.data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
          <SelectField
            label="状态"
            value={state}
            onValue={setState}
            none="全部"
            choices={states.map((one) => ({ value: one, label: stateText[one][0] }))}
          />
        </div>
        <Loaded query={list}>
          {({ pages }) => (
            <DataTable
              caption="账号"
              rows={pages.flatMap((page) => page.rows)}
              rowKey={(row) => row.id}
              empty={
                <Empty title="没有符合条件的账号。">
                  <p>可以放宽条件，或从名册生成账号。</p>
                </Empty>
              }
              more={
                list.hasNextPage
                  ? { load: () => void list.fetchNextPage(), busy: list.isFetchingNextPage }
                  : undefined
              }
              columns={[
                { title: '姓名', lead: true, cell: (row) => <Name row={row} /> },
                { title: '学校', cell: (row) => row.schoolName ?? '—' },
                { title: '登录用', cell: (row) => signInNames(row) },
                {
                  title: '状态',
                  cell: (row) => <Badge tone={stateText[row.state][1]}>{stateText[row.state][0]}</Badge>,
                },
                { title: '最近登录', cell: (row) => whenText(row.lastSignedInAt, '还没有登录过') },
                { title: '操作', cell: (row) => <AccountActions row={row} onSlips={setSlips} /> },
              ]}
            />
          )}
        </Loaded>
      </Panel>
    </PageFrame>
  );
};

const Name = ({ row }: { row: AccountRow }): ReactNode => (
  <>
    {row.name}{' '}
    {row.duties.map((duty) => (
      <Badge key={duty} tone="info">
        {dutyText[duty]}
      </Badge>
    ))}
    {row.disabledReason === null ? null : <p className="muted small">停用原因：{row.disabledReason}</p>}
  </>
);

const signInNames = ({ staffNumber, phone, loginName, name }: AccountRow): string =>
  [staffNumber, phone, loginName].filter((one) => one !== null).join('，') || name;
