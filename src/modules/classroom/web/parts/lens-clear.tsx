import { type ReactNode, useState } from 'react';
import { Button } from '#web/ui/button.tsx';

/** Throws away only after a second press. */
export const ClearButton = ({ label, onClear }: { label: string; onClear: () => void }): ReactNode => {
  const [asked, setAsked] = useState(false);
  if (!asked)
    return (
      <Button variant="quiet" onClick={() => setAsked(true)}>
        {label}
      </Button>
    );
  return (
    <>
      <Button
        variant="danger"
        onClick={() => {
          setAsked(false);
          onClear();
        }}
      >
        确定{label}
      </Button>
      <Button variant="quiet" onClick={() => setAsked(false)}>
        不清空
      </Button>
    </>
  );
};
