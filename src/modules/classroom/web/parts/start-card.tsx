import type { ReactNode } from 'react';
import { Panel } from '#web/ui/page.tsx';
import { Drafts } from './drafts.tsx';
import { NewObservation } from './new-observation.tsx';

export const Card = (): ReactNode => (
  <Panel title="听课" lead="选班级、记观察、写小结，两分钟一份。">
    <NewObservation />
    <Drafts />
  </Panel>
);
