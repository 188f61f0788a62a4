import { type ReactNode, useState } from 'react';
import { gradeLabels, grades, subjectLabels, subjects } from '#modules/organisation/vocabulary/contract.ts';
import { Button } from '#web/ui/button.tsx';
import { choicesOf, SelectField, TextField } from '#web/ui/field.tsx';
import type { ObservationContent, Start } from '../../contract.ts';
import { classLabel, lessonsTaughtBy, type TaughtLesson } from '../../timetable/rules.ts';
import { useSchoolPeople } from './pocket-here.ts';
import { SlotField } from './slot-field.tsx';

const shownAtFirst = 6;

interface LessonByTeacherProps {
  readonly start: Start;
  readonly content: ObservationContent;
  readonly set: (changes: Partial<ObservationContent>) => void;
}

/** Without a timetable: the teacher is found by typing, and brings grade and subject along. */
export const LessonByTeacher = ({ start, content, set }: LessonByTeacherProps): ReactNode => {
  const { schoolId, dayOn } = content;
  const [changing, setChanging] = useState(false);
  // A research officer has no school of his or her own to begin with.
  const [asksSchool] = useState(schoolId === null);
  const { teachers } = useSchoolPeople(schoolId, dayOn);
  const choose = (changes: Partial<ObservationContent>): void => {
    setChanging(false);
    set(changes);
  };
  return (
    <div className="stack">
      {asksSchool ? (
        <SelectField
          label="学校"
          value={schoolId ?? ''}
          none="请选择"
          choices={start.schools.map(({ id, name }) => ({ value: id, label: name }))}
          onValue={(value) =>
            set({
              schoolId: value === '' ? null : value,
              classId: null,
              classLabel: '',
              teacherId: null,
              teacherName: '',
            })
          }
        />
      ) : null}
      <SlotField
        start={start}
        value={content.slotFrom}
        onValue={(slot) => set({ slotFrom: slot, slotTo: slot })}
      />
      {content.teacherName === '' || changing ? (
        <TeacherSearch teachers={teachers} content={content} onChoose={choose} />
      ) : (
        <>
          <ul className="lesson-choice">
            <li>
              <button type="button" aria-pressed onClick={() => setChanging(true)}>
                <strong>{content.teacherName}</strong>
                <span>
                  {content.grade === null ? '' : gradeLabels[content.grade]}{' '}
                  {content.subject === null ? '' : subjectLabels[content.subject]}
                </span>
              </button>
            </li>
          </ul>
          <Button onClick={() => setChanging(true)}>换一位老师</Button>
          <Untold teachers={teachers} content={content} set={set} />
        </>
      )}
    </div>
  );
};

interface Teacher {
  readonly id: string;
  readonly name: string;
  readonly initials: string;
  readonly lessons: readonly TaughtLesson[];
}

const TeacherSearch = ({
  teachers,
  content,
  onChoose,
}: {
  teachers: readonly Teacher[];
  content: ObservationContent;
  onChoose: (changes: Partial<ObservationContent>) => void;
}): ReactNode => {
  const [text, setText] = useState('');
  const found = lessonsTaughtBy(teachers, text);
  const typed = text.trim();
  const mayBeAName =
    typed !== '' &&
    (found.length === 0 || /\p{Script=Han}/u.test(typed)) &&
    !teachers.some(({ name }) => name === typed);
  return (
    <>
      <TextField
        label="授课教师"
        type="search"
        value={text}
        onValue={setText}
        placeholder="姓名或拼音首字母"
        hint={teachers.length === 0 ? '这所学校还没有教师名单，请填写姓名。' : undefined}
        autoComplete="off"
      />
      <ul className="lesson-choice">
        {found.slice(0, shownAtFirst).map(({ teacher, lesson }) => (
          <li key={`${teacher.id}/${lesson?.classId}/${lesson?.grade}/${lesson?.subject}`}>
            <button
              type="button"
              aria-pressed={false}
              onClick={() =>
                onChoose({
                  teacherId: teacher.id,
                  teacherName: teacher.name,
                  classId: lesson?.classId ?? null,
                  classLabel: lesson?.classLabel ?? '',
                  grade: lesson?.grade ?? null,
                  subject: lesson?.subject ?? null,
                })
              }
            >
              <strong>{teacher.name}</strong>
              <span>
                {lesson === null ? '没有登记任教' : `${lesson.classLabel} ${subjectLabels[lesson.subject]}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {found.length > shownAtFirst ? (
        <p className="muted small">共 {found.length} 位次，输入姓名可以缩小范围。</p>
      ) : null}
      {mayBeAName ? (
        <Button onClick={() => onChoose({ teacherId: null, teacherName: typed, classId: content.classId })}>
          名单里没有，记为“{typed}”
        </Button>
      ) : null}
    </>
  );
};

/** What the teacher did not bring along; the class may always be said more exactly. */
const Untold = ({
  teachers,
  content,
  set,
}: {
  teachers: readonly Teacher[];
  content: ObservationContent;
  set: (changes: Partial<ObservationContent>) => void;
}): ReactNode => {
  const lessons = teachers.find(({ id }) => id === content.teacherId)?.lessons ?? [];
  const isTaught = lessons.some(
    ({ grade, subject }) => grade === content.grade && subject === content.subject,
  );
  return (
    <div className="fields">
      {isTaught ? null : (
        <>
          <SelectField
            label="年级"
            value={content.grade === null ? '' : String(content.grade)}
            none="请选择"
            choices={grades.map((grade) => ({ value: String(grade), label: gradeLabels[grade] ?? '' }))}
            onValue={(value) => {
              const grade = grades.find((one) => String(one) === value) ?? null;
              set({
                grade,
                ...(content.classLabel === '' && grade !== null
                  ? { classLabel: classLabel(grade, null) }
                  : {}),
              });
            }}
          />
          <SelectField
            label="学科"
            value={content.subject ?? ''}
            none="请选择"
            choices={choicesOf(subjects, subjectLabels)}
            onValue={(value) => set({ subject: subjects.find((one) => one === value) ?? null })}
          />
        </>
      )}
      {content.classId === null ? (
        <TextField
          label="班级"
          value={content.classLabel}
          maxLength={40}
          placeholder="如 三年级(2)班"
          onValue={(label) => set({ classLabel: label })}
        />
      ) : null}
    </div>
  );
};
