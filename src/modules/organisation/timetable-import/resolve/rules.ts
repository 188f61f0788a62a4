import { editDistance } from '../../roster/schools/rules.ts';
import { classLabel, entryYearOf, gradeOfClass } from '../../teaching/rules.ts';
import type { ClassName, WrittenLesson } from '../../timetable-grid/contract.ts';
import {
  gradeLabels,
  type Stage,
  type Subject,
  stages,
  subjectLabels,
  subjects,
} from '../../vocabulary/contract.ts';
import {
  leaveOut,
  newClass,
  type PlanClass,
  type PlanLesson,
  type StandingSchool,
  type TimetableDecisions,
  type TimetableQuestion,
} from '../contract.ts';

/** A lesson that waits for an answer, or one left out by an answer (`why` null). */
export interface Unsettled {
  readonly lesson: WrittenLesson;
  readonly schoolClass: PlanClass | null;
  readonly why: string | null;
}

export interface Resolved {
  readonly lessons: readonly PlanLesson[];
  readonly unsettled: readonly Unsettled[];
  readonly questions: readonly TimetableQuestion[];
}

type Choice = TimetableQuestion['choices'][number];
const drop: Choice = { value: leaveOut, label: '不导入' };

export const labelOf = ({ grade, number }: PlanClass): string => classLabel(grade, number);

/** Settles class, subject and teacher of every lesson, by what stands in the school and by the answers given. */
export const resolveLessons = (
  written: readonly WrittenLesson[],
  standing: StandingSchool,
  decisions: TimetableDecisions,
): Resolved => {
  const questions = new Map<string, TimetableQuestion>();
  const lessons: PlanLesson[] = [];
  const unsettled: Unsettled[] = [];
  const ask = (question: TimetableQuestion): string | null => {
    const answer = decisions[question.key];
    if (answer !== undefined) return answer;
    if (!questions.has(question.key)) questions.set(question.key, question);
    return null;
  };
  for (const lesson of written) {
    const classFound = findClass(lesson, standing, ask);
    if (!('ref' in classFound)) {
      unsettled.push({ lesson, schoolClass: null, why: classFound.why });
      continue;
    }
    const settled = settle(lesson, classFound, standing, ask);
    if ('why' in settled) unsettled.push({ lesson, schoolClass: classFound, why: settled.why });
    else lessons.push(settled);
  }
  return { lessons, unsettled, questions: [...questions.values()] };
};

type Ask = (question: TimetableQuestion) => string | null;
interface Left {
  readonly why: string | null;
}

const settle = (
  lesson: WrittenLesson,
  schoolClass: PlanClass,
  standing: StandingSchool,
  ask: Ask,
): PlanLesson | Left => {
  const last = standing.lastSlot[schoolClass.stage];
  if (lesson.slot > last) {
    const stage = schoolClass.stage === 'primary' ? '小学' : '初中';
    const answer = ask({
      key: `bells:${schoolClass.stage}:${lesson.slot}`,
      kind: 'bells',
      text: `文件里有第${lesson.slot}节，${stage}作息表只到第${last}节。请先在学校页面修改作息表，或者这一节不导入。`,
      cell: lesson.cell,
      choices: [drop],
      also: null,
    });
    return { why: answer === null ? `作息表没有第${lesson.slot}节` : null };
  }
  const written = writtenSubject(lesson, ask);
  if (typeof written === 'object' && written !== null) return written;
  const person = findPerson(lesson, schoolClass, written, standing, ask);
  if ('why' in person) return person;
  const subject = written ?? taughtSubject(lesson, schoolClass, person, standing, ask);
  if (subject === null) return { why: '没有写学科' };
  if (typeof subject === 'object') return subject;
  const { weekday, slot, parity, cell } = lesson;
  return { schoolClass, personId: person.id, personName: person.name, subject, weekday, slot, parity, cell };
};

/** What may be a class: 三(2), whichever way it was written. */
const nameKey = (lesson: WrittenLesson): string => {
  const { className } = lesson;
  if (className === null) return lesson.classText;
  return 'grade' in className
    ? `${className.grade}.${className.number}`
    : `${className.entryYear}级${className.number}`;
};

