import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { gradeLabels, grades, subjectLabels, subjects } from '#modules/organisation/vocabulary/contract.ts';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { CheckField, choicesOf, DayField, SelectField, TextArea, TextField } from '#web/ui/field.tsx';
import { Loaded, Problem } from '#web/ui/states.tsx';
import { useKeptForm } from '#web/use-kept-form.ts';
import type { WritingContent } from '../../writing-check/contract.ts';
import { aspectLabels, aspects, faultLabels, faults } from '../../writing-check/vocabulary/contract.ts';
import { classroom } from './api.ts';

/** Typed values; `faults` is a list of keys with commas between. */
export const blankWriting = {
  schoolId: '',
  dayOn: '',
  classId: '',
  grade: '',
  subject: '',
  sample: '',
  posture: '',
  grip: '',
  form: '',
  neat: '',
  faults: '',
  faultNote: '',
  advice: '',
};
export type WritingForm = typeof blankWriting;

const whole = (text: string): number | null => (/^\d{1,3}$/.test(text.trim()) ? Number(text) : null);

/** What is wrong with a field, in words; nothing while all is well. */
const problemsOf = (form: WritingForm): Partial<Record<keyof WritingForm, string>> => {
  const sample = whole(form.sample);
  const counts = aspects.flatMap((aspect) => {
    const ok = whole(form[aspect]);
    if (ok === null) return [[aspect, '请填写人数']];
    return sample !== null && ok > sample ? [[aspect, `不能多于抽查人数 ${sample}`]] : [];
  });
  return {
    ...(form.classId === '' && form.grade === '' ? { classId: '请选择班级' } : {}),
    ...(form.subject === '' ? { subject: '请选择学科' } : {}),
    ...(sample === null || sample === 0 ? { sample: '请填写抽查人数' } : {}),
    ...Object.fromEntries(counts),
  };
};

const contentOf = (form: WritingForm): WritingContent | null => {
  const subject = subjects.find((one) => one === form.subject);
  if (subject === undefined || Object.keys(problemsOf(form)).length > 0) return null;
  return {
    dayOn: form.dayOn === '' ? todayHere() : form.dayOn,
    classId: form.classId === '' ? null : form.classId,
    grade: form.classId === '' ? Number(form.grade) : null,
    subject,
    sample: Number(form.sample),
    posture: Number(form.posture),
    grip: Number(form.grip),
    form: Number(form.form),
    neat: Number(form.neat),
    faults: faults.filter((fault) => form.faults.split(',').includes(fault)),
    faultNote: form.faultNote.trim(),
    advice: form.advice.trim(),
  };
};

interface WritingFormProps {
  /** Under this name what is typed stays on the device. */
  readonly kept: string;
  readonly initial: WritingForm;
  /** A correction stays with its school. */
  readonly schoolFixed?: boolean;
  readonly tried: boolean;
  readonly onTry: () => void;
  readonly onSend: (schoolId: string, content: WritingContent, clear: () => void) => void;
  readonly busy: boolean;
  readonly error: unknown;
  readonly label: string;
  readonly children?: ReactNode;
}

/** One check in a minute: class, subject, five numbers; the rest only where there is something to say. */
export const WritingCheckForm = (props: WritingFormProps): ReactNode => {
  const { form, set, clear } = useKeptForm(props.kept, props.initial);
  const dayOn = form.dayOn === '' ? todayHere() : form.dayOn;
  const start = useQuery(
    classroom.query.startWritingCheck.queryOptions({
      input: { dayOn, schoolId: form.schoolId === '' ? undefined : form.schoolId },
    }),
  );
  const problems = props.tried ? problemsOf(form) : {};
  const chosen = form.faults.split(',').filter((fault) => fault !== '');
  const toggle = (fault: string, on: boolean): void =>
    set({ faults: [...chosen.filter((one) => one !== fault), ...(on ? [fault] : [])].join(',') });
  return (
    <Loaded query={start}>
      {({ school, schools, classes }) => (
        <form
          className="observe"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            props.onTry();
            const content = contentOf(form);
            if (content !== null && school !== null) props.onSend(school.id, content, clear);
          }}
        >
          <div className="fields">
            {schools.length > 1 && props.schoolFixed !== true ? (
              <SelectField
                label="学校"
                value={school?.id ?? ''}
                none="请选择"
                choices={schools.map(({ id, name }) => ({ value: id, label: name }))}
                onValue={(schoolId) => set({ schoolId, classId: '' })}
              />
            ) : null}
            <SelectField
              label="班级"
              value={form.classId}
              none={classes.length === 0 ? '没有班级名单，请选年级' : '请选择'}
              error={problems.classId}
              choices={classes.map(({ id, label }) => ({ value: id, label }))}
              onValue={(classId) => set({ classId })}
            />
            {school !== null && classes.length === 0 ? (
              <SelectField
                label="年级"
                value={form.grade}
                none="请选择"
                choices={grades.map((grade) => ({ value: String(grade), label: gradeLabels[grade] ?? '' }))}
                onValue={(grade) => set({ grade })}
              />
            ) : null}
            <SelectField
              label="学科"
              value={form.subject}
              none="请选择"
              error={problems.subject}
              choices={choicesOf(subjects, subjectLabels)}
              onValue={(subject) => set({ subject })}
            />
          </div>
          <div className="writing-counts">
            <TextField
              label="抽查人数"
              inputMode="numeric"
              maxLength={3}
              value={form.sample}
              error={problems.sample}
              onValue={(sample) => set({ sample })}
            />
            {aspects.map((aspect) => (
              <TextField
                key={aspect}
                label={aspectLabels[aspect]}
                inputMode="numeric"
                maxLength={3}
                value={form[aspect]}
                error={problems[aspect]}
                onValue={(value) => set({ [aspect]: value })}
              />
            ))}
          </div>
          <p className="muted small">填人数，不填姓名。一尺：眼离书本；一拳：胸离桌沿；一寸：手指离笔尖。</p>
          <details open={chosen.length > 0 || form.faultNote !== '' || form.advice !== ''}>
            <summary>典型问题与建议（有再填）</summary>
            <div className="stack">
              <fieldset className="writing-faults">
                <legend>典型问题</legend>
                {faults.map((fault) => (
                  <CheckField
                    key={fault}
                    label={faultLabels[fault]}
                    checked={chosen.includes(fault)}
                    onValue={(on) => toggle(fault, on)}
                  />
                ))}
              </fieldset>
              <TextArea
                label="问题说明"
                hint="只写现象，请不要写学生姓名。"
                maxLength={300}
                value={form.faultNote}
                onValue={(faultNote) => set({ faultNote })}
              />
              <TextArea
                label="建议"
                hint="请不要写学生姓名。"
                maxLength={500}
                value={form.advice}
                onValue={(advice) => set({ advice })}
              />
              <DayField
                label="检查日期"
                value={dayOn}
                max={todayHere()}
                onValue={(value) => set({ dayOn: value })}
              />
            </div>
          </details>
          {props.children}
          <Problem error={props.error} />
          <Button type="submit" variant="primary" size="large" busy={props.busy} disabled={school === null}>
            {props.label}
          </Button>
        </form>
      )}
    </Loaded>
  );
};
