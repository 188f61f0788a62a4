import { type ReactNode, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { TextArea } from '#web/ui/field.tsx';
import { useAction } from '#web/use-action.ts';
import { useKeptForm } from '#web/use-kept-form.ts';
import type { RoundDetail } from '../../round/contract.ts';
import type { Verdict } from '../../vocabulary/contract.ts';
import { library } from './api.ts';
import { Confirm } from './confirm.tsx';

interface ReviewFormProps {
  readonly round: RoundDetail;
  readonly reviewId: string;
}

/** A reviewer's word; remarks on passages stand beside the text. */
export const ReviewForm = ({ round, reviewId }: ReviewFormProps): ReactNode => {
  const { form, set, clear } = useKeptForm(`library-review:${reviewId}`, { remark: '' });
  const [asking, setAsking] = useState<Verdict | null>(null);
  const decide = useAction(library.client.decideReview, {
    done: '审核意见已提交',
    onDone: () => {
      clear();
      setAsking(null);
    },
  });
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
      <div className="row">
        <Button variant="primary" onClick={() => setAsking('approved')}>
          通过
        </Button>
        <Button disabled={form.remark.trim() === ''} onClick={() => setAsking('changes')}>
          请修改
        </Button>
      </div>
      {asking === null ? null : (
        <Confirm
          title={asking === 'approved' ? '通过这一稿' : '请编写人修改'}
          action={asking === 'approved' ? '确认通过' : '退回修改'}
          busy={decide.isPending}
          error={decide.error}
          onConfirm={() => say(asking)}
          onClose={() => setAsking(null)}
        >
          {asking === 'approved' ? (
            <p>
              {round.schoolId !== null
                ? '通过以后这份资源马上发布，提交后不能收回。'
                : round.reviewers > 1
                  ? `${round.reviewers} 位审核人都通过以后，由本学科教研员发布。提交后不能收回。`
                  : '通过以后由本学科教研员发布。提交后不能收回。'}
            </p>
          ) : (
            <p>这一稿退回编写人修改，改好后再送审；其他审核人的意见也一并退回。提交后不能收回。</p>
          )}
          {form.remark.trim() === '' ? null : <blockquote>{form.remark}</blockquote>}
        </Confirm>
      )}
    </form>
  );
};
