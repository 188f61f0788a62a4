import type { ReactNode } from 'react';
import { SelectField } from '#web/ui/field.tsx';
import type { Start } from '../../contract.ts';
import { mostSlots } from '../../vocabulary/contract.ts';

interface SlotFieldProps {
  readonly start: Start | undefined;
  readonly value: number | null;
  readonly onValue: (slot: number | null) => void;
}

export const SlotField = ({ start, value, onValue }: SlotFieldProps): ReactNode => (
  <SelectField
    label="节次"
    value={value === null ? '' : String(value)}
    none="请选择"
    choices={Array.from({ length: mostSlots }, (_, index) => {
      const times = start?.slots.find(({ slot }) => slot === index + 1);
      return {
        value: String(index + 1),
        label: `第${index + 1}节${times === undefined ? '' : ` ${times.startsAt}`}`,
      };
    })}
    onValue={(text) => onValue(text === '' ? null : Number(text))}
  />
);
