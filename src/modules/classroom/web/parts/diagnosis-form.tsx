import { type ReactNode, useState } from 'react';
import { gradeLabels, grades, subjectLabels, subjects } from '#modules/organisation/vocabulary/contract.ts';
import { useDraft } from '#web/draft.ts';
import { Button } from '#web/ui/button.tsx';
import { CheckField, SelectField, TextArea, TextField } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import {
  mostInWeek,
  type PlanContent,
  type PlanPage,
  planContent,
  visitKindLabels,
  visitKinds,
} from '../../diagnosis-plan/contract.ts';
import { spreadOver, sumOf } from '../../diagnosis-plan/rules.ts';
import { classroom } from './api.ts';

const parseContent = (stored: unknown): PlanContent | null => {
  const parsed = planContent.safeParse(stored);
  return parsed.success ? parsed.data : null;
};

const toggled = <Value,>(values: readonly Value[], value: Value, on: boolean): Value[] =>
  on ? [...values, value] : values.filter((one) => one !== value);

interface DiagnosisFormProps {
  readonly page: PlanPage;
  /** Whose device keeps what is typed. */
  readonly deviceKey: string;
  readonly onDone: () => void;
}

/** Writes the plan, or with a reason a new version of it; what is typed stays on the device until it is saved. */
export const DiagnosisForm = ({ page, deviceKey, onDone }: DiagnosisFormProps): ReactNode => {
  const { plan } = page;
  const confirmed = plan?.state === 'confirmed';
  const { value, set, clear } = useDraft(
    `diagnosis-plan:${deviceKey}:${page.school.id}:${page.term.id}:${plan?.version ?? 0}`,
    plan?.content ?? page.proposal,
    parseContent,
  );
  const [reason, setReason] = useState('');
  const finished = (): void => {
    clear();
    onDone();
  };
  const save = useAction(classroom.client.saveDiagnosisPlan, { done: '草稿已保存。', onDone: clear });
  const confirm = useAction(classroom.client.confirmDiagnosisPlan, {
    done: '计划已确定。',
    onDone: finished,
  });
  const revise = useAction(classroom.client.reviseDiagnosisPlan, {
    done: '已按新计划执行。',
    onDone: finished,
  });
  const change = (changes: Partial<PlanContent>): void => set({ ...value, ...changes });
  const edit = {
    schoolId: page.school.id,
    termId: page.term.id,
    version: plan?.version ?? 0,
    content: value,
  };
  return (
    <>
      <Panel title="诊断什么">
        <div className="stack">
          <TextArea
            label="要诊断的问题"
            value={value.problem}
            onValue={(problem) => change({ problem })}
            maxLength={500}
            rows={3}
            placeholder="如 课堂追问停在“是什么”，学生说得少"
          />
          <TextArea
            label="上学期没有解决的问题"
            value={value.openPoints}
            onValue={(openPoints) => change({ openPoints })}
            maxLength={1000}
            rows={2}
          />
          <Checks
            legend="听课方式"
            choices={visitKinds.map((kind) => [kind, visitKindLabels[kind]])}
            chosen={value.kinds}
            onValue={(kind, on) => change({ kinds: toggled(value.kinds, kind, on) })}
          />
          <TextField
            label="什么时候和教师交流结果"
            value={value.talkOn}
            onValue={(talkOn) => change({ talkOn })}
            maxLength={200}
            placeholder="如 听课当天；每周五教研时间集中交流"
          />
        </div>
      </Panel>
      <Panel title="重点听谁" lead="不选就不分重点。">
        <div className="stack">
          <Checks
            legend="重点年级"
            choices={grades.map((grade) => [grade, gradeLabels[grade] ?? ''])}
            chosen={value.grades}
            onValue={(grade, on) => change({ grades: toggled(value.grades, grade, on) })}
          />
          <Checks
            legend="重点学科"
            choices={subjects.map((subject) => [subject, subjectLabels[subject]])}
            chosen={value.subjects}
            onValue={(subject, on) => change({ subjects: toggled(value.subjects, subject, on) })}
          />
          <Teachers page={page} chosen={value.teacherIds} onValue={(teacherIds) => change({ teacherIds })} />
        </div>
      </Panel>
      <WeekPlan page={page} weeks={value.weeks} onValue={(weeks) => change({ weeks })} />
      <Panel>
        <div className="stack">
          {confirmed ? (
            <TextField
              label="为什么调整"
              value={reason}
              onValue={setReason}
              maxLength={200}
              required
              placeholder="如 新教师到岗，增加跟踪听课"
            />
          ) : null}
          <Problem error={save.error ?? confirm.error ?? revise.error} />
          <div className="panel-actions">
            {confirmed ? (
              <>
                <Button
                  variant="primary"
                  size="large"
                  busy={revise.isPending}
                  disabled={reason.trim() === ''}
                  onClick={() => revise.mutate({ ...edit, reason })}
                >
                  按新计划执行
                </Button>
                <Button onClick={finished}>不调整了</Button>
              </>
            ) : (
              <>
                <Button
                  variant="primary"
                  size="large"
                  busy={confirm.isPending}
                  onClick={() => confirm.mutate(edit)}
                >
                  确定计划
                </Button>
                <Button busy={save.isPending} onClick={() => save.mutate(edit)}>
                  存草稿
                </Button>
              </>
            )}
          </div>
        </div>
      </Panel>
    </>
  );
};

