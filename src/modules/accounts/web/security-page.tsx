import './accounts.css';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { ChangedElsewhere } from '#web/ui/changed-elsewhere.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { TextField } from '#web/ui/field.tsx';
import { Page as PageFrame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { SecurityRules } from '../security/contract.ts';
import { type RuleField, ruleGroups } from '../security/rules.ts';
import { accounts } from './parts/api.ts';
import { whenText } from './parts/when.ts';

export const Page = (): ReactNode => {
  const rules = useQuery(accounts.query.readSecurityRules.queryOptions({ input: {} }));
  return (
    <PageFrame title="安全规则" lead="按网络安全等级保护第二级的要求设定，可在允许的范围内调整。">
      <Locked />
      <Loaded query={rules}>{(data) => <RulesForm {...data} />}</Loaded>
    </PageFrame>
  );
};

const Locked = (): ReactNode => {
  const locked = useQuery(
    accounts.query.listAccounts.queryOptions({ input: { state: 'locked', limit: 100 } }),
  );
  const unlock = useAction(accounts.client.unlockAccount, { done: '已解除，可以登录了' });
  return (
    <Panel title="暂停登录的账号" lead="密码输错太多次而暂停，到时间自动恢复；核实本人后可以提前解除。">
      <Loaded query={locked}>
        {({ rows }) => (
          <DataTable
            caption="暂停登录的账号"
            rows={rows}
            rowKey={(row) => row.id}
            empty={<Empty title="目前没有暂停登录的账号。" />}
            columns={[
              { title: '姓名', lead: true, cell: (row) => row.name },
              { title: '学校', cell: (row) => row.schoolName ?? '—' },
              { title: '恢复时间', cell: (row) => whenText(row.lockedUntil) },
              {
                title: '操作',
                cell: (row) => (
                  <Button
                    size="small"
                    aria-label={`解除${row.name}的暂停`}
                    busy={unlock.isPending && unlock.variables.accountId === row.id}
                    onClick={() => unlock.mutate({ accountId: row.id })}
                  >
                    解除暂停
                  </Button>
                ),
              },
            ]}
          />
        )}
      </Loaded>
      <Problem error={unlock.error} />
    </Panel>
  );
};

interface RulesFormProps {
  readonly rules: SecurityRules;
  readonly fromOn: string | null;
  readonly version: string;
}

const RulesForm = ({ rules, fromOn, version }: RulesFormProps): ReactNode => {
  const [typed, setTyped] = useState<Readonly<Partial<Record<keyof SecurityRules, string>>>>({});
  const save = useAction(accounts.client.changeSecurityRules, {
    done: '安全规则已保存，今天起生效',
    onDone: () => setTyped({}),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const changed = Object.fromEntries(
      Object.entries(typed).map(([key, text]) => [key, text === '' ? null : Number(text)]),
    );
    save.mutate({ rules: { ...rules, ...changed }, version });
  };
  return (
    <form className="stack" onSubmit={submit}>
      {ruleGroups.map((group) => (
        <Panel key={group.title} title={group.title}>
          <div className="fields">
            {group.fields.map((field) => (
              <NumberField
                key={field.key}
                field={field}
                value={typed[field.key] ?? String(rules[field.key] ?? '')}
                onValue={(text) => setTyped({ ...typed, [field.key]: text })}
              />
            ))}
          </div>
        </Panel>
      ))}
      {Object.keys(typed).length === 0 ? null : <ChangedElsewhere version={version} opens="/security" />}
      <Problem error={save.error} />
      <div className="row">
        <Button
          type="submit"
          variant="primary"
          busy={save.isPending}
          disabled={Object.keys(typed).length === 0}
        >
          保存安全规则
        </Button>
        <span className="muted small">
          {fromOn === null ? '现在用的是默认值。' : `现在的规则自 ${fromOn} 起执行。`}
        </span>
      </div>
    </form>
  );
};

const NumberField = ({
  field,
  value,
  onValue,
}: {
  field: RuleField;
  value: string;
  onValue: (value: string) => void;
}): ReactNode => (
  <TextField
    label={field.label}
    type="number"
    inputMode="numeric"
    value={value}
    onValue={onValue}
    min={field.least}
    max={field.most}
    required={field.optional !== true}
    hint={`${field.unit}，${field.least} 到 ${field.most}${field.optional === true ? '；空着为不限' : ''}`}
  />
);
