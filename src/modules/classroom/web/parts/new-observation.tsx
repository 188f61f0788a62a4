import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { newId } from '#platform/ids.ts';
import { Button } from '#web/ui/button.tsx';
import '../classroom.css';

/** The phone makes the record's id, so that nothing waits for the server. */
export const NewObservation = (): ReactNode => {
  const navigate = useNavigate();
  return (
    <Button
      variant="primary"
      size="large"
      className="observe-start"
      onClick={() => void navigate({ to: `/observations/${newId()}/edit`, search: { new: 1 } })}
    >
      开始听课
    </Button>
  );
};