interface ChecksProps<Value extends string | number> {
  readonly legend: string;
  readonly choices: readonly (readonly [Value, string])[];
  readonly chosen: readonly Value[];
  readonly onValue: (value: Value, on: boolean) => void;
}

const Checks = <Value extends string | number>({
  legend,
  choices,
  chosen,
  onValue,
}: ChecksProps<Value>): ReactNode => (
  <fieldset className="check-group">
    <legend>{legend}</legend>
    {choices.map(([choice, label]) => (
      <CheckField
        key={choice}
        label={label}
        checked={chosen.includes(choice)}
        onValue={(on) => onValue(choice, on)}
      />
    ))}
  </fieldset>
);

const Teachers = ({
  page,
  chosen,
  onValue,
}: {
  page: PlanPage;
  chosen: readonly string[];
  onValue: (ids: string[]) => void;
}): ReactNode => {
  const others = page.staff.filter(({ id }) => !chosen.includes(id) && id !== page.person.id);
  return (
    <>
      <SelectField
        label="重点教师"
        value=""
        none="添加一位教师"
        choices={others.map(({ id, name }) => ({ value: id, label: name }))}
        onValue={(id) => id !== '' && onValue([...chosen, id])}
      />
      <ul className="plain-rows">
        {chosen.map((id) => {
          const name = page.staff.find((one) => one.id === id)?.name ?? '已不在本校';
          return (
            <li key={id}>
              <span>{name}</span>
              <Button aria-label={`去掉${name}`} onClick={() => onValue(chosen.filter((one) => one !== id))}>
                去掉
              </Button>
            </li>
          );
        })}
      </ul>
    </>
  );
};

interface WeekPlanProps {
  readonly page: PlanPage;
  readonly weeks: PlanContent['weeks'];
  readonly onValue: (weeks: PlanContent['weeks']) => void;
}

/** Lessons by week: spread over the teaching days left, then as one likes; the sum stands beside the target. */
const WeekPlan = ({ page, weeks, onValue }: WeekPlanProps): ReactNode => {
  const planned = (week: number): number => weeks.find((one) => one.week === week)?.lessons ?? 0;
  const done = page.weeks.reduce((sum, week) => sum + week.done, 0);
  const [amount, setAmount] = useState(String(page.target ?? sumOf(weeks)));
  const setWeek = (week: number, lessons: number): void =>
    onValue(
      page.weeks.map((one) => ({ week: one.week, lessons: one.week === week ? lessons : planned(one.week) })),
    );
  const spread = (): void => {
    const from = page.currentWeek ?? 1;
    const past = page.weeks.filter(({ week }) => week < from);
    const left = page.weeks.filter(({ week }) => week >= from);
    const behind = past.reduce((sum, week) => sum + week.done, 0);
    onValue([
      ...past.map((week) => ({ week: week.week, lessons: Math.min(mostInWeek, week.done) })),
      ...spreadOver(Math.max(0, Number(amount) - behind), left).map(({ week, lessons }) => ({
        week,
        lessons: Math.min(mostInWeek, lessons),
      })),
    ]);
  };
  return (
    <Panel
      title="每周听几节"
      lead={`${page.target === null ? '没有规定学期节数。' : `学期目标 ${page.target} 节。`}已听 ${done} 节。`}
    >
      <div className="stack">
        <div className="fields">
          <TextField
            label="学期一共听"
            type="number"
            inputMode="numeric"
            min={0}
            max={1000}
            value={amount}
            onValue={setAmount}
          />
          <Button onClick={spread}>按教学日分到各周</Button>
        </div>
        <p>
          各周合计 <strong>{sumOf(weeks)}</strong> 节
        </p>
        <div className="fields">
          {page.weeks.map(({ week, teachingDays }) => (
            <TextField
              key={week}
              label={`第${week}周${week === page.currentWeek ? '（本周）' : ''}`}
              hint={`${teachingDays} 个教学日`}
              type="number"
              inputMode="numeric"
              min={0}
              max={mostInWeek}
              disabled={teachingDays === 0}
              value={String(planned(week))}
              onValue={(text) =>
                setWeek(week, Math.max(0, Math.min(mostInWeek, Math.trunc(Number(text)) || 0)))
              }
            />
          ))}
        </div>
      </div>
    </Panel>
  );
};