const placesOf = (className: ClassName, { schoolYear, stages: taught }: StandingSchool) =>
  stages
    .filter((stage) => taught.includes(stage))
    .flatMap((stage): { stage: Stage; grade: number; entryYear: number }[] => {
      if ('grade' in className) {
        const { grade } = className;
        if ((grade <= 6 ? 'primary' : 'junior') !== stage) return [];
        return [{ stage, grade, entryYear: entryYearOf(grade, schoolYear) }];
      }
      const grade = gradeOfClass(stage, className.entryYear, schoolYear);
      return grade === null ? [] : [{ stage, grade, entryYear: className.entryYear }];
    });

const findClass = (lesson: WrittenLesson, standing: StandingSchool, ask: Ask): PlanClass | Left => {
  const { className } = lesson;
  const places = className === null ? [] : placesOf(className, standing);
  const known = standing.classes.filter(
    (one) =>
      className !== null &&
      one.number === className.number &&
      places.some(({ stage, entryYear }) => stage === one.stage && entryYear === one.entryYear),
  );
  const [only] = known;
  if (only !== undefined && known.length === 1) return { ...only, ref: only.id, isNew: false };
  const [place] = places;
  const made: PlanClass | null =
    className === null || place === undefined || places.length > 1
      ? null
      : {
          ref: `new:${place.stage}:${place.entryYear}:${className.number}`,
          isNew: true,
          number: className.number,
          ...place,
        };
  // A grade that has no class yet is registered with the timetable; in any other an unknown number may be a slip.
  if (made !== null && !standing.classes.some(({ grade }) => grade === made.grade)) return made;
  const near = standing.classes.filter(
    ({ grade }) => places.length === 0 || places.some((one) => one.grade === grade),
  );
  const answer = ask({
    key: `class:${nameKey(lesson)}`,
    kind: 'class',
    text:
      known.length > 1
        ? `“${lesson.classText}”可以是几个班，请选择。`
        : places.length === 0 && className !== null
          ? `“${lesson.classText}”不是本校的学段或年级。`
          : `本校没有登记“${lesson.classText}”这个班。`,
    cell: lesson.cell,
    choices: [
      ...(made === null ? [] : [{ value: newClass, label: `新登记${labelOf(made)}` }]),
      ...near.map((one) => ({ value: one.id, label: `就是${classLabel(one.grade, one.number)}` })),
      drop,
    ],
    also: null,
  });
  if (answer === newClass && made !== null) return made;
  const chosen = standing.classes.find(({ id }) => id === answer);
  if (chosen !== undefined) return { ...chosen, ref: chosen.id, isNew: false };
  return { why: answer === null ? '班级待决定' : null };
};

const isSubject = (value: string | null): value is Subject => subjects.some((subject) => subject === value);

/** Null: the file does not say; what was taught there before may. */
const writtenSubject = (lesson: WrittenLesson, ask: Ask): Subject | Left | null => {
  if (lesson.subject !== null) return lesson.subject;
  if (lesson.subjectText === '') return null;
  const answer = ask({
    key: `subject:${lesson.subjectText}`,
    kind: 'subject',
    text: `“${lesson.subjectText}”是哪一门学科？`,
    cell: lesson.cell,
    choices: [{ value: leaveOut, label: '不是学科的课，不导入' }],
    also: 'subjects',
  });
  if (isSubject(answer)) return answer;
  return { why: answer === null ? '学科待决定' : null };
};

interface NamedPerson {
  readonly id: string;
  readonly name: string;
}

