import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { stages } from '#modules/organisation/vocabulary/contract.ts';
import { useMe } from '#web/session.tsx';
import { Button, ButtonLink } from '#web/ui/button.tsx';
import { choicesOf, SelectField } from '#web/ui/field.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Failure, Loaded, Loading } from '#web/ui/states.tsx';
import { visitStateLabels, visitStates } from '../research-visit/vocabulary/contract.ts';
import { plansVisits } from './nav.tsx';
import { classroom } from './parts/api.ts';
import { useFindingAddress } from './parts/finding-address.ts';
import { VisitList } from './parts/research-visit-list.tsx';
import { VisitPlanner } from './parts/research-visit-planner.tsx';

export const Page = (): ReactNode => {
  const me = useMe();
  const plans = plansVisits(me);
  const { filter } = useFindingAddress();
  const isOneSchool = filter.schoolId !== undefined;
  return (
    <Frame
      title="巡研安排"
      lead="巡研是指导和帮助：到校看课、看教研，和学校一起找问题、想办法。"
      actions={
        plans ? (
          <ButtonLink to="/research-visits/new" variant="primary">
            安排一次巡研
          </ButtonLink>
        ) : undefined
      }
    >
      {isOneSchool ? null : <Coming />}
      {plans && !isOneSchool ? <VisitPlanner /> : null}
      <Panel title="全部巡研">
        <Rows />
      </Panel>
    </Frame>
  );
};

const Coming = (): ReactNode => {
  const query = useQuery(classroom.query.listVisits.queryOptions({ input: { upcoming: true, limit: 20 } }));
  return (
    <Panel title="近期巡研">
      <Loaded query={query}>
        {({ rows }) =>
          rows.length === 0 ? <p className="muted">近期没有安排。</p> : <VisitList rows={rows} />
        }
      </Loaded>
    </Panel>
  );
};

const Rows = (): ReactNode => {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const { filter, set } = useFindingAddress();
  const state = visitStates.find((one) => one === search['state']);
  const stage = stages.find((one) => one === search['stage']);
  const visited = String(search['visited']) === 'true' ? true : undefined;
  const { schoolId, from, to } = filter;
  const query = useInfiniteQuery(
    classroom.query.listVisits.infiniteOptions({
      input: (cursor: string | undefined) => ({
        state,
        stage,
        schoolId,
        from,
        to,
        visited,
        upcoming: false,
        limit: 30,
        cursor,
      }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  const rows = query.data?.pages.flatMap((page) => page.rows);
  return (
    <div className="stack">
      <div className="filters">
        <SelectField
          label="进展"
          value={state ?? ''}
          none="全部"
          choices={choicesOf(visitStates, visitStateLabels)}
          onValue={(value) => set('state', value)}
        />
      </div>
      {schoolId === undefined && visited === undefined ? null : (
        <p className="row muted">
          只列{rows?.[0]?.schoolName ?? '一所学校'}
          {visited === true ? '已进行的巡研' : '的巡研'}
          <Button size="small" onClick={() => void navigate({ to: '.', search: {}, replace: true })}>
            看全部
          </Button>
        </p>
      )}
      {rows === undefined ? (
        query.isError ? (
          <Failure error={query.error} retry={() => void query.refetch()} />
        ) : (
          <Loading />
        )
      ) : rows.length === 0 ? (
        <Empty title="没有符合条件的巡研。">
          <p>安排并提前告知的，和告知了情况的，会列在这里。</p>
        </Empty>
      ) : (
        <>
          <VisitList rows={rows} />
          {query.hasNextPage ? (
            <Button onClick={() => void query.fetchNextPage()} busy={query.isFetchingNextPage}>
              再看一些
            </Button>
          ) : null}
        </>
      )}
    </div>
  );
};
