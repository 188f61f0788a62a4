import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { gradeLabels, grades, subjectLabels, subjects } from '#modules/organisation/vocabulary/contract.ts';
import { useDraft } from '#web/draft.ts';
import { useMe } from '#web/session.tsx';
import { Button } from '#web/ui/button.tsx';
import { choicesOf, DayField, Segments, SelectField, TextArea, TextField } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Loaded, Problem } from '#web/ui/states.tsx';
import type { CalibrationPlan } from '../../calibration/contract.ts';
import { leastPanel, leastRaters } from '../../calibration/vocabulary/contract.ts';
import { modeLabels, modes, mostSlots } from '../../vocabulary/contract.ts';
import { classroom } from './api.ts';
import { CalibrationRaters } from './calibration-raters.tsx';
import { type FoundPerson, PersonFinder } from './person-finder.tsx';

const named = z.object({ id: z.string(), name: z.string() });
const draft = z.object({
  title: z.string(),
  subject: z.enum(subjects).or(z.literal('')),
  grade: z.string(),
  topic: z.string(),
  mode: z.enum(modes),
  schoolId: z.string(),
  dayOn: z.string(),
  slot: z.string(),
  note: z.string(),
  raters: z.array(z.string()),
  panel: z.array(named),
  deadlineOn: z.string(),
});
export type CalibrationDraft = z.infer<typeof draft>;

const parse = (stored: unknown): CalibrationDraft | null => draft.safeParse(stored).data ?? null;

interface FormProps {
  /** Names what is typed on this device until it is saved. */
  readonly draftKey: string;
  readonly initial: CalibrationDraft;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onSave: (plan: CalibrationPlan, forget: () => void) => void;
}

const slots = Array.from({ length: mostSlots }, (_, index) => String(index + 1));

/** Which lesson, who judges it, whose median is the reference, and until when. */
export const CalibrationForm = ({ draftKey, initial, busy, error, onSave }: FormProps): ReactNode => {
  const me = useMe();
  const { value, set, clear } = useDraft(`calibration-plan:${me.accountId}:${draftKey}`, initial, parse);
  const put = (change: Partial<CalibrationDraft>): void => set({ ...value, ...change });
  const query = useQuery({
    ...classroom.query.startCalibration.queryOptions({ input: {} }),
    staleTime: 60_000,
  });
  const plan = toPlan(value);
  return (
    <Loaded query={query}>
      {({ leaders }) => {
        const schools = new Map(leaders.map(({ schoolId, schoolName }) => [schoolId, schoolName]));
        return (
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              if (plan !== null) onSave(plan, clear);
            }}
          >
            <Panel title="哪节课">
              <TextField
                label="名称"
                required
                maxLength={80}
                value={value.title}
                onValue={(title) => put({ title })}
              />
              <SelectField
                label="学科"
                required
                none="请选择"
                value={value.subject}
                choices={choicesOf(subjects, subjectLabels)}
                onValue={(chosen) => put({ subject: subjects.find((one) => one === chosen) ?? '' })}
              />
              <SelectField
                label="年级"
                required
                none="请选择"
                value={value.grade}
                choices={grades.map((grade) => ({ value: String(grade), label: gradeLabels[grade] ?? '' }))}
                onValue={(grade) => put({ grade })}
              />
              <TextField
                label="课题"
                required
                maxLength={100}
                hint="不写授课教师的姓名。"
                value={value.topic}
                onValue={(topic) => put({ topic })}
              />
              <Segments
                label="方式"
                value={value.mode}
                choices={choicesOf(modes, modeLabels)}
                onValue={(mode) => put({ mode })}
              />
              {value.mode === 'live' ? (
                <>
                  <SelectField
                    label="学校"
                    required
                    none="请选择"
                    value={value.schoolId}
                    choices={[...schools].map(([id, name]) => ({ value: id, label: name }))}
                    onValue={(schoolId) => put({ schoolId })}
                  />
                  <DayField
                    label="上课日期"
                    required
                    value={value.dayOn}
                    onValue={(dayOn) => put({ dayOn })}
                  />
                  <SelectField
                    label="节次"
                    required
                    none="请选择"
                    value={value.slot}
                    choices={slots.map((slot) => ({ value: slot, label: `第${slot}节` }))}
                    onValue={(slot) => put({ slot })}
                  />
                </>
              ) : null}
              <TextArea
                label="说明"
                hint="录像在哪里看，或到校怎么安排。"
                maxLength={500}
                value={value.note}
                onValue={(note) => put({ note })}
              />
            </Panel>
            <CalibrationRaters leaders={leaders} value={value.raters} onValue={(raters) => put({ raters })} />
            <Panel
              title="专家组（可不设）"
              lead={`设了专家组（至少 ${leastPanel} 人），就以专家组的中位数为参照；不设，以全体评课人的中位数为参照。`}
            >
              <PersonFinder
                label="加一位专家组成员"
                onPerson={({ id, name }: FoundPerson) =>
                  put({ panel: [...value.panel.filter((one) => one.id !== id), { id, name }] })
                }
              />
              <div className="row">
                {value.panel.map(({ id, name }) => (
                  <Button
                    key={id}
                    size="small"
                    aria-label={`去掉${name}`}
                    onClick={() => put({ panel: value.panel.filter((one) => one.id !== id) })}
                  >
                    {name} ✕
                  </Button>
                ))}
              </div>
            </Panel>
            <Panel>
              <DayField
                label="提交截止日期"
                required
                hint={`当天仍可提交，过后自动结束。至少 ${leastRaters} 人提交，才显示汇总。`}
                value={value.deadlineOn}
                onValue={(deadlineOn) => put({ deadlineOn })}
              />
            </Panel>
            <Problem error={error} />
            <Button type="submit" variant="primary" size="large" busy={busy} disabled={plan === null}>
              保存
            </Button>
          </form>
        );
      }}
    </Loaded>
  );
};

const toPlan = ({
  subject,
  grade,
  mode,
  schoolId,
  dayOn,
  slot,
  panel,
  ...value
}: CalibrationDraft): CalibrationPlan | null => {
  if (subject === '' || grade === '' || value.title.trim() === '' || value.topic.trim() === '') return null;
  if (value.deadlineOn === '') return null;
  const isLive = mode === 'live';
  if (isLive && (schoolId === '' || dayOn === '' || slot === '')) return null;
  const raters = value.raters.filter((id) => !panel.some((one) => one.id === id));
  return {
    ...value,
    subject,
    grade: Number(grade),
    mode,
    schoolId: isLive ? schoolId : null,
    dayOn: isLive ? dayOn : null,
    slot: isLive ? Number(slot) : null,
    raters,
    panel: panel.map(({ id }) => id),
  };
};
