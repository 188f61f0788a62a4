import { type FormEvent, type ReactNode, useState } from 'react';
import { useMe } from '#web/session.tsx';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { TextField } from '#web/ui/field.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { AccountRow, Slip } from '../../administration/contract.ts';
import { mayManage } from '../../administration/rules.ts';
import { AccountSessions } from './account-sessions.tsx';
import { accounts } from './api.ts';

interface AccountActionsProps {
  readonly row: AccountRow;
  readonly onSlips: (slips: readonly Slip[]) => void;
}

/** What the administrator may do with one account; the same rule decides on the server. */
export const AccountActions = ({ row, onSlips }: AccountActionsProps): ReactNode => {
  const me = useMe();
  const [asking, setAsking] = useState<'reset' | 'disable' | 'sessions' | null>(null);
  const enable = useAction(accounts.client.enableAccount, { done: `${row.name}的账号已启用` });
  const unlock = useAction(accounts.client.unlockAccount, { done: `${row.name}可以登录了` });
  const target = { accountId: row.id, version: row.version };
  const manages = mayManage(me, row);
  const secures = me.duties.includes('security');
  const close = (): void => setAsking(null);
  return (
    <div className="row-actions">
      {manages && row.state !== 'disabled' ? (
        <Button size="small" aria-label={`重置密码：${row.name}`} onClick={() => setAsking('reset')}>
          重置密码
        </Button>
      ) : null}
      {manages && row.state !== 'disabled' ? (
        <Button size="small" aria-label={`停用：${row.name}`} onClick={() => setAsking('disable')}>
          停用
        </Button>
      ) : null}
      {manages && row.state === 'disabled' ? (
        <Button
          size="small"
          aria-label={`启用：${row.name}`}
          busy={enable.isPending}
          onClick={() => enable.mutate(target)}
        >
          启用
        </Button>
      ) : null}
      {secures && row.state === 'locked' ? (
        <Button
          size="small"
          aria-label={`解除暂停：${row.name}`}
          busy={unlock.isPending}
          onClick={() => unlock.mutate({ accountId: row.id })}
        >
          解除暂停
        </Button>
      ) : null}
      {secures ? (
        <Button
          size="small"
          variant="quiet"
          aria-label={`登录中的设备：${row.name}`}
          onClick={() => setAsking('sessions')}
        >
          登录中的设备
        </Button>
      ) : null}
      <Problem error={enable.error ?? unlock.error} />
      {asking === 'reset' ? <ResetDialog row={row} onClose={close} onSlips={onSlips} /> : null}
      {asking === 'disable' ? <DisableDialog row={row} onClose={close} /> : null}
      {asking === 'sessions' ? <AccountSessions row={row} onClose={close} /> : null}
    </div>
  );
};

const ResetDialog = ({ row, onClose, onSlips }: AccountActionsProps & { onClose: () => void }): ReactNode => {
  const reset = useAction(accounts.client.resetPassword, {
    onDone: ({ slips }) => {
      onSlips(slips);
      onClose();
      window.scrollTo({ top: 0 });
    },
  });
  return (
    <Dialog title={`重置${row.name}的密码`} onClose={onClose}>
      <p>原来的密码立即作废，登录中的设备全部退出。新的一次性密码只显示一次，请交给本人。</p>
      <Problem error={reset.error} />
      <div className="row">
        <Button
          variant="primary"
          busy={reset.isPending}
          onClick={() => reset.mutate({ accountId: row.id, version: row.version })}
        >
          重置密码
        </Button>
        <Button onClick={onClose}>不重置</Button>
      </div>
    </Dialog>
  );
};

const DisableDialog = ({ row, onClose }: { row: AccountRow; onClose: () => void }): ReactNode => {
  const [reason, setReason] = useState('');
  const disable = useAction(accounts.client.disableAccount, {
    done: `${row.name}的账号已停用`,
    onDone: onClose,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    disable.mutate({ accountId: row.id, version: row.version, reason });
  };
  return (
    <Dialog title={`停用${row.name}的账号`} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p>停用后此人立即退出，不能再登录；已有的记录不受影响，以后可以再启用。</p>
        <TextField
          label="停用原因"
          value={reason}
          onValue={setReason}
          required
          minLength={2}
          maxLength={200}
        />
        <Problem error={disable.error} />
        <div className="row">
          <Button type="submit" variant="danger" busy={disable.isPending}>
            停用账号
          </Button>
          <Button onClick={onClose}>不停用</Button>
        </div>
      </form>
    </Dialog>
  );
};
