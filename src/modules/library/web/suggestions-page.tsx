import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useMe } from '#web/session.tsx';
import { choicesOf, Segments } from '#web/ui/field.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { Paged } from '#web/ui/paged.tsx';
import { writesForDistrict } from './nav.tsx';
import { library } from './parts/api.ts';
import { SuggestionList } from './parts/suggestion-list.tsx';

const views = ['to-decide', 'mine'] as const;
const viewLabels = { 'to-decide': '等中心组处理', mine: '我提出的' } as const;

export const Page = (): ReactNode => {
  const me = useMe();
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const itemId = typeof search['item'] === 'string' ? search['item'] : undefined;
  const decides = writesForDistrict(me);
  const [view, setView] = useState<(typeof views)[number]>(decides ? 'to-decide' : 'mine');
  const query = useInfiniteQuery(
    library.query.listSuggestions.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...(itemId === undefined ? { view } : { view: 'item' as const, itemId }),
        limit: 30,
        cursor,
      }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  return (
    <Frame
      title="改进建议"
      lead="学校在课堂上改出来的好写法，送回中心组，写进区级下一版。"
      width="narrow"
      back={{ to: '/library', label: '研训资源库' }}
    >
      <Panel>
        {itemId === undefined ? (
          decides ? (
            <Segments
              label="范围"
              hideLabel
              value={view}
              choices={choicesOf(views, viewLabels)}
              onValue={setView}
            />
          ) : null
        ) : (
          <p className="row muted">
            只列一份资源的建议
            <Link to="/library/suggestions">看全部</Link>
          </p>
        )}
        <Paged
          query={query}
          unit="条"
          nothing={view === 'mine' ? '您还没有提过建议。' : '现在没有等处理的建议。'}
          hint={view === 'mine' ? <p>在自己的校本化里改好一部分，就可以“向中心组提建议”。</p> : undefined}
        >
          {(rows) => <SuggestionList rows={rows} />}
        </Paged>
      </Panel>
    </Frame>
  );
};
