import type { ReactNode } from 'react';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { TextArea } from '#web/ui/field.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { useKeptForm } from '#web/use-kept-form.ts';
import { library } from './api.ts';

interface SuggestFormProps {
  readonly adaptationId: string;
  readonly section: string;
  readonly title: string;
  readonly onClose: () => void;
}

/** 改进建议: the section as it stands goes up, with a reason and what happened in class. */
export const SuggestForm = ({ adaptationId, section, title, onClose }: SuggestFormProps): ReactNode => {
  const { form, set, clear } = useKeptForm(`library-suggest:${adaptationId}:${section}`, {
    reason: '',
    happened: '',
  });
  const send = useAction(library.client.suggest, {
    done: '已送给中心组，处理结果会告诉您',
    onDone: () => {
      clear();
      onClose();
    },
  });
  return (
    <Dialog title={`就“${title}”提改进建议`} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate({ adaptationId, section, reason: form.reason, happened: form.happened });
        }}
      >
        <p>您改过的这一部分会原样送给中心组。请不要写学生姓名。</p>
        <TextArea
          label="为什么这样改"
          value={form.reason}
          required
          maxLength={500}
          onValue={(reason) => set({ reason })}
        />
        <TextArea
          label="课上怎么样"
          value={form.happened}
          maxLength={1000}
          onValue={(happened) => set({ happened })}
        />
        <Problem error={send.error} />
        <Button type="submit" variant="primary" busy={send.isPending} disabled={form.reason.trim() === ''}>
          送给中心组
        </Button>
      </form>
    </Dialog>
  );
};
