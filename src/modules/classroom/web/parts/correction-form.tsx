import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { isRecord } from '#platform/is-record.ts';
import { useDraft } from '#web/draft.ts';
import { Button } from '#web/ui/button.tsx';
import { TextField } from '#web/ui/field.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { isContent } from '../../content/rules.ts';
import type { ObservationContent, ObservationDetail } from '../../contract.ts';
import { classroom } from './api.ts';
import { ObservationFields } from './observation-fields.tsx';
import { useStart } from './pocket-here.ts';

interface Kept {
  readonly version: number;
  readonly content: ObservationContent;
  readonly reason: string;
}

const parse = (stored: unknown): Kept | null => {
  if (!isRecord(stored)) return null;
  const { version, content, reason } = stored;
  return typeof version === 'number' && isContent(content) && typeof reason === 'string'
    ? { version, content, reason }
    : null;
};

/** Corrects a finalised record: nothing is sent until the reason is written and the correction confirmed. */
export const CorrectionForm = ({
  detail,
  deviceKey,
  onRefused,
}: {
  detail: ObservationDetail;
  deviceKey: string;
  /** Something newer may stand. */
  onRefused: () => void;
}): ReactNode => {
  const { value, set, clear, restored } = useDraft<Kept>(
    deviceKey,
    { version: detail.version, content: detail.content, reason: '' },
    parse,
  );
  const { content, reason } = value;
  const navigate = useNavigate();
  const proposal = useStart(content);
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
      {value.version === detail.version ? null : (
        <p className="notice notice-warn" role="status">
          您填写期间，这份记录有过改动。
          <a href={`/observations/${detail.id}`} target="_blank" rel="noreferrer">
            在新窗口看现在的内容
          </a>
          ；再保存，就以本页为准。
        </p>
      )}
      <ObservationFields
        content={content}
        onContent={(next) => set({ ...value, content: next })}
        rubric={detail.rubric}
        problems={[]}
        start={proposal}
      />
      <TextField
        label="更正的原因"
        required
        value={reason}
        maxLength={200}
        onValue={(next) => set({ ...value, reason: next })}
      />
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
            correct.mutate(
              { id: detail.id, version: detail.version, content, reason: reason.trim() },
              { onError: onRefused },
            )
          }
        >
          保存更正
        </Button>
      </div>
    </form>
  );
};
