import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { Badge, Panel } from '#web/ui/page.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { AdaptationDetail } from '../../adaptation/contract.ts';
import { library } from './api.ts';
import { Confirm } from './confirm.tsx';
import { SuggestForm } from './suggest-form.tsx';
import { ownerWord } from './wording.ts';

interface TouchedSectionsProps {
  readonly adaptation: AdaptationDetail;
  readonly titles: ReadonlyMap<string, string>;
}

/** Each touched section: up to the core group, or back to the district's text. */
export const TouchedSections = ({ adaptation, titles }: TouchedSectionsProps): ReactNode => {
  const [suggesting, setSuggesting] = useState<string | null>(null);
  const [leaving, setLeaving] = useState<string | null>(null);
  /** Taken back to the district's text on this page: it can be undone here at once, and later from the history. */
  const [left, setLeft] = useState<string | null>(null);
  const owner = ownerWord(adaptation);
  const relink = useAction(library.client.relinkSection, {
    done: `这一部分已恢复为${owner}`,
    onDone: (_, { section }) => {
      setLeaving(null);
      setLeft(section);
    },
  });
  const mine = useQuery(
    library.query.listSuggestions.queryOptions({
      input: { view: 'mine', itemId: adaptation.itemId, limit: 100 },
    }),
  );
  const nameOf = (key: string): string => titles.get(key) ?? key;
  const waiting = (key: string): boolean =>
    (mine.data?.rows ?? []).some(({ section, state }) => section === key && state === 'waiting');
  const isOnlyHere = (key: string): boolean => !adaptation.base.sections.some((one) => one.key === key);
  if (adaptation.touched.length === 0 && left === null) return null;
  return (
    <Panel
      title="我改过的部分"
      {...(adaptation.may.suggest
        ? { lead: '上完课觉得改得好，就送给中心组，好的写法会写进区级下一版并署上学校和姓名。' }
        : {})}
    >
      {left === null || adaptation.touched.includes(left) ? null : (
        <BringBack adaptation={adaptation} section={left} title={nameOf(left)} />
      )}
      <ul className="link-list">
        {adaptation.touched.map((key) => (
          <li key={key} className="row">
            <span>{nameOf(key)}</span>
            {adaptation.locked.includes(key) ? <Badge>区里已锁定，下次更新以区级为准</Badge> : null}
            {waiting(key) ? <Badge tone="info">建议已送出</Badge> : null}
            {adaptation.may.suggest && !waiting(key) ? (
              <Button
                size="small"
                aria-label={`就“${nameOf(key)}”向中心组提建议`}
                onClick={() => setSuggesting(key)}
              >
                向中心组提建议
              </Button>
            ) : null}
            <Button
              size="small"
              aria-label={`“${nameOf(key)}”恢复为${owner}`}
              onClick={() => setLeaving(key)}
            >
              恢复为{owner}
            </Button>
          </li>
        ))}
      </ul>
      {leaving === null ? null : (
        <Confirm
          title={`“${nameOf(leaving)}”恢复为${owner}`}
          action={`恢复为${owner}`}
          danger
          busy={relink.isPending}
          error={relink.error}
          onConfirm={() =>
            relink.mutate({ id: adaptation.id, version: adaptation.version, section: leaving })
          }
          onClose={() => setLeaving(null)}
        >
          <p>
            {isOnlyHere(leaving)
              ? `“${nameOf(leaving)}”是本校加的，${owner}没有这一部分：恢复后它会从这份校本化里去掉。`
              : `本校在“${nameOf(leaving)}”里的写法全部换成${owner}第 ${adaptation.basedOn} 版的文字，以后跟着${owner}更新。`}
          </p>
          <p>本校原来的写法留在修改记录里，随时可以用回。</p>
        </Confirm>
      )}
      {suggesting === null ? null : (
        <SuggestForm
          adaptationId={adaptation.id}
          section={suggesting}
          title={nameOf(suggesting)}
          onClose={() => setSuggesting(null)}
        />
      )}
    </Panel>
  );
};

/** The revision before the last one held it. */
const BringBack = ({
  adaptation,
  section,
  title,
}: {
  readonly adaptation: AdaptationDetail;
  readonly section: string;
  readonly title: string;
}): ReactNode => {
  const { id, version } = adaptation;
  const last = useQuery(library.query.listRevisions.queryOptions({ input: { id, limit: 10 } }));
  const restore = useAction(library.client.restoreSection, { done: '已改回本校的写法' });
  const former = last.data?.rows.find(({ touched }) => touched.some(({ key }) => key === section));
  return (
    <div className="notice stack" role="status">
      <p>
        “{title}”已恢复为{ownerWord(adaptation)}。本校原来的写法留在修改记录里。
      </p>
      <div className="row">
        <Button
          size="small"
          busy={restore.isPending}
          disabled={former === undefined}
          onClick={() => {
            if (former !== undefined) restore.mutate({ id, version, number: former.number, section });
          }}
        >
          撤销，改回本校的写法
        </Button>
        <Link to="/library/adaptations/$adaptationId/history" params={{ adaptationId: id }}>
          看修改记录
        </Link>
      </div>
      <Problem error={restore.error} />
    </div>
  );
};
