import './accounts.css';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { type Post, postLabels, posts } from '#modules/organisation/vocabulary/contract.ts';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { choicesOf, SelectField, TextField } from '#web/ui/field.tsx';
import { Page as PageFrame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { Slip } from '../administration/contract.ts';
import { accounts } from './parts/api.ts';
import { Slips } from './parts/slips.tsx';

const batch = 200;

export const Page = (): ReactNode => {
  const [slips, setSlips] = useState<readonly Slip[]>([]);
  return (
    <PageFrame
      title="从名册生成账号"
      lead="只为还没有账号的人生成。每人一张账号条，凭一次性密码首次登录。"
      back={{ to: '/accounts', label: '账号' }}
    >
      {slips.length > 0 ? (
        <Slips slips={slips} onClose={() => setSlips([])} />
      ) : (
        <>
          <ByFilter onSlips={setSlips} />
          <BySchool onSlips={setSlips} />
          <Separate onSlips={setSlips} />
        </>
      )}
    </PageFrame>
  );
};

interface SlipsTarget {
  readonly onSlips: (slips: readonly Slip[]) => void;
}

const useCreate = (onSlips: SlipsTarget['onSlips']) =>
  useAction(accounts.client.createAccounts, {
    done: '账号已生成，请打印账号条',
    onDone: (answer) => {
      onSlips(answer.slips);
      window.scrollTo({ top: 0 });
    },
  });

/** Everybody, or whoever holds a post. */
const ByFilter = ({ onSlips }: SlipsTarget): ReactNode => {
  const [chosen, setChosen] = useState('');
  const post: Post | null = posts.find((one) => one === chosen) ?? null;
  const filter = { schoolId: null, post };
  const preview = useQuery(
    accounts.query.listRosterWithoutAccount.queryOptions({ input: { ...filter, limit: 8 } }),
  );
  const create = useCreate(onSlips);
  return (
    <Panel title="按职务生成">
      <div className="filters">
        <SelectField
          label="职务"
          value={chosen}
          onValue={setChosen}
          none="全区所有人"
          choices={choicesOf(posts, postLabels)}
        />
      </div>
      <Loaded query={preview}>
        {({ rows, total }) =>
          total === 0 ? (
            <p>这些人都已有账号。</p>
          ) : (
            <>
              <p>
                还没有账号的共 {total} 人：{rows.map((row) => row.name).join('、')}
                {total > rows.length ? '等' : ''}。
                {total > batch ? `每次生成 ${batch} 人，可以多次生成。` : ''}
              </p>
              <div>
                <Button
                  variant="primary"
                  busy={create.isPending}
                  onClick={() => create.mutate({ ...filter, limit: batch })}
                >
                  生成 {Math.min(total, batch)} 个账号
                </Button>
              </div>
            </>
          )
        }
      </Loaded>
      <Problem error={create.error} />
    </Panel>
  );
};

const BySchool = ({ onSlips }: SlipsTarget): ReactNode => {
  const counts = useQuery(accounts.query.countRosterAccounts.queryOptions({ input: {} }));
  const create = useCreate(onSlips);
  return (
    <Panel title="按学校生成">
      <Problem error={create.error} />
      <Loaded query={counts}>
        {({ rows }) => (
          <DataTable
            caption="各校账号情况"
            rows={rows}
            rowKey={(row) => row.schoolId ?? 'none'}
            empty={
              <Empty title="名册还是空的。">
                <p>请先导入名册，再生成账号。</p>
              </Empty>
            }
            columns={[
              { title: '学校', lead: true, cell: (row) => row.schoolName },
              { title: '在册人数', align: 'right', cell: (row) => row.people },
              { title: '已有账号', align: 'right', cell: (row) => row.withAccount },
              {
                title: '操作',
                cell: ({ schoolId, schoolName, people, withAccount }) => {
                  if (people === withAccount) return '已齐';
                  if (schoolId === null) return '请按职务生成';
                  return (
                    <Button
                      size="small"
                      aria-label={`为${schoolName}生成 ${people - withAccount} 个账号`}
                      busy={create.isPending && create.variables.schoolId === schoolId}
                      onClick={() => create.mutate({ schoolId, post: null, limit: 500 })}
                    >
                      生成 {people - withAccount} 个
                    </Button>
                  );
                },
              },
            ]}
          />
        )}
      </Loaded>
    </Panel>
  );
};

/** An account for somebody on no roster, e.g. the audit administrator. */
const Separate = ({ onSlips }: SlipsTarget): ReactNode => {
  const [loginName, setLoginName] = useState('');
  const [displayName, setDisplayName] = useState('');
  const create = useAction(accounts.client.createSeparateAccount, {
    done: '账号已生成，请打印账号条',
    onDone: (answer) => onSlips(answer.slips),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate({ loginName, displayName });
  };
  return (
    <Panel title="单独建立账号" lead="给不在名册上的管理员用。账号只归一人使用，不要多人共用。">
      <form className="stack" onSubmit={submit}>
        <div className="fields">
          <TextField
            label="姓名"
            value={displayName}
            onValue={setDisplayName}
            required
            minLength={2}
            maxLength={30}
          />
          <TextField
            label="登录名"
            value={loginName}
            onValue={setLoginName}
            required
            pattern="[a-zA-Z][a-zA-Z0-9._\-]{2,29}"
            title="字母开头，3 到 30 个字母、数字、点、横线"
            hint="字母开头，3 到 30 个字母、数字、点、横线"
            autoCapitalize="none"
            spellCheck={false}
          />
        </div>
        <Problem error={create.error} />
        <div>
          <Button type="submit" busy={create.isPending}>
            建立账号
          </Button>
        </div>
      </form>
    </Panel>
  );
};
