import type { ReactNode } from 'react';
import { forgetDrafts } from '#web/draft.ts';
import { Button } from '#web/ui/button.tsx';
import { useAction } from '#web/use-action.ts';
import { accounts } from './api.ts';

/** Leaves nothing of the person on a shared device: drafts are forgotten and the page starts anew. */
export const SignOutButton = (): ReactNode => {
  const signOut = useAction(accounts.client.signOut, {
    onDone: () => {
      forgetDrafts();
      window.location.assign('/');
    },
  });
  return (
    <Button onClick={() => signOut.mutate({})} busy={signOut.isPending}>
      退出登录
    </Button>
  );
};
