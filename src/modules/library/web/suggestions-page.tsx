import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMe } from '#web/session.tsx';
import { choicesOf, Segments } from '#web/ui/field.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { Paged } from '#web/ui/paged.tsx';
import { writesForDistrict } from './nav.tsx';
import { library } from './parts/api.ts';
import { SuggestionList } from './parts/suggestion-list.tsx';
import { useAddress } from './parts/use-address.ts';

const views = ['to-decide', 'mine', 'answered'] as const;
type View = (typeof views)[number];
const viewLabels: Readonly<Record<View, string>> = {
  'to-decide': '等中心组处理',
  mine: '我提出的',
  answered: '有新答复',
};
const nothing: Readonly<Record<View, string>> = {
  'to-decide': '现在没有等处理的建议。',
  mine: '您还没有提过建议。',
  answered: '没有还没看的答复。',
};

export const Page = (): ReactNode => {
  const me = useMe();
  const { said, go } = useAddress();
  const itemId = said('item');
  const section = said('section');
  const offered = writesForDistrict(me) ? views : views.filter((one) => one !== 'to-decide');
  const view = offered.find((one) => one === said('view')) ?? offered[0] ?? 'mine';
  const query = useInfiniteQuery(
    library.query.listSuggestions.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...(itemId === '' ? { view } : { view: 'item' as const, itemId }),
        ...(section === '' ? {} : { section }),
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
      back={
        itemId === ''
          ? { to: '/library', label: '研训资源库' }
          : { to: `/library/items/${itemId}`, label: '资源' }
      }
    >
      <Panel>
        {itemId === '' ? (
          <Segments
            label="范围"
            hideLabel
            value={view}
            choices={choicesOf(offered, viewLabels)}
            onValue={(next) => go({ view: next })}
          />
        ) : (
          <p className="notice row spread">
            <span>只列这一份资源{section === '' ? '' : '所选部分'}的改进建议</span>
            <Link to="/library/suggestions">看全部</Link>
          </p>
        )}
        <Paged
          query={query}
          unit="条"
          nothing={itemId === '' ? nothing[view] : '这一份资源还没有改进建议。'}
          hint={
            itemId === '' && view === 'mine' ? (
              <p>在自己的校本化里改好一部分，就可以“向中心组提建议”。</p>
            ) : undefined
          }
        >
          {(rows) => <SuggestionList rows={rows} />}
        </Paged>
      </Panel>
    </Frame>
  );
};
