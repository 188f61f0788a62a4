import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Failure, Loaded } from '#web/ui/states.tsx';
import { linksOf } from '../../consistency/rules.ts';
import { designSums } from '../../consistency/sums/rules.ts';
import type { Content } from '../../content/contract.ts';
import type { ItemKind } from '../../vocabulary/contract.ts';
import { library } from './api.ts';
import { BlueprintView } from './blueprint-view.tsx';
import { ConsistencyView } from './consistency-view.tsx';
import { PacingView } from './pacing-view.tsx';
import { PaperAgreement } from './paper-agreement.tsx';
import { SumSentences } from './sum-sentences.tsx';
import './checks.css';

interface DesignChecksProps {
  readonly itemId: string;
  readonly kind: ItemKind;
  readonly grade: number;
  readonly content: Content;
  /** Of a draft: what is written now is asked for again while the panel is open. */
  readonly roundId?: string;
}

const titleOf = ({ kind, content }: DesignChecksProps): string | null =>
  kind === 'test-paper'
    ? '双向细目表与核对'
    : kind === 'pacing-guide'
      ? '进度与校历'
      : linksOf(content) === null
        ? null
        : '教—学—评一致性与时间核对';

/** 一致性与时间核对: folded, for whoever wants to look; nothing of a kind that has nothing to check. */
export const DesignChecks = (props: DesignChecksProps): ReactNode => {
  const [open, setOpen] = useState(false);
  const title = titleOf(props);
  return title === null ? null : (
    <section className="panel">
      <details className="checks" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{title}</summary>
        {open ? <Opened {...props} /> : null}
      </details>
    </section>
  );
};

const Opened = (props: DesignChecksProps): ReactNode => {
  const { itemId, kind, roundId } = props;
  const of = roundId === undefined ? 'published' : 'draft';
  if (kind === 'test-paper')
    return (
      <div className="stack">
        <BlueprintView itemId={itemId} of={of} />
        <PaperAgreement itemId={itemId} of={of} />
      </div>
    );
  if (kind === 'pacing-guide') return <PacingView itemId={itemId} of={of} />;
  return roundId === undefined ? <Checks {...props} /> : <LiveChecks {...props} roundId={roundId} />;
};

const LiveChecks = (props: DesignChecksProps & { roundId: string }): ReactNode => {
  const query = useQuery({
    ...library.query.getRound.queryOptions({ input: { id: props.roundId } }),
    refetchInterval: 5_000,
  });
  return (
    <>
      {query.isError ? <Failure error={query.error} retry={() => void query.refetch()} /> : null}
      <Checks {...props} content={query.data?.content ?? props.content} />
    </>
  );
};

const Checks = ({ grade, content }: DesignChecksProps): ReactNode => {
  const limits = useQuery(library.query.getDesignLimits.queryOptions({ input: { grade } }));
  const links = linksOf(content);
  return (
    <div className="stack">
      {links === null ? null : <ConsistencyView links={links} />}
      <Loaded query={limits}>{(known) => <SumSentences sums={designSums(content, grade, known)} />}</Loaded>
    </div>
  );
};
