import type { Actor } from '#modules/organisation/contract.ts';
import { openObservations } from './observation-outbox.ts';
import { refreshPatrolAlong } from './patrol-along.ts';
import { hasPocket, refreshPocket } from './pocket-here.ts';

/** Behind every page: sends what is still here, and keeps what is needed without a network. */
export const start = (me: Actor): void => {
  openObservations(me);
  if (!hasPocket(me)) return;
  void refreshPocket(me);
  void refreshPatrolAlong(me);
};
