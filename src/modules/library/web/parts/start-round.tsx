import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Button } from '#web/ui/button.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { library } from './api.ts';

/** Opens the next version's draft, or the one that is open already. */
export const StartRound = ({ itemId, first }: { itemId: string; first: boolean }): ReactNode => {
  const navigate = useNavigate();
  const start = useAction(library.client.startRound, {
    onDone: ({ id }) => void navigate({ to: '/library/rounds/$roundId', params: { roundId: id } }),
  });
  return (
    <>
      <Button busy={start.isPending} onClick={() => start.mutate({ itemId })}>
        {first ? '开始编写' : '编写下一版'}
      </Button>
      <Problem error={start.error} />
    </>
  );
};
