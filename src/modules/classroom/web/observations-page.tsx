import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ButtonLink } from '#web/ui/button.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import { classroom } from './parts/api.ts';
import { Drafts } from './parts/drafts.tsx';
import { NewObservation } from './parts/new-observation.tsx';
import { ObservationList } from './parts/observation-list.tsx';
import { OutboxList } from './parts/outbox-list.tsx';

export const Page = (): ReactNode => {
  const recent = useQuery(
    classroom.query.listMyObservations.queryOptions({
      input: { states: ['finalised', 'fed-back', 'replied'], limit: 5, withdrawn: false },
    }),
  );
  return (
    <Frame title="听课" lead="走进课堂，记下看到的，课后说给老师听。" width="narrow">
      <NewObservation />
      <OutboxList />
      <Drafts />
      <Panel title="最近听的课" actions={<ButtonLink to="/observations/mine">我的听课</ButtonLink>}>
        <Loaded query={recent}>
          {({ rows }) =>
            rows.length === 0 ? (
              <Empty title="本学期还没有听课记录。">
                <p>进教室后点“开始听课”，会自动找到正在上的课。</p>
              </Empty>
            ) : (
              <ObservationList rows={rows} head="teacher" />
            )
          }
        </Loaded>
      </Panel>
    </Frame>
  );
};
