import { useIsMutating } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useDraft } from '#web/draft.ts';
import { useMe } from '#web/session.tsx';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DayField, TextArea } from '#web/ui/field.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { FindingDetail } from '../../finding/contract.ts';
import { problemOfStep, stepDemands, wayOn } from '../../finding/rules.ts';
import {
  type FindingAct,
  type FindingStep,
  findingActLabels,
  findingSteps,
} from '../../finding/vocabulary/contract.ts';
import { classroom } from './api.ts';
import { CheckerDialog, HandOverDialog } from './finding-dialogs.tsx';

interface Props {
  readonly finding: FindingDetail;
}

const done: Readonly<Record<FindingStep, string>> = {
  register: '已登记',
  accept: '已认领',
  plan: '措施已记下',
  'report-done': '已报整改完成，等待回头看',
  recheck: '已记下回头看的情况',
  close: '已销号',
  'send-back': '已退回',
  answer: '说明已送出',
  reply: '答复已送出',
  'ask-extension': '延期申请已送出',
  'grant-extension': '已同意延期',
  'refuse-extension': '已答复不同意延期',
  cancel: '已撤销',
};

const needsDialog = (step: FindingStep): boolean => {
  const { label, dayLabel } = stepDemands[step];
  return label !== null || dayLabel !== null;
};

/** The way on as one clear button, the rest beside it. */
export const FindingSteps = ({ finding }: Props): ReactNode => {
  const [asked, setAsked] = useState<FindingAct | null>(null);
  const { id, version, acts, state } = finding;
  const step = useAction(classroom.client.takeFindingStep, { done: '已办理' });
  // Also the step of a dialog that is closed already: until the page stands anew, a press would be made from old facts.
  const busy = useIsMutating() > 0;
  const press = (act: FindingAct): void => {
    const simple = findingSteps.find((one) => one === act && !needsDialog(one));
    if (simple === undefined) setAsked(act);
    else step.mutate({ id, version, step: simple, text: '' });
  };
  const first = acts.find((act) => act === wayOn[state]);
  const close = (): void => setAsked(null);
  const askedStep = findingSteps.find((one) => one === asked);
  return (
    <div className="stack no-print">
      {first === undefined ? null : (
        <Button variant="primary" size="large" busy={busy} onClick={() => press(first)}>
          {findingActLabels[first]}
        </Button>
      )}
      <div className="row">
        {acts
          .filter((act) => act !== first)
          .map((act) => (
            <Button
              key={act}
              variant={act === 'cancel' ? 'danger' : 'plain'}
              disabled={busy}
              onClick={() => press(act)}
            >
              {findingActLabels[act]}
            </Button>
          ))}
      </div>
      <Problem error={step.error} />
      {askedStep === undefined ? null : <StepDialog finding={finding} step={askedStep} onClose={close} />}
      {asked === 'hand-over' ? <HandOverDialog finding={finding} onClose={close} /> : null}
      {asked === 'change-checker' ? <CheckerDialog finding={finding} onClose={close} /> : null}
    </div>
  );
};

const asText = (stored: unknown): string | null => (typeof stored === 'string' ? stored : null);

const StepDialog = ({
  finding,
  step,
  onClose,
}: Props & { step: FindingStep; onClose: () => void }): ReactNode => {
  const me = useMe();
  const { id, version, deadlineOn } = finding;
  const { label, needsText, dayLabel } = stepDemands[step];
  const text = useDraft(`finding-step:${me.accountId}:${id}:${step}`, '', asText);
  const [dayOn, setDayOn] = useState('');
  const take = useAction(classroom.client.takeFindingStep, {
    done: done[step],
    onDone: () => {
      text.clear();
      onClose();
    },
  });
  const given = { text: text.value, dayOn: dayOn === '' ? null : dayOn };
  const problem = problemOfStep(step, given, { today: todayHere(), deadlineOn });
  return (
    <Dialog title={findingActLabels[step]} onClose={onClose}>
      {label === null ? null : (
        <TextArea
          label={label}
          required={needsText}
          maxLength={2000}
          rows={4}
          value={text.value}
          onValue={text.set}
        />
      )}
      {dayLabel === null ? null : (
        <DayField label={dayLabel} required min={todayHere()} value={dayOn} onValue={setDayOn} />
      )}
      <Problem error={take.error} />
      <div className="row">
        <Button
          variant="primary"
          busy={take.isPending}
          disabled={problem !== null}
          onClick={() => take.mutate({ id, version, step, ...given })}
        >
          {findingActLabels[step]}
        </Button>
      </div>
    </Dialog>
  );
};
