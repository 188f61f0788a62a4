import { type ReactNode, useState } from 'react';
import { subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { Button } from '#web/ui/button.tsx';
import type { ObservationContent, ProposedLesson } from '../../contract.ts';

const shownAtFirst = 8;

interface LessonChoiceProps {
  readonly lessons: readonly ProposedLesson[];
  readonly content: ObservationContent;
  readonly onLesson: (lesson: ProposedLesson) => void;
}

/** The classes in session: one tap fills in class, grade, subject and teacher. */
export const LessonChoice = ({ lessons, content, onLesson }: LessonChoiceProps): ReactNode => {
  const [all, setAll] = useState(false);
  const [changing, setChanging] = useState(false);
  const isChosen = (lesson: ProposedLesson): boolean =>
    lesson.classId === content.classId &&
    lesson.teacherId === content.teacherId &&
    lesson.subject === content.subject;
  const chosen = lessons.find(isChosen);
  if (chosen !== undefined && !changing)
    return (
      <div className="stack">
        <ul className="lesson-choice">
          <LessonCard lesson={chosen} pressed onLesson={() => setChanging(true)} />
        </ul>
        <Button onClick={() => setChanging(true)}>换一个班</Button>
      </div>
    );
  const shown = all ? lessons : lessons.filter((lesson, index) => index < shownAtFirst || isChosen(lesson));
  return (
    <div className="stack">
      <ul className="lesson-choice">
        {shown.map((lesson) => (
          <LessonCard
            key={`${lesson.classId}/${lesson.teacherId}/${lesson.subject}`}
            lesson={lesson}
            pressed={isChosen(lesson)}
            onLesson={() => {
              setChanging(false);
              onLesson(lesson);
            }}
          />
        ))}
      </ul>
      {shown.length < lessons.length ? (
        <Button onClick={() => setAll(true)}>这一节共有 {lessons.length} 个班在上课，全部列出</Button>
      ) : null}
    </div>
  );
};

const LessonCard = ({
  lesson,
  pressed,
  onLesson,
}: {
  lesson: ProposedLesson;
  pressed: boolean;
  onLesson: () => void;
}): ReactNode => (
  <li>
    <button type="button" aria-pressed={pressed} onClick={onLesson}>
      <strong>
        {lesson.classLabel} {subjectLabels[lesson.subject]}
      </strong>
      <span>
        {lesson.teacherName}
        {lesson.insteadOf === null ? null : <small>代课或调课，原为{lesson.insteadOf}</small>}
        <small>
          {lesson.observedBefore === 0 ? '本学期还没听过' : `本学期听过 ${lesson.observedBefore} 次`}
        </small>
      </span>
    </button>
  </li>
);
