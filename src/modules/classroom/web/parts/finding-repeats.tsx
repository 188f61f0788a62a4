import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Subject } from '#modules/organisation/vocabulary/contract.ts';
import { chineseDate } from '#platform/dates.ts';
import { SelectField } from '#web/ui/field.tsx';
import { type FindingKind, type FindingType, findingStateLabels } from '../../finding/vocabulary/contract.ts';
import { classroom } from './api.ts';

/** Earlier findings of the same school and type; absent where there are none. */
export const FindingRepeats = ({
  kind,
  schoolId,
  type,
  subject,
  value,
  onValue,
}: {
  kind: FindingKind;
  schoolId: string;
  type: FindingType;
  subject: Subject | undefined;
  value: string;
  onValue: (id: string) => void;
}): ReactNode => {
  const query = useQuery(
    classroom.query.proposeForFinding.queryOptions({ input: { kind, schoolId, type, subject } }),
  );
  const repeats = query.data?.repeats ?? [];
  if (repeats.length === 0) return null;
  return (
    <SelectField
      label="是不是以前的问题又发生了"
      value={value}
      none="不是，第一次发现"
      choices={repeats.map((row) => ({
        value: row.id,
        label: `${chineseDate(row.foundOn)} ${row.description.slice(0, 24)}（${findingStateLabels[row.state]}）`,
      }))}
      onValue={onValue}
    />
  );
};
