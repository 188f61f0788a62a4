import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useDraft } from '#web/draft.ts';
import { Button } from '#web/ui/button.tsx';
import { TextField } from '#web/ui/field.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { type ObservationContent, type ObservationDetail, observationContent } from '../../contract.ts';
import { classroom } from './api.ts';
import { ObservationFields, useStart } from './observation-fields.tsx';

const parse = (stored: unknown): ObservationContent | null => {
  const parsed = observationContent.safeParse(stored);
  return parsed.success ? parsed.data : null;
};

/** Corrects a finalised record: nothing is sent until the reason is written and the correction confirmed. */
export const CorrectionForm = ({
  detail,
  deviceKey,
}: {
  detail: ObservationDetail;
  deviceKey: string;
}): ReactNode => {
  const { value, set, clear, restored } = useDraft(deviceKey, detail.content, parse);
  const [reason, setReason] = useState('');
  const navigate = useNavigate();
  const proposal = useStart(value);
  const leave = (): void => void navigate({ to: `/observations/${detail.id}`, replace: true });
  const correct = useAction(classroom.client.correctObservation, {
    done: '已更正，原来的内容仍保留',
    onDone: () => {
      clear();
      leave();
    },
  });
  return (
    <form className="observe" onSubmit={(event) => event.preventDefault()}>
      <p className="notice">
        更正后原来的内容仍作为一版保留{detail.fedBackAt === null ? '' : '；老师将看到更正后的内容'}。
        {restored ? '已恢复您上次没有提交的更正。' : ''}
      </p>
      <ObservationFields
        content={value}
        onContent={set}
        rubric={detail.rubric}
        problems={[]}
        start={proposal.data}
      />
      <TextField label="更正的原因" required value={reason} maxLength={200} onValue={setReason} />
      <div className="observe-bar">
        <Problem error={correct.error} />
        <Button
          onClick={() => {
            clear();
            leave();
          }}
        >
          放弃更正
        </Button>
        <Button
          variant="primary"
          size="large"
          busy={correct.isPending}
          disabled={reason.trim() === ''}
          onClick={() =>
            correct.mutate({ id: detail.id, version: detail.version, content: value, reason: reason.trim() })
          }
        >
          保存更正
        </Button>
      </div>
    </form>
  );
};
