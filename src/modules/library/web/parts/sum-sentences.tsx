import type { ReactNode } from 'react';
import type { SumSentence } from '../../consistency/sums/rules.ts';

/** What adds up and what does not, a sentence each. */
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