const findPerson = (
  lesson: WrittenLesson,
  schoolClass: PlanClass,
  subject: Subject | null,
  { people, teaching }: StandingSchool,
  ask: Ask,
): NamedPerson | Left => {
  const byId = (id: string | null): NamedPerson | undefined => people.find((one) => one.id === id);
  const taughtHere = teaching.filter(
    (one) => one.classId === schoolClass.ref && (subject === null || one.subject === subject),
  );
  if (lesson.teacher === '') {
    const ids = [...new Set(taughtHere.map(({ personId }) => personId))];
    const [only] = ids;
    if (ids.length === 1 && only !== undefined && subject !== null)
      return { id: only, name: taughtHere[0]?.personName ?? '' };
    const what = subject === null ? lesson.subjectText : subjectLabels[subject];
    const likely = people.filter(({ id, subjects: taught }) =>
      ids.length > 0 ? ids.includes(id) : subject !== null && taught.includes(subject),
    );
    const answer = ask({
      key: `teaching:${schoolClass.ref}:${subject ?? lesson.subjectText}`,
      kind: 'teaching',
      text: `文件没有写${labelOf(schoolClass)}${what}由谁任教。`,
      cell: lesson.cell,
      choices: [...likely.slice(0, 12).map(({ id, name }) => ({ value: id, label: name })), drop],
      also: 'teachers',
    });
    return byId(answer) ?? { why: answer === null ? '教师待决定' : null };
  }
  const named = people.filter(({ name }) => name === lesson.teacher);
  const narrowed =
    named.length < 2
      ? named
      : (pickNarrowest([
          named.filter(({ id }) => taughtHere.some(({ personId }) => personId === id)),
          named.filter(({ subjects: taught }) => subject !== null && taught.includes(subject)),
        ]) ?? named);
  const [only] = narrowed;
  if (narrowed.length === 1 && only !== undefined) return only;
  if (named.length > 1) {
    const answer = ask({
      key: `teacher:${lesson.teacher}:${schoolClass.ref}:${subject ?? ''}`,
      kind: 'teacher',
      text: `本校有 ${named.length} 位${lesson.teacher}，${labelOf(schoolClass)}${
        subject === null ? '' : subjectLabels[subject]
      }由哪一位任教？`,
      cell: lesson.cell,
      choices: [
        ...named.map((one, index) => ({
          value: one.id,
          label: `${one.name}（${one.subjects.map((taught) => subjectLabels[taught]).join('、') || `第${index + 1}位，没有登记学科`}）`,
        })),
        drop,
      ],
      also: null,
    });
    return named.find(({ id }) => id === answer) ?? { why: answer === null ? '教师待决定' : null };
  }
  const near = people
    .filter(({ name }) => editDistance(name, lesson.teacher) <= 1)
    .slice(0, 6)
    .map(({ id, name }) => ({ value: id, label: `就是${name}` }));
  const answer = ask({
    key: `teacher:${lesson.teacher}`,
    kind: 'teacher',
    text: `本校没有叫“${lesson.teacher}”的教师。请选择是哪一位；新来的教师请先在人员或名册里登记。`,
    cell: lesson.cell,
    choices: [...near, drop],
    also: 'teachers',
  });
  return byId(answer) ?? { why: answer === null ? '教师待决定' : null };
};

const pickNarrowest = <Item>(lists: readonly (readonly Item[])[]): readonly Item[] | undefined =>
  lists.find((list) => list.length === 1);

/** A teacher's grid may say the class alone: the teacher's one subject there, else the teacher's one subject. */
const taughtSubject = (
  lesson: WrittenLesson,
  schoolClass: PlanClass,
  person: NamedPerson,
  { people, teaching }: StandingSchool,
  ask: Ask,
): Subject | Left => {
  const here = teaching.filter(
    ({ classId, personId }) => classId === schoolClass.ref && personId === person.id,
  );
  const own = people.find(({ id }) => id === person.id)?.subjects ?? [];
  const [only] =
    here.length === 1 ? here.map(({ subject }) => subject) : here.length === 0 && own.length === 1 ? own : [];
  if (only !== undefined) return only;
  const answer = ask({
    key: `subject-of:${person.id}:${schoolClass.ref}`,
    kind: 'subject',
    text: `${person.name}在${labelOf(schoolClass)}（${gradeLabels[schoolClass.grade]}）上哪一门学科？`,
    cell: lesson.cell,
    choices: [...own.map((subject) => ({ value: subject, label: subjectLabels[subject] })), drop],
    also: 'subjects',
  });
  if (isSubject(answer)) return answer;
  return { why: answer === null ? '学科待决定' : null };
};
