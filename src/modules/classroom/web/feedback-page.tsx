import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ButtonLink } from '#web/ui/button.tsx';
import { Segments } from '#web/ui/field.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { classroom } from './parts/api.ts';
import { CriteriaOverTime } from './parts/criteria-over-time.tsx';
import { FollowUpList } from './parts/follow-up-list.tsx';
import { PagedList } from './parts/paged-list.tsx';

type View = 'records' | 'criteria';

export const Page = (): ReactNode => {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const view: View = search['view'] === 'criteria' ? 'criteria' : 'records';
  return (
    <Frame
      title="听课反馈"
      lead="听课的人反馈给您的内容。打开一份可以回复，也可以记下商定的改进。"
      actions={<ButtonLink to="/observations/debriefs">议课</ButtonLink>}
      width="narrow"
    >
      <AgreedChanges />
      <Panel title="各次反馈">
        <Segments<View>
          label="怎样看"
          hideLabel
          value={view}
          choices={[
            { value: 'records', label: '按时间' },
            { value: 'criteria', label: '按十条标准' },
          ]}
          onValue={(next) => void navigate({ to: '.', search: { view: next }, replace: true })}
        />
        {view === 'criteria' ? <CriteriaOverTime /> : <Records />}
      </Panel>
    </Frame>
  );
};

const AgreedChanges = (): ReactNode => {
  const query = useQuery(classroom.query.listChangesIAgreed.queryOptions({ input: { limit: 20 } }));
  const rows = query.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <Panel title="商定的改进" lead="与听课的人商定、还没有再看的。">
      <FollowUpList rows={rows} head="observer" />
    </Panel>
  );
};

const Records = (): ReactNode => {
  const query = useInfiniteQuery(
    classroom.query.listFeedbackToMe.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: 30, cursor }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  return <PagedList query={query} head="observer" empty={<p>有人听了您的课并反馈后，会出现在这里。</p>} />;
};
