import type { ReactNode } from 'react';
import { Button } from '#web/ui/button.tsx';
import type { KeptPatrol } from '../../patrol/device/contract.ts';
import { hasUnsent, unsentMarks } from '../../patrol/device/rules.ts';
import { receiptLabel } from '../../patrol/rules.ts';
import { retryPatrols, type SendState } from './patrol-outbox.ts';

const textOf = (patrol: KeptPatrol, state: SendState | undefined): string => {
  if (state?.kind === 'refused') return `只在本机：${state.sentence}`;
  if (state?.kind === 'signed-out') return '只在本机：登录已过期，登录后自动发送';
  if (state?.kind === 'sending') return '正在发送…';
  if (patrol.receipt !== null && !hasUnsent(patrol))
    return `已送达（回执号 ${receiptLabel(patrol.receipt.number)}）`;
  const count = unsentMarks(patrol).length;
  return `只在本机${count === 0 ? '' : `（${count} 间待发送，线路恢复后自动发送）`}`;
};

const toneOf = (patrol: KeptPatrol, state: SendState | undefined): string => {
  if (state?.kind === 'refused') return 'refused';
  return patrol.receipt !== null && !hasUnsent(patrol) ? 'saved' : 'retrying';
};

/** Where a patrol is: on this device, on its way, or at the server with its receipt number. */
export const PatrolState = ({
  patrol,
  state,
}: {
  patrol: KeptPatrol;
  state: SendState | undefined;
}): ReactNode => (
  <div role="status">
    <p className={`save-state save-state-${toneOf(patrol, state)}`}>{textOf(patrol, state)}</p>
    {state?.kind === 'refused' ? (
      <Button size="small" onClick={retryPatrols}>
        再发送一次
      </Button>
    ) : null}
  </div>
);
