import type { ReactNode } from 'react';
import { Button } from '#web/ui/button.tsx';
import type { Question } from '../../lens/contract.ts';
import { tallyQuestions } from '../../lens/rules.ts';
import {
  type FollowUpKind,
  followUpKindLabels,
  followUpKinds,
  questionTypeHints,
  questionTypeLabels,
  questionTypes,
} from '../../lens/vocabulary/contract.ts';

interface LensQuestionsProps {
  readonly questions: readonly Question[];
  readonly onQuestions: (questions: Question[]) => void;
}

const most = { questions: 300, followUps: 30 } as const;

/** One tap for each of the teacher's questions, one for each follow-up on its answer. */
export const LensQuestions = ({ questions, onQuestions }: LensQuestionsProps): ReactNode => {
  const { counts, total, followedUp } = tallyQuestions(questions);
  const last = questions.at(-1);
  const before = questions.slice(0, -1);
  const followUps = last?.[1] ?? [];
  const setFollowUps = (next: (FollowUpKind | null)[]): void => {
    if (last !== undefined) onQuestions([...before, [last[0], next]]);
  };
  return (
    <>
      <p className="muted">老师每问一个问题点一次；就学生的回答再往下问，点“追问”。</p>
      <div className="lens-pad">
        {questionTypes.map((type) => (
          <button
            key={type}
            type="button"
            className="lens-tap"
            disabled={total >= most.questions}
            onClick={() => onQuestions([...questions, [type, []]])}
          >
            {questionTypeLabels[type]}
            <small>
              {questionTypeHints[type]} · {counts[type]} 次
            </small>
          </button>
        ))}
        <button
          type="button"
          className="lens-tap lens-tap-wide"
          disabled={last === undefined || followUps.length >= most.followUps}
          onClick={() => setFollowUps([...followUps, null])}
        >
          追问
          <small>{last === undefined ? '先点一个问题' : `这一问已追问 ${followUps.length} 次`}</small>
        </button>
      </div>
      {followUps.length === 0 ? null : (
        <fieldset className="lens-kinds">
          <legend>刚才的追问是（可不选）</legend>
          {followUpKinds.map((kind) => (
            <button
              key={kind}
              type="button"
              className="step"
              aria-pressed={followUps.at(-1) === kind}
              onClick={() =>
                setFollowUps([...followUps.slice(0, -1), followUps.at(-1) === kind ? null : kind])
              }
            >
              {followUpKindLabels[kind]}
            </button>
          ))}
        </fieldset>
      )}
      <p role="status">
        {last === undefined
          ? '还没有记问题。'
          : `已记 ${total} 问，其中 ${followedUp} 问有追问；最近：${questionTypeLabels[last[0]]}。`}
      </p>
      {last === undefined ? null : (
        <div className="row">
          <Button
            variant="quiet"
            onClick={() =>
              followUps.length > 0 ? setFollowUps(followUps.slice(0, -1)) : onQuestions(before)
            }
          >
            撤销上一次
          </Button>
        </div>
      )}
    </>
  );
};
