import type { ReactNode } from 'react';
import { Button } from '#web/ui/button.tsx';
import { TextArea } from '#web/ui/field.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { useKeptForm } from '#web/use-kept-form.ts';
import type { RoundDetail } from '../../round/contract.ts';
import type { Verdict } from '../../vocabulary/contract.ts';
import { library } from './api.ts';

interface ReviewFormProps {
  readonly round: RoundDetail;
  readonly reviewId: string;
}

/** A reviewer's word; remarks on passages stand beside the text. */
export const ReviewForm = ({ round, reviewId }: ReviewFormProps): ReactNode => {
  const { form, set, clear } = useKeptForm(`library-review:${reviewId}`, { remark: '' });
  const decide = useAction(library.client.decideReview, { done: '审核意见已提交', onDone: clear });
  const version = round.submissions[0]?.reviews.find(({ id }) => id === reviewId)?.version ?? 1;
  const say = (verdict: Verdict): void =>
    decide.mutate({ id: reviewId, version, verdict, remark: form.remark });
  return (
    <form className="stack" onSubmit={(event) => event.preventDefault()}>
      <TextArea
        label="审核意见"
        hint="总的意见写在这里；具体到某一句的，在下面正文各部分写批注。请修改时必须写明改什么。"
        value={form.remark}
        maxLength={1000}
        onValue={(remark) => set({ remark })}
      />
      <Problem error={decide.error} />
      <div className="row">
        <Button variant="primary" busy={decide.isPending} onClick={() => say('approved')}>
          通过
        </Button>
        <Button busy={decide.isPending} disabled={form.remark.trim() === ''} onClick={() => say('changes')}>
          请修改
        </Button>
      </div>
    </form>
  );
};
