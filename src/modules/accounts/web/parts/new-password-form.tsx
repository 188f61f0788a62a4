import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { newId } from '#platform/ids.ts';
import { Button } from '#web/ui/button.tsx';
import { Loaded, Problem } from '#web/ui/states.tsx';
import { notify } from '#web/ui/toast.tsx';
import { countKinds, type PasswordRules, passwordRuleTexts } from '../../password/rules.ts';
import { accounts } from './api.ts';
import { PasswordField } from './password-field.tsx';

interface NewPasswordFormProps {
  /** False for someone who has just come in with a one-time password. */
  readonly asksCurrent: boolean;
  readonly submitLabel: string;
}

export const NewPasswordForm = (props: NewPasswordFormProps): ReactNode => {
  const rules = useQuery(accounts.query.readPasswordRules.queryOptions({ input: {} }));
  return <Loaded query={rules}>{(data) => <Form {...props} rules={data} />}</Loaded>;
};

const Form = ({
  asksCurrent,
  submitLabel,
  rules,
}: NewPasswordFormProps & { rules: PasswordRules }): ReactNode => {
  const client = useQueryClient();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [repeated, setRepeated] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const differs = repeated !== '' && !next.startsWith(repeated) && repeated !== next;
  const change = useMutation({
    networkMode: 'always',
    mutationFn: () =>
      accounts.client.changePassword(
        { current: asksCurrent ? current : null, next },
        { context: { idempotencyKey: newId() } },
      ),
    onSuccess: async (answer) => {
      if (answer.outcome === 'refused') {
        setRefusal(answer.message);
        return;
      }
      setCurrent('');
      setNext('');
      setRepeated('');
      notify('密码已设置，其他设备上的登录已退出');
      await client.invalidateQueries();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setRefusal(null);
    if (next === repeated && !change.isPending) change.mutate();
  };
  const enough = [
    Array.from(next).length >= rules.minimumLength,
    countKinds(next) >= rules.kindsRequired,
  ] as const;
  return (
    <form className="stack" onSubmit={submit}>
      {asksCurrent ? (
        <PasswordField
          label="现在的密码"
          value={current}
          onValue={setCurrent}
          autoComplete="current-password"
          error={refusal ?? undefined}
        />
      ) : null}
      <PasswordField label="新密码" value={next} onValue={setNext} autoComplete="new-password" />
      <ul className="password-rules" aria-label="密码要求">
        {passwordRuleTexts(rules).map((text, index) => (
          <li key={text} className={enough[index] === true ? 'met' : ''}>
            {text}
            {enough[index] === true ? <span className="visually-hidden">（已满足）</span> : null}
          </li>
        ))}
      </ul>
      <PasswordField
        label="再输入一次新密码"
        value={repeated}
        onValue={setRepeated}
        autoComplete="new-password"
        error={differs ? '两次输入的不一样，请核对。' : undefined}
      />
      <Problem error={change.error} />
      <div>
        <Button
          type="submit"
          variant="primary"
          busy={change.isPending}
          disabled={next === '' || next !== repeated}
        >
          {submitLabel}
        </Button>
      </div>
    </form>
  );
};
