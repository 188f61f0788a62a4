import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { useMe } from '#web/session.tsx';
import {
  openPatrols,
  type PatrolsHere,
  patrolsHere,
  retryPatrols,
  subscribeToPatrols,
} from './patrol-outbox.ts';

/** The patrols on this device, on their way to the server while any page of the app is open. */
export const usePatrols = (): PatrolsHere => {
  const me = useMe();
  const client = useQueryClient();
  useEffect(() => {
    openPatrols(me.accountId, () => void client.invalidateQueries());
  }, [me.accountId, client]);
  const here = useSyncExternalStore(subscribeToPatrols, patrolsHere);
  // Signing in again refreshes every query; that is the moment to send what is still here.
  useEffect(
    () =>
      client.getQueryCache().subscribe((event) => {
        const isSignedOut = [...patrolsHere().states.values()].some(({ kind }) => kind === 'signed-out');
        if (isSignedOut && event.type === 'updated' && event.action.type === 'success') retryPatrols();
      }),
    [client],
  );
  return here;
};
