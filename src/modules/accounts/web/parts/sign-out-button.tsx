import { type ReactNode, useState } from 'react';
import { draftKeys, forgetDrafts } from '#web/draft.ts';
import { forgetKeptDocuments, hasKeptDocuments } from '#web/kept-documents.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { accounts } from './api.ts';
import { forgetLastIdentifier } from './last-identifier.ts';

/** Leaves nothing of the person on a shared device: drafts are forgotten and the page starts anew. */
export const SignOutButton = (): ReactNode => {
  const [asking, setAsking] = useState(false);
  const signOut = useAction(accounts.client.signOut, {
    onDone: () => {
      forgetDrafts();
      forgetLastIdentifier();
      const startAnew = (): void => window.location.assign('/');
      forgetKeptDocuments().then(startAnew, startAnew);
    },
  });
  const leave = (): void => signOut.mutate({});
  const askOrLeave = async (): Promise<void> => {
    if (draftKeys('').length > 0 || (await hasKeptDocuments())) setAsking(true);
    else leave();
  };
  return (
    <>
      <Button
        onClick={() => {
          askOrLeave().catch(leave);
        }}
        busy={signOut.isPending}
      >
        退出登录
      </Button>
      {asking ? (
        <Dialog title="还有没有送出的内容" onClose={() => setAsking(false)}>
          <p>本机上还留着填写了、可能没有保存到系统的内容，退出登录会一并删除。需要保留的，请先打开保存。</p>
          <Problem error={signOut.error} />
          <div className="row">
            <Button variant="danger" busy={signOut.isPending} onClick={leave}>
              删除并退出
            </Button>
            <Button onClick={() => setAsking(false)}>暂不退出</Button>
          </div>
        </Dialog>
      ) : (
        <Problem error={signOut.error} />
      )}
    </>
  );
};
