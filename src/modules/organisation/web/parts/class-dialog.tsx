import { type ReactNode, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { choicesOf, SelectField, TextField } from '#web/ui/field.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { type Stage, stageLabels } from '../../vocabulary/contract.ts';
import { organisation } from './api.ts';

interface ClassDialogProps {
  readonly schoolId: string;
  readonly stages: readonly Stage[];
  readonly onClose: () => void;
}

/** A class is named by its year of entry, so that it goes up a grade by itself. */
export const ClassDialog = ({ schoolId, stages, onClose }: ClassDialogProps): ReactNode => {
  const [stage, setStage] = useState<string>(stages[0] ?? '');
  const [entryYear, setEntryYear] = useState('');
  const [number, setNumber] = useState('');
  const save = useAction(organisation.client.addClass, { done: '已登记。', onDone: onClose });
  return (
    <Dialog title="登记班级" onClose={onClose}>
      <form
        className="org-form"
        onSubmit={(event) => {
          event.preventDefault();
          const chosen = stages.find((one) => one === stage);
          if (chosen !== undefined)
            save.mutate({ schoolId, stage: chosen, entryYear: Number(entryYear), number: Number(number) });
        }}
      >
        {stages.length === 1 ? null : (
          <SelectField
            label="学段"
            value={stage}
            onValue={setStage}
            choices={choicesOf(stages, stageLabels)}
          />
        )}
        <TextField
          label="入学年份"
          type="number"
          inputMode="numeric"
          min={2000}
          max={2100}
          value={entryYear}
          onValue={setEntryYear}
          required
          hint="这个学段一年级（或七年级）入学的那一年，如 2024；以后自动升级。"
        />
        <TextField
          label="班号"
          type="number"
          inputMode="numeric"
          min={1}
          max={60}
          value={number}
          onValue={setNumber}
          required
        />
        <Problem error={save.error} />
        <Button type="submit" variant="primary" busy={save.isPending}>
          登记
        </Button>
      </form>
    </Dialog>
  );
};
