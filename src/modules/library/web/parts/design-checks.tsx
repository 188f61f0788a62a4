import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { linksOf } from '../../consistency/rules.ts';
import { designSums, type SumSentence } from '../../consistency/sums/rules.ts';
import type { Content } from '../../content/contract.ts';
import type { ItemKind } from '../../vocabulary/contract.ts';
import { library } from './api.ts';
import { ConsistencyView } from './consistency-view.tsx';
import { PaperAgreement } from './paper-agreement.tsx';
import './checks.css';

interface DesignChecksProps {
  readonly itemId: string;
  readonly kind: ItemKind;
  readonly grade: number;
  readonly content: Content;
  /** Of a draft: what is written now is asked for again while the panel is open. */
  readonly roundId?: string;
}

/** 一致性与时间核对: folded, for whoever wants to look; nothing of a kind that has nothing to check. */
export const DesignChecks = (props: DesignChecksProps): ReactNode => {
  const [open, setOpen] = useState(false);
  const isPaper = props.kind === 'test-paper';
  if (!isPaper && linksOf(props.content) === null) return null;
  return (
    <section className="panel">
      <details className="checks" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{isPaper ? '试卷与目标的一致性' : '教—学—评一致性与时间核对'}</summary>
        {!open ? null : isPaper ? (
          <PaperAgreement itemId={props.itemId} of={props.roundId === undefined ? 'published' : 'draft'} />
        ) : props.roundId === undefined ? (
          <Checks {...props} />
        ) : (
          <LiveChecks {...props} roundId={props.roundId} />
        )}
      </details>
    </section>
  );
};

const LiveChecks = (props: DesignChecksProps & { roundId: string }): ReactNode => {
  const query = useQuery({
    ...library.query.getRound.queryOptions({ input: { id: props.roundId } }),
    refetchInterval: 5_000,
  });
  return <Checks {...props} content={query.data?.content ?? props.content} />;
};

const Checks = ({ grade, content }: DesignChecksProps): ReactNode => {
  const limits = useQuery(library.query.getDesignLimits.queryOptions({ input: { grade } }));
  const links = linksOf(content);
  return (
    <div className="stack">
      {links === null ? null : <ConsistencyView links={links} />}
      <SumSentences sums={limits.data === undefined ? [] : designSums(content, grade, limits.data)} />
    </div>
  );
};

export const SumSentences = ({ sums }: { sums: readonly SumSentence[] }): ReactNode =>
  sums.length === 0 ? null : (
    <ul className="problem-list">
      {sums.map(({ fits, sentence }) => (
        <li key={sentence} data-fits={fits}>
          {sentence}
        </li>
      ))}
    </ul>
  );
