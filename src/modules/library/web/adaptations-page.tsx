import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { gradeLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chinaDay, chineseDate } from '#platform/dates.ts';
import { useMe } from '#web/session.tsx';
import { ButtonLink } from '#web/ui/button.tsx';
import { choicesOf, Segments } from '#web/ui/field.tsx';
import { Badge, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Paged } from '#web/ui/paged.tsx';
import type { AdaptationRow } from '../adaptation/contract.ts';
import { itemKindLabels } from '../vocabulary/contract.ts';
import { adapts } from './nav.tsx';
import { library } from './parts/api.ts';
import { useAddress } from './parts/use-address.ts';

const views = ['mine', 'updates', 'school', 'ended'] as const;
type View = (typeof views)[number];
const viewLabels: Readonly<Record<View, string>> = {
  mine: '我的',
  updates: '有新版',
  school: '本校的',
  ended: '已停用',
};
const nothing: Readonly<Record<View, string>> = {
  mine: '您还没有做校本化。',
  updates: '您的校本化都跟上了区级最新一版。',
  school: '本校还没有人做校本化。',
  ended: '没有停用的校本化。',
};
const hints: Readonly<Record<View, string>> = {
  mine: '在研训资源库打开一份资源，点“用于我的课（校本化）”。',
  updates: '区里发布新版时，会在这里和首页告诉您。',
  school: '在研训资源库打开一份资源，点“用于我的课（校本化）”。',
  ended: '不再用的校本化可以在它的页面上停用，内容保留，随时可以重新启用。',
};

/** One's own and one's school's; from a design's figures, what the schools made of it. */
export const Page = (): ReactNode => {
  const me = useMe();
  const { said, go } = useAddress();
  const item = said('item');
  const view = views.find((one) => one === said('view')) ?? 'mine';
  const section = said('section');
  const query = useInfiniteQuery(
    library.query.listAdaptations.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...(item === '' ? { view } : { view: 'item' as const, itemId: item }),
        ...(section === '' ? {} : { section }),
        ...(said('taught') === '' ? {} : { taught: true }),
        limit: 30,
        cursor,
      }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  return (
    <Frame
      title="校本化"
      lead="区级设计按本班学情改成自己的：没改的跟着区里走，改过的由自己做主。"
      width="narrow"
      {...(item === '' ? {} : { back: { to: `/library/items/${item}`, label: '资源' } })}
      actions={<ButtonLink to="/library">找资源</ButtonLink>}
    >
      <Panel>
        {item !== '' ? (
          <p className="notice row spread">
            <span>
              只列这一份资源的校本化
              {section === '' ? '' : '，改过所选部分的'}
              {said('taught') === '' ? '' : '，上过课的'}；同一所学校可能有几份。
            </span>
            {adapts(me) ? <Link to="/library/adaptations">看我的</Link> : null}
          </p>
        ) : (
          <Segments
            label="范围"
            hideLabel
            value={view}
            choices={choicesOf(views, viewLabels)}
            onValue={(next) => go({ view: next })}
          />
        )}
        <Paged
          query={query}
          unit="份"
          nothing={item === '' ? nothing[view] : '没有符合条件的校本化。'}
          hint={item === '' ? <p>{hints[view]}</p> : undefined}
        >
          {(rows) => <AdaptationList rows={rows} of={item === '' ? view : 'item'} />}
        </Paged>
      </Panel>
    </Frame>
  );
};

const AdaptationList = ({
  rows,
  of,
}: {
  readonly rows: readonly AdaptationRow[];
  readonly of: View | 'item';
}): ReactNode => (
  <ul className="link-list">
    {rows.map((row) => (
      <li key={row.id}>
        <Link to="/library/adaptations/$adaptationId" params={{ adaptationId: row.id }}>
          <span>
            {itemKindLabels[row.kind]}：{row.title}
          </span>
          <small>
            {[
              gradeLabels[row.grade] ?? '',
              ...(of === 'item' ? [row.schoolName] : []),
              ...(of === 'item' || of === 'school' ? [row.maker.name] : []),
              `${chineseDate(chinaDay(new Date(row.savedAt)))} 保存`,
            ].join(' · ')}
          </small>
          <span className="row">
            {row.ended ? <Badge tone="warn">已停用</Badge> : null}
            {row.newer === null || row.ended ? null : (
              <Badge tone="warn">
                {row.itemSchoolName ?? '区里'}有第 {row.newer} 版
              </Badge>
            )}
            <Badge>{row.touched.length === 0 ? '还没有改动' : `改了 ${row.touched.length} 处`}</Badge>
            {row.taught === 0 ? null : <Badge tone="good">上过 {row.taught} 次</Badge>}
          </span>
        </Link>
      </li>
    ))}
  </ul>
);
