import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { schoolsLedBy } from '#modules/organisation/rules.ts';
import { chineseDate } from '#platform/dates.ts';
import { useMe } from '#web/session.tsx';
import { Button, ButtonLink } from '#web/ui/button.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import { classroom } from './parts/api.ts';
import { PatrolList } from './parts/patrol-list.tsx';
import { PatrolStart } from './parts/patrol-start.tsx';
import { PatrolState } from './parts/patrol-state.tsx';
import { usePatrols } from './parts/use-patrols.ts';
import './classroom.css';
import './patrol.css';

export const Page = (): ReactNode => {
  const me = useMe();
  const leads = schoolsLedBy(me).length > 0;
  return (
    <Frame
      title="巡课"
      lead="走过每间教室，点一下记“正常”，看到情况再记下来。巡课不计入听课节数。"
      width="narrow"
      actions={
        leads ? (
          <>
            <ButtonLink to="/patrols/week">本校周汇总</ButtonLink>
            <ButtonLink to="/patrols/setup">值班表与路线</ButtonLink>
          </>
        ) : undefined
      }
    >
      <PatrolStart />
      <OnThisDevice />
      {me.offline === true ? null : <MyPatrols />}
    </Frame>
  );
};

const OnThisDevice = (): ReactNode => {
  const { patrols, states } = usePatrols();
  if (patrols.length === 0) return null;
  return (
    <Panel title="本机上的巡课">
      <ul className="link-list">
        {patrols.map((patrol) => (
          <li key={patrol.id}>
            <Link to={`/patrols/${patrol.id}`}>
              <span>
                {chineseDate(patrol.dayOn)} {patrol.slotText}
              </span>
              <small>{patrol.finish === null ? '还没有结束，打开接着巡' : '已结束'}</small>
            </Link>
            <PatrolState patrol={patrol} state={states.get(patrol.id)} />
          </li>
        ))}
      </ul>
    </Panel>
  );
};

const MyPatrols = (): ReactNode => {
  const query = useInfiniteQuery(
    classroom.query.listMyPatrols.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: 10, cursor }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  return (
    <Panel title="我最近的巡课">
      <Loaded query={query}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.rows);
          return rows.length === 0 ? (
            <Empty title="还没有巡课记录。">
              <p>到走廊上点“开始巡课”，一次巡课是一份记录。</p>
            </Empty>
          ) : (
            <>
              <PatrolList rows={rows} names={false} />
              {query.hasNextPage ? (
                <Button onClick={() => void query.fetchNextPage()} busy={query.isFetchingNextPage}>
                  再看一些
                </Button>
              ) : null}
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
};
