import type { Insertable } from 'kysely';
import type { DB } from '#platform/database/tables.ts';
import type { SeededRandom } from '#platform/random.ts';
import { type Stage, type Subject, subjects } from '../contract.ts';
import type { DemoPerson, StaffRegister } from '../people/demo.ts';
import type { DemoSchool } from '../schools/demo.ts';
import { type PlacedLesson, placeLessons, type WeeklyLesson } from '../timetable/demo.ts';

type Hours = Partial<Record<Subject, number>>;

const firstGrades: Hours = {
  chinese: 8,
  mathematics: 4,
  'ethics-and-law': 2,
  science: 1,
  'physical-education': 4,
  music: 2,
  'fine-art': 2,
  labour: 1,
  'integrated-practice': 1,
  'local-course': 1,
};
const upperPrimary: Hours = {
  chinese: 6,
  mathematics: 5,
  english: 3,
  science: 2,
  'ethics-and-law': 2,
  'information-technology': 1,
  'physical-education': 3,
  music: 2,
  'fine-art': 2,
  labour: 1,
  'integrated-practice': 2,
  'local-course': 1,
};
const everyJunior: Hours = {
  mathematics: 5,
  english: 5,
  'ethics-and-law': 2,
  history: 2,
  'physical-education': 3,
  music: 1,
  'fine-art': 1,
  labour: 1,
  'integrated-practice': 1,
};

/** Periods a week; each grade sums to the plan of 2022: 26, 30 and 34. */
export const weeklyHours = (grade: number): Hours => {
  if (grade <= 2) return firstGrades;
  if (grade <= 6) return upperPrimary;
  if (grade === 7)
    return {
      ...everyJunior,
      chinese: 6,
      geography: 2,
      biology: 3,
      'information-technology': 1,
      'local-course': 1,
    };
  if (grade === 8)
    return { ...everyJunior, chinese: 5, physics: 3, geography: 2, biology: 2, 'information-technology': 1 };
  return { ...everyJunior, chinese: 6, physics: 3, chemistry: 3, 'local-course': 1 };
};

/** Subjects one teacher may combine; the main subjects of junior schools stand alone. */
const families: Readonly<Record<Stage, readonly (readonly Subject[])[]>> = {
  primary: [
    ['chinese', 'ethics-and-law', 'integrated-practice', 'local-course'],
    ['mathematics', 'science', 'information-technology', 'labour'],
    ['music', 'fine-art'],
  ],
  junior: [
    ['information-technology', 'labour', 'integrated-practice', 'local-course'],
    ['music', 'fine-art'],
  ],
};

const mayCombine = (stage: Stage, one: Subject, other: Subject): boolean =>
  families[stage].some((family) => family.includes(one) && family.includes(other));

/** Periods a week of a full post; heavier in a small village school. */
const fullPost = { primary: 12, junior: 12, village: 14 } as const;

export interface DemoTeaching {
  readonly classes: readonly Insertable<DB['organisation.schoolClass']>[];
  readonly assignments: readonly Insertable<DB['organisation.teachingAssignment']>[];
  readonly timetable: readonly PlacedLesson[];
}

export const stageOf = (grade: number): Stage => (grade <= 6 ? 'primary' : 'junior');

/** The classes of one school, as many teachers as their lessons need, who teaches what, and when. */
export const planTeaching = (
  school: DemoSchool,
  staff: StaffRegister,
  term: { readonly id: string; readonly schoolYear: number },
  random: SeededRandom,
  nextId: () => string,
): DemoTeaching => {
  const classes = school.grades.flatMap((grade) =>
    Array.from({ length: classCount(school, grade, random) }, (_, index) => ({
      id: nextId(),
      grade,
      stage: stageOf(grade),
      number: index + 1,
    })),
  );
  const desks: Desk[] = [];
  const assignments = classes.flatMap(({ id: classId, grade, stage }) =>
    Object.keys(weeklyHours(grade))
      .filter(isTaught)
      .map((subject) => {
        const hours = weeklyHours(grade)[subject] ?? 0;
        const desk = findDesk(desks, { school, staff, stage, subject, hours });
        return { id: nextId(), personId: desk.person.id, grade, subject, classId, hours };
      }),
  );
  const lessons = assignments.flatMap(({ id, personId, classId, subject, hours }): WeeklyLesson[] =>
    Array.from({ length: hours }, () => ({ assignmentId: id, teacherId: personId, classId, subject })),
  );
  return {
    classes: classes.map(({ id, grade, stage, number }) => ({
      id,
      schoolId: school.id,
      stage,
      entryYear: term.schoolYear - (stage === 'primary' ? grade - 1 : grade - 7),
      number,
    })),
    assignments: assignments.map(({ id, personId, grade, subject, classId }) => ({
      id,
      personId,
      schoolId: school.id,
      termId: term.id,
      grade,
      subject,
      classId,
    })),
    timetable: placeLessons(random.shuffle(lessons)),
  };
};

const classCount = (
  { classesPerGrade, parentId }: DemoSchool,
  grade: number,
  random: SeededRandom,
): number => {
  if (parentId !== null || classesPerGrade <= 2) return classesPerGrade;
  const change = stageOf(grade) === 'junior' ? random.integer(0, 1) : random.integer(-1, 0);
  return Math.min(8, classesPerGrade + change);
};

const isTaught = (key: string): key is Subject => subjects.some((subject) => subject === key);

interface Desk {
  readonly person: DemoPerson;
  readonly stage: Stage;
  load: number;
}

interface Need {
  readonly school: DemoSchool;
  readonly staff: StaffRegister;
  readonly stage: Stage;
  readonly subject: Subject;
  readonly hours: number;
}

const findDesk = (desks: Desk[], { school, staff, stage, subject, hours }: Need): Desk => {
  const isVillage = school.parentId !== null && school.kind !== 'campus';
  const most = isVillage ? fullPost.village : fullPost[stage];
  const hasRoom = (desk: Desk): boolean => desk.stage === stage && desk.load + hours <= most;
  const canLearn = ({ person }: Desk): boolean =>
    person.subjects.size < (isVillage ? 4 : 2) &&
    (isVillage || [...person.subjects].some((taught) => mayCombine(stage, taught, subject)));
  const desk =
    desks.find((one) => hasRoom(one) && one.person.subjects.has(subject)) ??
    desks.find((one) => hasRoom(one) && canLearn(one)) ??
    newDesk(desks, { person: staff.takeOn(school.id), stage, load: 0 });
  desk.person.subjects.add(subject);
  desk.load += hours;
  return desk;
};

const newDesk = (desks: Desk[], desk: Desk): Desk => {
  desks.push(desk);
  return desk;
};
