import { type ReactNode, useState } from 'react';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { choicesOf, DayField, SelectField, TextField } from '#web/ui/field.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { Person } from '../../people/contract.ts';
import { honourLevelLabels, honourLevels, namedHonours } from '../../vocabulary/contract.ts';
import { organisation } from './api.ts';

interface HonourDialogProps {
  readonly person: Person;
  readonly onClose: () => void;
}

export const HonourDialog = ({ person, onClose }: HonourDialogProps): ReactNode => {
  const [label, setLabel] = useState('');
  const [field, setField] = useState('');
  const [issuer, setIssuer] = useState('');
  const [level, setLevel] = useState('district');
  const [from, setFrom] = useState(todayHere());
  const [to, setTo] = useState('');
  const save = useAction(organisation.client.addHonour, { done: '已登记。', onDone: onClose });
  return (
    <Dialog title={`登记${person.name}的荣誉称号`} onClose={onClose}>
      <form
        className="org-form"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({
            personId: person.id,
            kind: namedHonours.find((one) => one.label === label.trim())?.kind ?? label.trim(),
            field: field.trim() === '' ? null : field.trim(),
            issuer: issuer.trim(),
            level: honourLevels.find((one) => one === level) ?? 'district',
            activeFrom: from,
            activeTo: to === '' ? null : to,
          });
        }}
      >
        <TextField
          label="称号"
          value={label}
          onValue={setLabel}
          required
          maxLength={20}
          list="named-honours"
          hint="名师、骨干、名师+，或区里使用的其他称号。"
        />
        <datalist id="named-honours">
          {namedHonours.map((one) => (
            <option key={one.kind} value={one.label} />
          ))}
        </datalist>
        <TextField label="学科或领域" value={field} onValue={setField} maxLength={20} />
        <TextField label="授予单位" value={issuer} onValue={setIssuer} required maxLength={60} />
        <SelectField
          label="级别"
          value={level}
          onValue={setLevel}
          choices={choicesOf(honourLevels, honourLevelLabels)}
        />
        <DayField label="授予日期" value={from} onValue={setFrom} required />
        <DayField label="有效期至（没有可不填）" value={to} onValue={setTo} />
        <Problem error={save.error} />
        <Button type="submit" variant="primary" busy={save.isPending}>
          保存
        </Button>
      </form>
    </Dialog>
  );
};
