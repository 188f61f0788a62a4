import { type ReactNode, useState } from 'react';
import { subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chineseDate } from '#platform/dates.ts';
import { choicesOf, Segments, TextArea, TextField } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/page.tsx';
import type { ObservationContent, ProposedLesson, RubricCriterion, Start } from '../../contract.ts';
import { countSentences, type Problem, slotsLabel } from '../../rules.ts';
import { lessonTypeLabels, lessonTypes } from '../../vocabulary/contract.ts';
import { CriteriaStep } from './criteria-step.tsx';
import { AgreedLastTime } from './follow-up.tsx';
import { LessonByTeacher } from './lesson-by-teacher.tsx';
import { LessonChoice } from './lesson-choice.tsx';
import { LessonDetails } from './lesson-details.tsx';

interface FieldsProps {
  readonly content: ObservationContent;
  readonly onContent: (content: ObservationContent) => void;
  /** The record's own edition; without it the one in force. */
  readonly rubric: readonly RubricCriterion[] | undefined;
  readonly problems: readonly Problem[];
  readonly start: Start | undefined;
}

/** Where the class is read from: chosen, or proposed by school, slot and clock. */
const placeLine = (content: ObservationContent, start: Start | undefined): string => {
  const slot = content.slotFrom ?? start?.slot ?? null;
  const times = start?.slots.find((one) => one.slot === slot);
  return [
    start?.schools.find(({ id }) => id === (content.schoolId ?? start.school?.id))?.name,
    chineseDate(content.dayOn),
    start?.week === null || start?.week === undefined ? undefined : `第${start.week}周`,
    slot === null ? undefined : slotsLabel(slot, content.slotTo ?? slot),
    times === undefined ? undefined : `${times.startsAt}—${times.endsAt}`,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
};

/** What was not chosen yet stands as proposed, and is taken over with the first thing that is entered. */
const inPlace = (content: ObservationContent, start: Start | undefined): ObservationContent => {
  const slotFrom = content.slotFrom ?? start?.slot ?? null;
  return {
    ...content,
    schoolId: content.schoolId ?? start?.school?.id ?? null,
    slotFrom,
    slotTo: content.slotTo ?? slotFrom,
  };
};

/** 课堂 → 观察 → 小结 on one scrolling page. */
export const ObservationFields = ({
  content: entered,
  onContent,
  rubric,
  problems,
  start,
}: FieldsProps): ReactNode => {
  const content = inPlace(entered, start);
  const set = (changes: Partial<ObservationContent>): void => onContent({ ...content, ...changes });
  const errorOf = (field: Problem['field']): string | undefined =>
    problems.find((problem) => problem.field === field)?.message;
  const lessonProblems = problems.filter(({ field }) =>
    ['dayOn', 'schoolId', 'slotFrom', 'slotTo', 'classLabel', 'grade', 'subject', 'teacherName'].includes(
      field,
    ),
  );
  const [opened, setOpened] = useState(false);
  const chooseLesson = (lesson: ProposedLesson): void =>
    set({
      schoolId: start?.school?.id ?? content.schoolId,
      slotFrom: lesson.slot,
      slotTo: content.slotTo !== null && content.slotFrom === lesson.slot ? content.slotTo : lesson.slot,
      classId: lesson.classId,
      classLabel: lesson.classLabel,
      grade: lesson.grade,
      subject: lesson.subject,
      teacherId: lesson.teacherId,
      teacherName: lesson.teacherName,
    });
  const chosen = [
    content.classLabel,
    content.subject === null ? '' : subjectLabels[content.subject],
    content.teacherName,
  ]
    .filter((part) => part !== '')
    .join(' ');
  const lessons = start?.lessons ?? [];
  return (
    <>
      <Panel title="一、课堂" lead={placeLine(content, start)}>
        {lessons.length > 0 ? (
          <LessonChoice lessons={lessons} content={content} onLesson={chooseLesson} />
        ) : start === undefined ? (
          <p className="muted">正在查找正在上的课…</p>
        ) : (
          <LessonByTeacher start={start} content={content} set={set} />
        )}
        {start?.isTeachingDay === false ? (
          <TextField
            label="这一天按校历不上课，听课的原因"
            required
            value={content.offDayReason}
            maxLength={200}
            error={errorOf('offDayReason')}
            onValue={(offDayReason) => set({ offDayReason })}
          />
        ) : null}
        {lessonProblems.length === 0 ? null : (
          <ul className="problem" role="alert">
            {lessonProblems.map(({ field, message }) => (
              <li key={field}>{message}</li>
            ))}
          </ul>
        )}
        <details
          open={opened || lessonProblems.length > 0}
          onToggle={(event) => setOpened(event.currentTarget.open)}
        >
          <summary>
            {chosen === '' ? '核对或更正：日期、学校、班级、教师' : `已选 ${chosen}；核对或更正`}
          </summary>
          {opened || lessonProblems.length > 0 ? (
            <LessonDetails start={start} content={content} set={set} />
          ) : null}
        </details>
        <TextField
          label="课题"
          required
          value={content.topic}
          maxLength={100}
          error={errorOf('topic')}
          onValue={(topic) => set({ topic })}
        />
        <div>
          <Segments
            label="课型"
            value={content.lessonType}
            choices={choicesOf(lessonTypes, lessonTypeLabels)}
            onValue={(lessonType) => set({ lessonType })}
          />
          {errorOf('lessonType') === undefined ? null : (
            <p className="field-error">{errorOf('lessonType')}</p>
          )}
        </div>
      </Panel>
      <AgreedLastTime teacherId={content.teacherId} dayOn={content.dayOn} />
      <Panel title="二、观察" lead="只记看到的，没看到的空着；再点一次可取消。">
        {errorOf('criteria') === undefined ? null : (
          <p className="problem" role="alert">
            {errorOf('criteria')}
          </p>
        )}
        <CriteriaStep
          rubric={rubric ?? start?.rubric ?? []}
          entries={content.criteria}
          onEntries={(criteria) => set({ criteria })}
        />
      </Panel>
      <Panel
        title="三、小结"
        lead={`三项中至少 ${start?.settings.minSentences ?? 2} 项各写一句话；已写 ${countSentences(content)} 项。`}
      >
        <TextArea
          label="优点"
          value={content.strengths}
          maxLength={4000}
          error={errorOf('strengths')}
          onValue={(strengths) => set({ strengths })}
        />
        <TextArea
          label="不足"
          value={content.toImprove}
          maxLength={4000}
          onValue={(toImprove) => set({ toImprove })}
        />
        <TextArea
          label="建议"
          value={content.suggestion}
          maxLength={4000}
          onValue={(suggestion) => set({ suggestion })}
        />
      </Panel>
    </>
  );
};
