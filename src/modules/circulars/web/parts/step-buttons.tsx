import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { formatDocumentNumber } from '#platform/official-document/numbering.ts';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { TextArea } from '#web/ui/field.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { Circular } from '../../contract.ts';
import { type Step, stepLabels } from '../../vocabulary/contract.ts';
import { circulars } from './api.ts';

type Asked = 'check' | 'return' | 'void' | 'issue' | 'redraft' | null;

/** What the person who looks may do next, in the order of a circular's way. */
export const StepButtons = ({ circular }: { circular: Circular }): ReactNode => {
  const { id, version } = circular;
  const may = (step: Step): boolean => circular.steps.includes(step);
  const navigate = useNavigate();
  const [asked, setAsked] = useState<Asked>(null);
  const close = (): void => setAsked(null);
  const check = useAction(circulars.client.checkCircular, { done: '核稿通过，等待签发' });
  const sign = useAction(circulars.client.signCircular, { done: '已签发，可以编号印发' });
  if (circular.steps.length === 0) return null;
  return (
    <div className="stack no-print">
      <div className="row">
        {may('edit') ? (
          <Button
            onClick={() => void navigate({ to: '/circulars/$circularId/edit', params: { circularId: id } })}
          >
            {stepLabels.edit}
          </Button>
        ) : null}
        {may('redraft') ? <Button onClick={() => setAsked('redraft')}>{stepLabels.redraft}</Button> : null}
        {may('check') ? (
          <Button
            variant="primary"
            busy={check.isPending}
            onClick={() =>
              circular.namesInText.length === 0 ? check.mutate({ id, version }) : setAsked('check')
            }
          >
            {stepLabels.check}
          </Button>
        ) : null}
        {may('sign') ? (
          <Button variant="primary" busy={sign.isPending} onClick={() => sign.mutate({ id, version })}>
            {stepLabels.sign}
          </Button>
        ) : null}
        {may('issue') ? (
          <Button variant="primary" onClick={() => setAsked('issue')}>
            {stepLabels.issue}
          </Button>
        ) : null}
        {may('return') ? <Button onClick={() => setAsked('return')}>{stepLabels.return}</Button> : null}
        {may('void') ? (
          <Button variant="danger" onClick={() => setAsked('void')}>
            {stepLabels.void}
          </Button>
        ) : null}
      </div>
      <Problem error={check.error ?? sign.error} />
      {asked === 'check' ? (
        <ConfirmDialog
          title="核稿通过"
          text={`正文里的${circular.namesInText.map((name) => `“${name}”`).join('、')}与学校人员的姓名相同。如果说的是人，请先修改；如果只是普通词语，可以通过。`}
          call={(input, options) =>
            circulars.client.checkCircular({ ...input, namesAreWords: true }, options)
          }
          done="核稿通过，等待签发"
          circular={circular}
          onClose={close}
        />
      ) : null}
      {asked === 'return' ? (
        <ReasonDialog
          title="退回修改"
          label="退回的原因"
          call={circulars.client.returnCircular}
          done="已退回起草人"
          circular={circular}
          onClose={close}
        />
      ) : null}
      {asked === 'void' ? (
        <ReasonDialog
          title="作废"
          label="作废的原因"
          call={circulars.client.voidCircular}
          done="已作废"
          circular={circular}
          onClose={close}
        />
      ) : null}
      {asked === 'issue' ? <IssueDialog circular={circular} onClose={close} /> : null}
      {asked === 'redraft' ? (
        <ConfirmDialog
          title="按最新数据重拟"
          text="正文将按现在的记录重新生成，手工修改的内容会被替换；原来的一版仍留存。"
          call={circulars.client.redraftBulletin}
          done="已重拟"
          circular={circular}
          onClose={close}
        />
      ) : null}
    </div>
  );
};

interface StepDialogProps<Input> {
  readonly title: string;
  readonly done: string;
  readonly call: (input: Input, options: { context: { idempotencyKey?: string } }) => Promise<unknown>;
  readonly circular: Circular;
  readonly onClose: () => void;
}

const ReasonDialog = ({
  title,
  label,
  done,
  call,
  circular: { id, version },
  onClose,
}: StepDialogProps<{ id: string; version: number; reason: string }> & { label: string }): ReactNode => {
  const [reason, setReason] = useState('');
  const action = useAction(call, { done, onDone: onClose });
  return (
    <Dialog title={title} onClose={onClose}>
      <TextArea label={label} value={reason} onValue={setReason} maxLength={200} required />
      <Problem error={action.error} />
      <div className="row">
        <Button
          variant="primary"
          busy={action.isPending}
          disabled={reason.trim() === ''}
          onClick={() => action.mutate({ id, version, reason: reason.trim() })}
        >
          {title}
        </Button>
      </div>
    </Dialog>
  );
};

/** Says which number will be taken: numbers given on paper before are entered in the register first. */
const IssueDialog = ({ circular, onClose }: { circular: Circular; onClose: () => void }): ReactNode => {
  const year = Number(todayHere().slice(0, 4));
  const numbers = useQuery(circulars.query.listNumbers.queryOptions({ input: { year } }));
  const next = numbers.data?.next.find(({ series }) => series === circular.letterhead.series);
  return (
    <ConfirmDialog
      title="编号印发"
      text={`将取${next === undefined ? '下一个发文字号' : `发文字号${formatDocumentNumber(next)}`}，发给${circular.schoolName === null ? '各单位校长、教学副校长、教务主任和教研室' : `${circular.schoolName}的校长、教学副校长、教务主任，其他学校看不到`}。印发后不能再修改。今年的号若已在纸上用过，请先在“发文登记与版头”设定下一个号。`}
      call={circulars.client.issueCircular}
      done="已印发"
      circular={circular}
      onClose={onClose}
    />
  );
};

const ConfirmDialog = ({
  title,
  text,
  done,
  call,
  circular: { id, version },
  onClose,
}: StepDialogProps<{ id: string; version: number }> & { text: string }): ReactNode => {
  const action = useAction(call, { done, onDone: onClose });
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{text}</p>
      <Problem error={action.error} />
      <div className="row">
        <Button variant="primary" busy={action.isPending} onClick={() => action.mutate({ id, version })}>
          {title}
        </Button>
        <Button onClick={onClose}>暂不</Button>
      </div>
    </Dialog>
  );
};
