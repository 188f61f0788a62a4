import type { ReactNode } from 'react';
import type { CriterionFigures } from '../../calibration/contract.ts';
import { type Counted, counted, countedLabels } from '../../calibration/vocabulary/contract.ts';
import './calibration.css';

type Counts = Readonly<CriterionFigures['counts']>;

/** `做得好 6 · 部分做到 4 …`; what nobody said is left out. */
export const countsText = (counts: Counts): string =>
  counted
    .filter((one) => counts[one] > 0)
    .map((one) => `${countedLabels[one]} ${counts[one]}`)
    .join(' · ');

/** How many said what, one beside the other; its numbers stand beside it. */
export const StepStrip = ({ counts }: { counts: Counts }): ReactNode => {
  const all = counted.reduce((sum, one) => sum + counts[one], 0);
  const parts: { readonly of: Counted; readonly from: number }[] = [];
  let from = 0;
  for (const of of counted) {
    if (counts[of] > 0) parts.push({ of, from });
    from += counts[of];
  }
  return (
    <svg className="step-strip" viewBox={`0 0 ${all} 1`} preserveAspectRatio="none" aria-hidden="true">
      {parts.map(({ of, from: x }) => (
        <rect key={of} className={`step-fill-${of}`} x={x} y="0" width={counts[of]} height="1" />
      ))}
    </svg>
  );
};

export const StepLegend = (): ReactNode => (
  <ul className="step-legend">
    {counted.map((one) => (
      <li key={one}>
        <svg viewBox="0 0 1 1" aria-hidden="true">
          <rect className={`step-fill-${one}`} width="1" height="1" />
        </svg>
        {countedLabels[one]}
      </li>
    ))}
  </ul>
);
