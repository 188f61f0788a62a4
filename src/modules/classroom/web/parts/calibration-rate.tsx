import { type ReactNode, useState } from 'react';
import { chinaClock, chinaDay, chineseDate } from '#platform/dates.ts';
import { useDraft } from '#web/draft.ts';
import { useMe } from '#web/session.tsx';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { CalibrationDetail } from '../../calibration/contract.ts';
import type { CriterionEntry } from '../../contract.ts';
import { tidyCriteria } from '../../rules.ts';
import { steps } from '../../vocabulary/contract.ts';
import { classroom } from './api.ts';
import { CriteriaStep } from './criteria-step.tsx';

interface Kept {
  /** Of what was submitted when this was begun. */
  readonly version: number;
  readonly entries: CriterionEntry[];
}

const isEntry = (one: unknown): one is CriterionEntry =>
  typeof one === 'object' &&
  one !== null &&
  'code' in one &&
  typeof one.code === 'string' &&
  'evidence' in one &&
  typeof one.evidence === 'string' &&
  'step' in one &&
  (one.step === null || steps.some((step) => step === one.step));

const parse = (stored: unknown): Kept | null =>
  typeof stored === 'object' &&
  stored !== null &&
  'version' in stored &&
  typeof stored.version === 'number' &&
  'entries' in stored &&
  Array.isArray(stored.entries) &&
  stored.entries.every(isEntry)
    ? { version: stored.version, entries: stored.entries }
    : null;

/** One's own steps: kept on this device with every tap, sent when submitted, changeable until the end. */
export const CalibrationRate = ({ session }: { session: CalibrationDetail }): ReactNode => {
  const me = useMe();
  const [today] = useState(() => todayHere());
  const { id, rating, rubric } = session;
  const submitted: Kept = { version: rating?.version ?? 0, entries: rating?.entries ?? [] };
  const { value, set, clear, restored } = useDraft(`calibration:${me.accountId}:${id}`, submitted, parse);
  const rate = useAction(classroom.client.rateCalibration, {
    done: '已提交，结束前可以修改',
    onDone: ({ version }, { entries }) => {
      set({ version, entries });
      clear();
    },
  });
  const isOld = submitted.version > value.version;
  const done = value.entries.filter(({ step }) => step !== null).length;
  const isHeld = session.dayOn === null || session.dayOn <= today;
  const isSame = rating !== null && alike(value.entries, rating.entries);
  return (
    <form className="observe" onSubmit={(event) => event.preventDefault()}>
      <p className="notice">
        请独立评，先不交流。这不是听课记录，不计入听课节数；您评的内容别人看不到，结束后只汇总人数。
        {session.invitedAs === 'panel' ? '您是专家组成员，专家组的中位数是大家的参照。' : ''}
        {restored ? '已恢复您上次没有提交的内容。' : ''}
      </p>
      {isOld ? (
        <section className="notice notice-warn stack" role="alert">
          <p>您在别处提交过更新的评价。本页的内容没有丢失，请选择以哪一份为准。</p>
          <div className="row">
            <Button variant="primary" onClick={() => set({ ...value, version: submitted.version })}>
              以本页为准
            </Button>
            <Button
              onClick={() => {
                set(submitted);
                clear();
              }}
            >
              改用已提交的
            </Button>
          </div>
        </section>
      ) : null}
      <Panel title="十条标准" lead="看到什么选什么；没有把握的可以不选。依据只有您自己看得到。">
        <CriteriaStep
          rubric={rubric}
          entries={value.entries}
          onEntries={(entries) => set({ ...value, entries })}
        />
      </Panel>
      <div className="observe-bar">
        <div>
          <p className="save-state" role="status">
            {rating !== null && isSame
              ? `已提交 ${submittedAt(rating.savedAt)}`
              : `已评 ${done} 条，存在本机，还没有提交`}
          </p>
          {isHeld ? null : (
            <p className="muted">这节课 {chineseDate(session.dayOn ?? today)} 上，听课以后再提交。</p>
          )}
          <Problem error={rate.error} />
        </div>
        <Button
          variant="primary"
          size="large"
          busy={rate.isPending}
          disabled={isOld || isSame || done === 0 || !isHeld}
          onClick={() => rate.mutate({ id, version: value.version, entries: value.entries })}
        >
          {rating === null ? '提交' : '提交修改'}
        </Button>
      </div>
    </form>
  );
};

const submittedAt = (at: string): string => {
  const instant = new Date(at);
  return `${chineseDate(chinaDay(instant))} ${chinaClock(instant)}`;
};

const alike = (a: readonly CriterionEntry[], b: readonly CriterionEntry[]): boolean => {
  const comparable = (entries: readonly CriterionEntry[]): string =>
    JSON.stringify(tidyCriteria(entries).map(({ code, step, evidence }) => [code, step, evidence]));
  return comparable(a) === comparable(b);
};
