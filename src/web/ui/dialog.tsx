import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { Button } from './button.tsx';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  /** False where only the dialog's own buttons may end it. */
  readonly dismissible?: boolean;
  readonly children: ReactNode;
}

/** The browser's own modal dialog: focus stays inside, Escape closes, the page behind keeps its state. */
export const Dialog = ({ title, onClose, dismissible = true, children }: DialogProps): ReactNode => {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Closed while still in the page: only then does the browser give the focus back to what opened it.
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (dialog !== null && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      className="dialog"
      onCancel={(event) => {
        event.preventDefault();
        if (dismissible) onClose();
      }}
    >
      <header className="dialog-head">
        <h2 id={titleId}>{title}</h2>
        {dismissible ? (
          <Button variant="quiet" size="small" onClick={onClose} aria-label="关闭">
            ✕
          </Button>
        ) : null}
      </header>
      <div className="dialog-body">{children}</div>
    </dialog>
  );
};
