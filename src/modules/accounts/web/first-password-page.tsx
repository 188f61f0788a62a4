import './accounts.css';
import { type ReactNode, useEffect } from 'react';
import { Icon } from '#web/ui/icon.tsx';
import { NewPasswordForm } from './parts/new-password-form.tsx';
import { SignOutButton } from './parts/sign-out-button.tsx';

/** Stands before everything else until a one-time or aged password is replaced. */
export const Page = (): ReactNode => {
  useEffect(() => {
    document.title = '设置自己的密码 · 研训';
  }, []);
  return (
    <main className="sign-in">
      <header>
        <p className="sign-in-brand">
          <Icon name="book" />
          研训
        </p>
      </header>
      <div className="sign-in-card stack">
        <div>
          <h1>设置自己的密码</h1>
          <p className="muted">设置以后，账号条上的一次性密码就作废了。</p>
        </div>
        <NewPasswordForm asksCurrent={false} submitLabel="设置密码并进入" />
        <div className="sign-in-leave">
          <SignOutButton />
        </div>
      </div>
    </main>
  );
};
