import { type ReactNode, useState } from 'react';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { CheckField, DayField, Segments, TextArea, TextField } from '#web/ui/field.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { type Target, type TargetHolder, targetKinds } from '../../contract.ts';
import { holdsOn } from '../../rules.ts';
import { plans } from './api.ts';
import { type ChosenPerson, PersonChoice } from './person-choice.tsx';

const key = 'obs.principal.term';

interface TargetFormProps {
  readonly targets: readonly Target[];
  readonly onDone: () => void;
}

export const TargetForm = ({ targets, onDone }: TargetFormProps): ReactNode => {
  const [holderKind, setHolderKind] = useState<'person' | 'post'>('person');
  const [person, setPerson] = useState<ChosenPerson | null>(null);
  const [none, setNone] = useState(false);
  const [amount, setAmount] = useState('');
  const [fromOn, setFromOn] = useState(() => todayHere());
  const [clause, setClause] = useState(targetKinds[key].clause);
  const [note, setNote] = useState('');
  const set = useAction(plans.client.setTarget, { done: '目标已设定', onDone });
  const isNone = none && holderKind === 'person';
  const number = Number(amount);
  const wrongAmount =
    !isNone && amount !== '' && !(Number.isInteger(number) && number >= 1 && number <= 1000);
  const holder: TargetHolder | null =
    holderKind === 'post' ? { post: 'principal' } : person === null ? null : { personId: person.id };
  const ready =
    holder !== null && fromOn !== '' && clause.trim() !== '' && (isNone || (amount !== '' && !wrongAmount));
  const replaces =
    holder === null
      ? null
      : (targets.find(
          (one) =>
            one.key === key &&
            ('post' in holder ? one.post === holder.post : one.personId === holder.personId) &&
            holdsOn(one, fromOn),
        )?.id ?? null);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (holder !== null && ready)
          set.mutate({
            key,
            holder,
            amount: isNone ? null : number,
            fromOn,
            clause: clause.trim(),
            note: note.trim(),
            replaces,
          });
      }}
    >
      <Segments
        label="对谁"
        value={holderKind}
        choices={[
          { value: 'person', label: '某一位校长' },
          { value: 'post', label: '各单位校长' },
        ]}
        onValue={setHolderKind}
      />
      {holderKind === 'person' ? <PersonChoice value={person} onValue={setPerson} /> : null}
      {holderKind === 'person' ? (
        <CheckField label="不设目标，只作统计" checked={none} onValue={setNone} />
      ) : null}
      {isNone ? null : (
        <TextField
          label="每学期听课节数"
          value={amount}
          onValue={setAmount}
          inputMode="numeric"
          required
          error={wrongAmount ? '请填 1 到 1000 的整数' : undefined}
        />
      )}
      <DayField label="从哪天起" value={fromOn} onValue={setFromOn} required />
      <TextField
        label="依据"
        hint="通知的条款，或领导小组的决定"
        value={clause}
        onValue={setClause}
        required
      />
      <TextArea label="说明" value={note} onValue={setNote} />
      <Problem error={set.error} />
      <div className="row">
        <Button type="submit" variant="primary" disabled={!ready} busy={set.isPending}>
          设定
        </Button>
      </div>
    </form>
  );
};
