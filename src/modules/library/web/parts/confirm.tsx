import type { ReactNode } from 'react';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Problem } from '#web/ui/states.tsx';

interface ConfirmProps {
  readonly title: string;
  /** What the one button does, as its words. */
  readonly action: string;
  readonly danger?: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  /** What happens, and what is lost. */
  readonly children: ReactNode;
}

/** Before a step that others see or that takes something away: what happens, and one button. */
export const Confirm = ({
  title,
  action,
  danger = false,
  busy,
  error,
  onConfirm,
  onClose,
  children,
}: ConfirmProps): ReactNode => (
  <Dialog title={title} onClose={onClose}>
    <div className="stack">
      {children}
      <Problem error={error} />
      <Button variant={danger ? 'danger' : 'primary'} busy={busy} onClick={onConfirm}>
        {action}
      </Button>
    </div>
  </Dialog>
);
