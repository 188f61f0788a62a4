import '../accounts.css';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, lazy, type ReactNode, Suspense, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { TextField } from '#web/ui/field.tsx';
import { Problem } from '#web/ui/states.tsx';
import { accounts } from './api.ts';
import { keepLastIdentifier, readLastIdentifier } from './last-identifier.ts';
import { PasswordField } from './password-field.tsx';

const DemoRoles = lazy(async () => ({ default: (await import('./demo-roles.tsx')).DemoRoles }));

interface SignInProps {
  readonly onSignedIn: () => void;
}

/** Sign-in, on its own page and in the dialog over a page whose session ended. */
export const SignInForm = ({ onSignedIn }: SignInProps): ReactNode => {
  const options = useQuery({
    ...accounts.query.readSignInOptions.queryOptions({ input: {} }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [byPassword, setByPassword] = useState(false);
  if (options.data?.demo !== true || byPassword) return <PasswordForm onSignedIn={onSignedIn} />;
  return (
    <Suspense fallback={null}>
      <DemoRoles onSignedIn={onSignedIn} />
      <div>
        <Button variant="quiet" onClick={() => setByPassword(true)}>
          用账号和密码登录
        </Button>
      </div>
    </Suspense>
  );
};

/** What was typed stays on a failure. */
const PasswordForm = ({ onSignedIn }: SignInProps): ReactNode => {
  const [identifier, setIdentifier] = useState(readLastIdentifier);
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    networkMode: 'always',
    mutationFn: () => accounts.client.signIn({ identifier, password }),
    onSuccess: () => {
      keepLastIdentifier(identifier);
      onSignedIn();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!signIn.isPending) signIn.mutate();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <TextField
        label="工号、手机号或姓名"
        value={identifier}
        onValue={setIdentifier}
        required
        maxLength={60}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
      />
      <PasswordField label="密码" value={password} onValue={setPassword} autoComplete="current-password" />
      <Problem error={signIn.error} />
      <Button type="submit" variant="primary" size="large" busy={signIn.isPending}>
        登录
      </Button>
      <p className="muted small">
        第一次登录请用账号条上的一次性密码。忘记密码请联系本校或教研室的系统管理员重置。
      </p>
    </form>
  );
};
