import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { SelectField } from '#web/ui/field.tsx';
import { organisation } from './api.ts';

interface TermSelectProps {
  /** The term on the page. */
  readonly value: string;
  readonly onValue: (termId: string) => void;
}

export const TermSelect = ({ value, onValue }: TermSelectProps): ReactNode => {
  const terms = useQuery(organisation.query.listTerms.queryOptions({ input: {} }));
  const choices = (terms.data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return <SelectField label="学期" value={value} choices={choices} onValue={onValue} />;
};
