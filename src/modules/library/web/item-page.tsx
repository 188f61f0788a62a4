import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { isInLeadingGroup, isResearchOfficer } from '#modules/organisation/rules.ts';
import { chinaDay, chineseDate } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import { useMe } from '#web/session.tsx';
import { ButtonLink } from '#web/ui/button.tsx';
import { Facts, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Loaded, Loading } from '#web/ui/states.tsx';
import type { ItemDetail } from '../item/contract.ts';
import { itemKindLabels } from '../vocabulary/contract.ts';
import { adapts, writesForDistrict } from './nav.tsx';
import { library } from './parts/api.ts';
import { ChangedSections } from './parts/changed-sections.tsx';
import { ContentView } from './parts/content-view.tsx';
import { DesignChecks } from './parts/design-checks.tsx';
import { Downloads } from './parts/downloads.tsx';
import { ItemBadges, placeOf, RoundBadge } from './parts/item-list.tsx';
import { ItemSettings } from './parts/item-settings.tsx';
import { ItemUses } from './parts/item-uses.tsx';
import { PaperPicks } from './parts/paper-picks.tsx';
import { ReuseCounts } from './parts/reuse-counts.tsx';
import { StartRound } from './parts/start-round.tsx';
import { TakeForMyClass } from './parts/take-for-my-class.tsx';
import { WhenNear } from './parts/when-near.tsx';
import './library.css';

export const Page = (): ReactNode => {
  const params: Readonly<Record<string, string>> = useParams({ strict: false });
  const id = params['itemId'] ?? '';
  const query = useQuery(library.query.getItem.queryOptions({ input: { id } }));
  return (
    <Frame
      title={query.data?.title ?? '资源'}
      lead={
        query.data === undefined ? undefined : `${itemKindLabels[query.data.kind]} · ${placeOf(query.data)}`
      }
      back={{ to: '/library', label: '研训资源库' }}
    >
      <Loaded query={query}>{(item) => <Item item={item} />}</Loaded>
    </Frame>
  );
};

/** Files and their uploading come with their own code, and only to whoever reads so far. */
const Attachments = lazy(async () => {
  const { Attachments: component } = await import('./parts/attachments.tsx');
  return { default: component };
});

const HungUp = ({ item: { id, kind } }: { item: ItemDetail }): ReactNode => (
  <WhenNear>
    <Suspense fallback={<Loading />}>
      <Attachments itemId={id} kind={kind} />
    </Suspense>
  </WhenNear>
);

const names = (people: readonly { name: string; schoolName: string | null }[]): string =>
  people.map(({ name, schoolName }) => (schoolName === null ? name : `${name}（${schoolName}）`)).join('、');

const Item = ({ item }: { item: ItemDetail }): ReactNode => {
  const me = useMe();
  const { current, round, may } = item;
  const isRead = current !== null && adapts(me);
  useEffect(() => {
    // Which schools opened it is counted; who did is not.
    if (!isRead) return;
    library.client.openItem({ id: item.id }, { context: { idempotencyKey: newId() } }).catch(() => undefined);
  }, [item.id, isRead]);
  return (
    <>
      {item.withdrawn ? (
        <p className="notice notice-warn" role="status">
          这份资源已经撤下：{item.withdrawnReason}。已经做了校本化的学校可以继续用自己的内容。
        </p>
      ) : null}
      <Panel>
        <ItemBadges item={item} />
        <Facts
          items={[
            ['编写', current === null ? item.madeBy.name : names(current.contributors)],
            ...(current === null
              ? []
              : ([
                  ['本版发布', chineseDate(chinaDay(new Date(current.publishedAt)))],
                  ...(current.note === '' ? [] : [['这一版改了', current.note] as const]),
                ] as const)),
          ]}
        />
        <div className="row">
          {current !== null && !item.withdrawn && adapts(me) ? <TakeForMyClass itemId={item.id} /> : null}
          {round === null ? null : (
            <ButtonLink to={`/library/rounds/${round.id}`}>
              {round.state === 'drafting' ? '进入编写' : '看送审稿'}
            </ButtonLink>
          )}
          {round === null && may.write ? <StartRound itemId={item.id} first={current === null} /> : null}
          {current === null ? null : <Downloads path={`/files/library/items/${item.id}`} kind={item.kind} />}
          {current === null ? null : (
            <ButtonLink to={`/library/items/${item.id}/versions`}>历次版本与变化</ButtonLink>
          )}
        </div>
        {round === null ? null : (
          <p className="muted small">
            下一版 <RoundBadge state={round.state} /> 主备 {round.mainPreparer.name}
            {current === null ? '' : '；发布以前，大家看到的仍是现在这一版。'}
          </p>
        )}
      </Panel>
      {item.kind === 'model-lesson' ? <HungUp item={item} /> : null}
      {current === null ? null : (
        <Panel>
          <ContentView kind={item.kind} content={current.content} textbook={item.textbook} />
        </Panel>
      )}
      {item.kind === 'model-lesson' ? null : <HungUp item={item} />}
      {current === null ? null : (
        <DesignChecks itemId={item.id} kind={item.kind} grade={item.grade} content={current.content} />
      )}
      {item.kind === 'test-paper' && current !== null ? <PaperPicks itemId={item.id} /> : null}
      {item.kind === 'test-item' && current !== null ? <ItemUses itemId={item.id} /> : null}
      {may.write && current !== null && item.schoolId === null && writesForDistrict(me) ? (
        <ChangedSections itemId={item.id} content={current.content} />
      ) : null}
      {current !== null && (may.write || may.withdraw || (isInLeadingGroup(me) && !isResearchOfficer(me))) ? (
        <ReuseCounts itemId={item.id} district={item.schoolId === null} />
      ) : null}
      {may.edit ? <ItemSettings item={item} /> : null}
    </>
  );
};
