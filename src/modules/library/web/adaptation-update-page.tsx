import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import { useDraft } from '#web/draft.ts';
import { useMe } from '#web/session.tsx';
import { Button } from '#web/ui/button.tsx';
import { Badge, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { compareContents } from '../comparison/rules.ts';
import type { Decisions } from '../merge/contract.ts';
import { decisionsOn, type KeptDecisions, keeping, typedOn } from '../merge/kept/rules.ts';
import { mergeContent } from '../merge/rules.ts';
import type { ItemKind } from '../vocabulary/contract.ts';
import { library } from './parts/api.ts';
import { Confirm } from './parts/confirm.tsx';
import { keptDecisions } from './parts/kept-decisions.ts';
import { MergeView } from './parts/merge-view.tsx';
import { cellWords, columnLabel } from './parts/wording.ts';
import './library.css';

type Update = Awaited<ReturnType<typeof library.client.getUpdate>>;

export const Page = (): ReactNode => {
  const params: Readonly<Record<string, string>> = useParams({ strict: false });
  const id = params['adaptationId'] ?? '';
  const adaptation = useQuery(library.query.getAdaptation.queryOptions({ input: { id } }));
  const update = useQuery(library.query.getUpdate.queryOptions({ input: { id } }));
  return (
    <Frame
      title={adaptation.data === undefined ? '更新' : `更新：${adaptation.data.title}`}
      lead="没改过的部分跟着新版；只有您改过的保留；两边都改了的，三份文字都在，由您定。"
      back={{ to: `/library/adaptations/${id}`, label: '校本化' }}
    >
      <Loaded query={adaptation}>
        {({ kind, itemSchoolName }) => (
          <Loaded query={update}>
            {(texts) => <Merge id={id} kind={kind} source={itemSchoolName ?? '区级'} update={texts} />}
          </Loaded>
        )}
      </Loaded>
    </Frame>
  );
};

interface MergeProps {
  readonly id: string;
  readonly kind: ItemKind;
  /** Whose the item is, in words. */
  readonly source: string;
  readonly update: Update;
}

const Merge = ({ id, kind, source, update }: MergeProps): ReactNode => {
  const me = useMe();
  const navigate = useNavigate();
  const { base, ours, theirs, to, version, shown } = update;
  const merged = useMemo(() => mergeContent(base, ours, theirs, kind), [base, ours, theirs, kind]);
  const { value, set, clear } = useDraft<KeptDecisions>(
    `library-update:${me.accountId}:${id}`,
    {},
    keptDecisions,
  );
  const decisions = decisionsOn(value, merged.conflicts);
  const decide = (next: Decisions): void => set(keeping(value, merged.conflicts, next));
  const left = merged.conflicts.filter(({ id: conflict }) => decisions[conflict] === undefined).length;
  const leave = (): void => {
    clear();
    void navigate({ to: '/library/adaptations/$adaptationId', params: { adaptationId: id } });
  };
  const accept = useAction(library.client.updateAdaptation, { done: '已更新', onDone: leave });
  const [declining, setDeclining] = useState(false);
  const decline = useAction(library.client.declineUpdate, { done: '这一版不更新', onDone: leave });
  return (
    <>
      <Panel title={`第 ${update.basedOn} 版 → 第 ${to} 版`}>
        {update.note === '' ? null : <p>新版改了：{update.note}</p>}
        <Fates update={update} source={source} />
      </Panel>
      <Panel title={merged.conflicts.length === 0 ? '没有冲突' : '两边都改了的地方'}>
        {merged.conflicts.length === 0 ? (
          <p>可以直接更新，您改过的内容都会保留。</p>
        ) : (
          <>
            <div className="row">
              <Button
                size="small"
                disabled={left === 0}
                onClick={() =>
                  decide({
                    ...Object.fromEntries(
                      merged.conflicts.map((one) => [one.id, { choice: 'ours' as const }]),
                    ),
                    ...decisions,
                  })
                }
              >
                {left < merged.conflicts.length ? '其余的都保留本校' : '全部保留本校'}
              </Button>
            </div>
            <MergeView
              merged={merged}
              decisions={decisions}
              typed={typedOn(value)}
              onChange={decide}
              names={{ base: '原文', ours: '本校', theirs: `${source}新版` }}
              label={columnLabel(kind)}
              words={cellWords(kind, ours, theirs, base)}
            />
          </>
        )}
        <Problem error={accept.error} />
        <div className="row">
          <Button
            variant="primary"
            busy={accept.isPending}
            disabled={left > 0}
            onClick={() => accept.mutate({ id, version, to, shown, decisions })}
          >
            {left > 0 ? `还有 ${left} 处没有处理` : '更新到这一版'}
          </Button>
          <Button onClick={() => setDeclining(true)}>这一版不更新</Button>
        </div>
      </Panel>
      {declining ? (
        <Confirm
          title={`第 ${to} 版不更新`}
          action="这一版不更新"
          busy={decline.isPending}
          error={decline.error}
          onConfirm={() => decline.mutate({ id, version, to })}
          onClose={() => setDeclining(false)}
        >
          <p>
            校本化保持现在的内容，仍根据第 {update.basedOn} 版；第 {to} 版不再提示您，下一版发布时再告诉您。
          </p>
          {Object.keys(decisions).length === 0 ? null : (
            <p>刚才已定的 {Object.keys(decisions).length} 处不保留。</p>
          )}
        </Confirm>
      ) : null}
    </>
  );
};

const fateWords = {
  both: () => '两边都改了，合并',
  theirs: (source: string) => `跟着${source}更新`,
  ours: () => '保留本校',
  given: (source: string) => `已锁定，以${source}为准（您原来的写法留在修改记录里）`,
} as const;
const fateTones = { both: 'warn', theirs: 'info', ours: 'good', given: 'warn' } as const;

/** Section by section what the update does. */
const Fates = ({
  update: { base, ours, theirs, given },
  source,
}: {
  update: Update;
  source: string;
}): ReactNode => {
  const rows = useMemo(() => {
    const changed = (to: Update['base']): ReadonlySet<string> =>
      new Set(
        compareContents(base, to).sections.flatMap((section) =>
          section.change === 'same' ? [] : [section.key],
        ),
      );
    const [here, above] = [changed(ours), changed(theirs)];
    const titles = new Map([...ours.sections, ...theirs.sections].map(({ key, title }) => [key, title]));
    return [...titles].flatMap(
      ([key, title]): { key: string; title: string; fate: keyof typeof fateWords }[] => {
        if (given.includes(key)) return [{ key, title, fate: 'given' }];
        const fate = here.has(key) ? (above.has(key) ? 'both' : 'ours') : above.has(key) ? 'theirs' : null;
        return fate === null ? [] : [{ key, title, fate }];
      },
    );
  }, [base, ours, theirs, given]);
  return (
    <ul className="fate-list">
      {rows.map(({ key, title, fate }) => (
        <li key={key} className="row">
          <span>{title}</span>
          <Badge tone={fateTones[fate]}>{fateWords[fate](source)}</Badge>
        </li>
      ))}
    </ul>
  );
};
