import type { ReactNode } from 'react';
import { CheckField } from '#web/ui/field.tsx';
import { type Subject, subjectLabels, subjects } from '../../vocabulary/contract.ts';

interface SubjectChecksProps {
  readonly value: readonly Subject[];
  readonly onValue: (next: readonly Subject[]) => void;
}

export const SubjectChecks = ({ value, onValue }: SubjectChecksProps): ReactNode => (
  <fieldset>
    <legend>任教学科</legend>
    <div className="filters">
      {subjects.map((subject) => (
        <CheckField
          key={subject}
          label={subjectLabels[subject]}
          checked={value.includes(subject)}
          onValue={(checked) =>
            onValue(checked ? [...value, subject] : value.filter((one) => one !== subject))
          }
        />
      ))}
    </div>
  </fieldset>
);
