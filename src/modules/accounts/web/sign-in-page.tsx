import './accounts.css';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { Icon } from '#web/ui/icon.tsx';
import { SignInForm } from './parts/sign-in-form.tsx';

/** Takes the place of the page somebody came for, and gives it back after signing in. */
export const Page = (): ReactNode => {
  const client = useQueryClient();
  useEffect(() => {
    document.title = '登录 · 研训';
  }, []);
  return (
    <main className="sign-in">
      <header>
        <h1>
          <Icon name="book" />
          研训
        </h1>
        <p>区域教研与培训平台</p>
      </header>
      <div className="sign-in-card">
        <SignInForm onSignedIn={() => void client.invalidateQueries()} />
      </div>
    </main>
  );
};
