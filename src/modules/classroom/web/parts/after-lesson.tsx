import { type ReactNode, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { TextArea, TextField } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { ObservationDetail } from '../../contract.ts';
import { classroom } from './api.ts';
import { useKeptText } from './use-kept-text.ts';

interface Props {
  readonly detail: ObservationDetail;
}

export const GiveFeedback = ({ detail }: Props): ReactNode => {
  const feedBack = useAction(classroom.client.feedBack, { done: '已反馈给老师' });
  return (
    <section className="notice notice-good stack">
      <p>
        已完成，计入 {detail.lessons} 节。
        {detail.content.teacherId === null
          ? `${detail.teacherName}不在名册中，请当面交流后再点反馈。`
          : `反馈后${detail.teacherName}老师可以看到并回复。`}
      </p>
      <Button
        variant="primary"
        size="large"
        busy={feedBack.isPending}
        onClick={() => feedBack.mutate({ id: detail.id, version: detail.version })}
      >
        反馈给老师
      </Button>
      <Problem error={feedBack.error} />
    </section>
  );
};

export const Reply = ({ detail }: Props): ReactNode => {
  const { value, set, clear } = useKeptText('reply', detail.id, '');
  const reply = useAction(classroom.client.replyToFeedback, {
    done: '回复已送出',
    onDone: () => {
      set('');
      clear();
    },
  });
  return (
    <div className="stack">
      <TextArea label="我的回复" value={value} maxLength={2000} onValue={set} />
      <Problem error={reply.error} />
      <Button
        variant="primary"
        busy={reply.isPending}
        disabled={value.trim() === ''}
        onClick={() => reply.mutate({ id: detail.id, text: value })}
      >
        送出回复
      </Button>
    </div>
  );
};

/** One change the two agree on, to look at again later. */
export const AgreedChange = ({ detail }: Props): ReactNode => {
  const { value, set, clear } = useKeptText('agreed', detail.id, detail.agreedChange);
  const agree = useAction(classroom.client.markAgreedChange, { done: '已记下', onDone: clear });
  if (!detail.may.agree)
    return detail.agreedChange === '' ? null : (
      <Panel title="商定的改进">
        <p>{detail.agreedChange}</p>
      </Panel>
    );
  return (
    <Panel title="商定的改进" lead="课后一起商定一处，下次再看。">
      <TextField
        label="改进什么"
        value={value}
        maxLength={500}
        onValue={set}
        hint={detail.agreedChange === '' ? undefined : `已记下：${detail.agreedChange}`}
      />
      <Problem error={agree.error} />
      <Button
        busy={agree.isPending}
        disabled={value.trim() === detail.agreedChange}
        onClick={() => agree.mutate({ id: detail.id, version: detail.version, agreedChange: value })}
      >
        记下
      </Button>
    </Panel>
  );
};

export const Withdraw = ({ detail }: Props): ReactNode => {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const withdraw = useAction(classroom.client.withdrawObservation, {
    done: '已撤回',
    onDone: () => setOpen(false),
  });
  const isDraft = detail.state === 'draft';
  return (
    <div>
      <Button variant="quiet" onClick={() => setOpen(true)}>
        {isDraft ? '删去这份草稿' : '撤回这份记录'}
      </Button>
      {open ? (
        <Dialog title={isDraft ? '删去草稿' : '撤回记录'} onClose={() => setOpen(false)}>
          <p>
            {isDraft ? '草稿作废后不再显示。' : '撤回后不再计入听课节数，老师也不再看到；记录本身仍保留。'}
          </p>
          {isDraft ? null : (
            <TextField label="撤回的原因" required value={reason} maxLength={200} onValue={setReason} />
          )}
          <Problem error={withdraw.error} />
          <Button
            variant="danger"
            busy={withdraw.isPending}
            disabled={!isDraft && reason.trim() === ''}
            onClick={() => withdraw.mutate({ id: detail.id, version: detail.version, reason })}
          >
            {isDraft ? '删去' : '撤回'}
          </Button>
        </Dialog>
      ) : null}
    </div>
  );
};
