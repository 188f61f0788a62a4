import { lazy, type ReactNode, Suspense, useMemo } from 'react';
import type { HomeCard } from '../module-nav.ts';
import { useMe } from '../session.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, Loading } from '../ui/states.tsx';

/** Every card of every module, made once: a component made during rendering would lose its state. */
const componentOf = new Map<string, ReturnType<typeof lazy>>();

const cardComponent = (card: HomeCard): ReturnType<typeof lazy> => {
  const known = componentOf.get(card.key);
  if (known !== undefined) return known;
  const made = lazy(async () => ({ default: (await card.load()).Card }));
  componentOf.set(card.key, made);
  return made;
};

export const HomePage = ({ cards }: { cards: readonly HomeCard[] }): ReactNode => {
  const me = useMe();
  const shown = useMemo(
    () =>
      cards
        .filter((card) => card.visible(me) && (me.offline !== true || card.offline === true))
        .sort((one, other) => one.order - other.order),
    [cards, me],
  );
  return (
    <Page
      title={`${me.name}，您好`}
      lead={
        me.offline === true ? '没有网络：听课照常记在本机，其余的等有网络时再看。' : me.postTexts.join('；')
      }
    >
      {shown.length === 0 ? (
        <Empty title={me.duties.length > 0 ? '请从菜单进入您的工作。' : '您目前没有在册的任职。'}>
          {me.duties.length > 0 ? null : <p>如有出入，请联系本校或教研室的系统管理员核对名册。</p>}
        </Empty>
      ) : (
        shown.map((card) => {
          const Card = cardComponent(card);
          return (
            <Suspense key={card.key} fallback={<Loading />}>
              <Card />
            </Suspense>
          );
        })
      )}
    </Page>
  );
};
