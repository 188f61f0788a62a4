import type { ReactNode } from 'react';
import { ButtonLink } from '#web/ui/button.tsx';
import { FindingWaiting } from './finding-waiting.tsx';

/** Absent until something waits for me. */
export const Card = (): ReactNode => (
  <FindingWaiting
    title="问题整改：等您办理"
    limit={3}
    actions={
      <ButtonLink to="/findings" size="small">
        全部
      </ButtonLink>
    }
  />
);
