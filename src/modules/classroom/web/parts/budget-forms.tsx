import { type ReactNode, useState } from 'react';
import { newId } from '#platform/ids.ts';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { ChangedElsewhere } from '#web/ui/changed-elsewhere.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { choicesOf, DayField, SelectField, TextField } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { useKeptForm } from '#web/use-kept-form.ts';
import { fenOf, schoolYearName, yuanText } from '../../budget/rules.ts';
import { budgetPurposeLabels, budgetPurposes } from '../../budget/vocabulary/contract.ts';
import { classroom } from './api.ts';

interface BudgetOf {
  readonly schoolId: string;
  readonly schoolYear: number;
}

const blank = { dayOn: '', purpose: 'go-out', note: '', amount: '' };
const wrongAmount = '请填写金额，最多两位小数，例：1200.50';

export const NewEntry = ({ schoolId, schoolYear }: BudgetOf): ReactNode => {
  const { form, set, clear } = useKeptForm(`budget:${schoolId}:${schoolYear}`, blank);
  const [entryId, setEntryId] = useState(() => newId());
  const [tried, setTried] = useState(false);
  const add = useAction(classroom.client.addBudgetEntry, {
    done: '已登记',
    onDone: () => {
      setEntryId(newId());
      setTried(false);
      set({ note: '', amount: '' });
      clear();
    },
  });
  const amountFen = fenOf(form.amount);
  const dayOn = form.dayOn === '' ? todayHere() : form.dayOn;
  return (
    <Panel title="登记一笔支出">
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (amountFen === null || amountFen === 0 || form.note.trim() === '') return;
          add.mutate({
            id: entryId,
            schoolId,
            schoolYear,
            dayOn,
            purpose: budgetPurposes.find((one) => one === form.purpose) ?? 'other',
            note: form.note.trim(),
            amountFen,
          });
        }}
      >
        <div className="fields">
          <DayField label="日期" value={dayOn} max={todayHere()} onValue={(value) => set({ dayOn: value })} />
          <SelectField
            label="用途"
            value={form.purpose}
            choices={choicesOf(budgetPurposes, budgetPurposeLabels)}
            onValue={(purpose) => set({ purpose })}
          />
          <TextField
            label="说明"
            maxLength={100}
            value={form.note}
            error={tried && form.note.trim() === '' ? '请写明用在什么活动' : undefined}
            onValue={(note) => set({ note })}
          />
          <TextField
            label="金额（元）"
            inputMode="decimal"
            value={form.amount}
            error={tried && (amountFen === null || amountFen === 0) ? wrongAmount : undefined}
            onValue={(amount) => set({ amount })}
          />
        </div>
        <Problem error={add.error} />
        <div className="row">
          <Button type="submit" variant="primary" busy={add.isPending}>
            登记
          </Button>
        </div>
      </form>
    </Panel>
  );
};

interface PlanDialogProps extends BudgetOf {
  readonly version: number;
  readonly plannedFen: number | null;
  readonly onClose: () => void;
}

export const PlanDialog = ({
  schoolId,
  schoolYear,
  version,
  plannedFen,
  onClose,
}: PlanDialogProps): ReactNode => {
  const [amount, setAmount] = useState(plannedFen === null ? '' : yuanText(plannedFen));
  const [note, setNote] = useState('');
  const plan = useAction(classroom.client.setPlannedBudget, { done: '已登记', onDone: onClose });
  const fen = fenOf(amount);
  return (
    <Dialog title={`${schoolYearName(schoolYear)}预算`} onClose={onClose}>
      <TextField
        label="师资培训、教研经费预算（元）"
        inputMode="decimal"
        value={amount}
        error={amount !== '' && fen === null ? wrongAmount : undefined}
        onValue={setAmount}
      />
      <TextField label="说明" maxLength={200} value={note} onValue={setNote} />
      <p className="muted small">调整前的数额保留备查。</p>
      <ChangedElsewhere version={version} opens="/training-budget" />
      <Problem error={plan.error} />
      <div className="row">
        <Button
          variant="primary"
          busy={plan.isPending}
          disabled={fen === null}
          onClick={() =>
            plan.mutate({ schoolId, schoolYear, version, plannedFen: fen ?? 0, note: note.trim() })
          }
        >
          保存
        </Button>
      </div>
    </Dialog>
  );
};
