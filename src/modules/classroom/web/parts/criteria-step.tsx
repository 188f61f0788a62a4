import type { ReactNode } from 'react';
import type { CriterionEntry, RubricCriterion } from '../../contract.ts';
import { type Step, stepLabels, steps } from '../../vocabulary/contract.ts';

interface CriteriaStepProps {
  readonly rubric: readonly RubricCriterion[];
  readonly entries: readonly CriterionEntry[];
  readonly onEntries: (entries: CriterionEntry[]) => void;
}

/** The ten criteria: one tap for a step, a second tap takes it back; the line of evidence opens with it. */
export const CriteriaStep = ({ rubric, entries, onEntries }: CriteriaStepProps): ReactNode => {
  const put = (entry: CriterionEntry): void =>
    onEntries([...entries.filter(({ code }) => code !== entry.code), entry]);
  return (
    <ol className="criteria">
      {rubric.map((criterion) => (
        <Criterion
          key={criterion.code}
          criterion={criterion}
          entry={
            entries.find(({ code }) => code === criterion.code) ?? {
              code: criterion.code,
              step: null,
              evidence: '',
            }
          }
          onEntry={put}
        />
      ))}
    </ol>
  );
};

interface CriterionProps {
  readonly criterion: RubricCriterion;
  readonly entry: CriterionEntry;
  readonly onEntry: (entry: CriterionEntry) => void;
}

const Criterion = ({ criterion, entry, onEntry }: CriterionProps): ReactNode => {
  const number = criterion.code.slice(1);
  const choose = (step: Step): void => onEntry({ ...entry, step: entry.step === step ? null : step });
  return (
    <li className="criterion">
      <details className="criterion-wording">
        <summary>
          <span className="criterion-number">{number}</span>
          {criterion.label}
          <small>原文</small>
        </summary>
        <p>{criterion.wording}</p>
      </details>
      <fieldset className="criterion-steps">
        <legend className="visually-hidden">
          第 {number} 条 {criterion.label}
        </legend>
        {steps.map((step) => (
          <button
            key={step}
            type="button"
            className={`step step-${step}`}
            aria-pressed={entry.step === step}
            onClick={() => choose(step)}
          >
            {stepLabels[step]}
          </button>
        ))}
      </fieldset>
      {entry.step === null && entry.evidence === '' ? null : (
        <input
          type="text"
          className="evidence"
          aria-label={`第 ${number} 条的依据`}
          placeholder="一句依据：看到、听到了什么"
          maxLength={500}
          value={entry.evidence}
          onChange={(event) => onEntry({ ...entry, evidence: event.target.value })}
        />
      )}
    </li>
  );
};
