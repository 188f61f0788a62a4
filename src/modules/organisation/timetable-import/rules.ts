import { classLabel } from '../teaching/rules.ts';
import type { WrittenTimetable } from '../timetable-grid/contract.ts';
import { gradeLabels, subjectLabels } from '../vocabulary/contract.ts';
import {
  findPlaceClashes,
  findTeacherClashes,
  groupBy,
  mergeLessons,
  overlaps,
  placeKey,
  placeText,
  type StayingLesson,
  sameLesson,
} from './clashes/rules.ts';
import type {
  PlanClass,
  PlanLesson,
  StandingSchool,
  TimetableDecisions,
  TimetablePlan,
  TimetableQuestion,
} from './contract.ts';
import { labelOf, resolveLessons } from './resolve/rules.ts';

/** A lesson that stands in the school's timetable, with the name of its class. */
interface Stands extends StayingLesson {
  readonly personName: string;
  readonly byHand: boolean;
}

const standsOf = ({ teaching, classes }: StandingSchool): Stands[] =>
  teaching.flatMap(({ id, classId, grade, subject, personId, personName, places }) => {
    const found = classes.find((one) => one.id === classId);
    const classText =
      found === undefined ? (gradeLabels[grade] ?? '') : classLabel(found.grade, found.number);
    return places.map((place) => ({
      teachingId: id,
      classRef: classId,
      classText,
      personId,
      personName,
      subject,
      ...place,
    }));
  });

type Row = TimetablePlan['rows'][number];

const textOf = (
  classText: string,
  one: Pick<Stands, 'weekday' | 'slot' | 'parity' | 'subject' | 'personName'>,
) =>
  `${classText} ${placeText(one.weekday, one.slot, one.parity)} ${subjectLabels[one.subject]} ${one.personName}`;

const stateOf = (stands: readonly Stands[]): string =>
  stands
    .map(
      ({ subject, personName, byHand }) =>
        `${subjectLabels[subject]} ${personName}${byHand ? '（手工设定）' : ''}`,
    )
    .join('、');

interface PlanOptions {
  /** What stands in the weeks the file shows and is missing in it falls away. */
  readonly complete: boolean;
  readonly decisions: TimetableDecisions;
}

/**
 * What importing a timetable would do to a school. Whatever is in question is left as it stands: neither the
 * file's lesson nor the removal of what stands in its place is done before somebody decides.
 */
export const planTimetable = (
  written: WrittenTimetable,
  standing: StandingSchool,
  { complete, decisions }: PlanOptions,
): TimetablePlan => {
  const resolved = resolveLessons(written.lessons, standing, decisions);
  const places = findPlaceClashes(mergeLessons(resolved.lessons), decisions);
  const stands = standsOf(standing);
  const blocked = new Set<string>();
  for (const { lesson, schoolClass } of resolved.unsettled)
    if (schoolClass !== null) blocked.add(placeKey(schoolClass.ref, lesson.weekday, lesson.slot));
  for (const { lesson } of places.left)
    blocked.add(placeKey(lesson.schoolClass.ref, lesson.weekday, lesson.slot));
  for (const lesson of places.lessons)
    blocked.delete(placeKey(lesson.schoolClass.ref, lesson.weekday, lesson.slot));

  const covered = coverageOf(resolved.lessons, written);
  let lessons = places.lessons;
  const left = [...places.left];
  const questions: TimetableQuestion[] = [...resolved.questions, ...places.questions];
  const giveWay = new Set<StayingLesson>();
  // What is left out stays as it stands, and may clash with another lesson in turn.
  for (;;) {
    const staying = stands.filter(
      (one) => !giveWay.has(one) && !fallsAway(one, lessons, { blocked, complete, covered }),
    );
    const changing = lessons.filter((lesson) => !staying.some((one) => isSame(lesson, one)));
    const clashes = findTeacherClashes(changing, staying, standing.elsewhere, decisions);
    for (const one of clashes.giveWay) giveWay.add(one);
    questions.push(...clashes.questions);
    left.push(...clashes.left);
    if (clashes.left.length === 0) break;
    const gone = new Set(clashes.left.map(({ lesson }) => lesson));
    for (const { schoolClass, weekday, slot } of gone) blocked.add(placeKey(schoolClass.ref, weekday, slot));
    lessons = lessons.filter((lesson) => !gone.has(lesson));
  }

  const rows: Row[] = [];
  const add: PlanLesson[] = [];
  const remove: Stands[] = [];
  const standsAt = groupBy(stands, ({ classRef, weekday, slot }) => placeKey(classRef ?? '', weekday, slot));
  for (const lesson of lessons) {
    const here = (standsAt.get(placeKey(lesson.schoolClass.ref, lesson.weekday, lesson.slot)) ?? []).filter(
      (one) => overlaps(one.parity, lesson.parity),
    );
    const same = here.find((one) => isSame(lesson, one));
    const others = here.filter((one) => one !== same);
    const text = textOf(labelOf(lesson.schoolClass), lesson);
    for (const one of others) if (!remove.includes(one)) remove.push(one);
    if (same === undefined) add.push(lesson);
    rows.push({
      status: others.length > 0 ? 'changed' : same === undefined ? 'new' : 'unchanged',
      text,
      reason: others.length > 0 ? `原为${stateOf(others)}` : '',
      cell: lesson.cell,
      byHand: others.some(({ byHand }) => byHand),
    });
  }
  for (const one of stands) {
    if (remove.includes(one)) continue;
    if (!giveWay.has(one) && !fallsAway(one, lessons, { blocked, complete, covered })) continue;
    remove.push(one);
    rows.push({
      status: 'removed',
      text: textOf(one.classText, one),
      reason: giveWay.has(one) ? '让给文件里的课' : `文件里没有这一节${one.byHand ? '（手工设定）' : ''}`,
      cell: '',
      byHand: one.byHand,
    });
  }
  for (const { lesson, schoolClass, why } of resolved.unsettled)
    if (why !== null)
      rows.push({
        status: 'needs-decision',
        text: [
          schoolClass === null ? lesson.classText : labelOf(schoolClass),
          placeText(lesson.weekday, lesson.slot, lesson.parity),
          lesson.subject === null ? lesson.subjectText : subjectLabels[lesson.subject],
          lesson.teacher,
        ]
          .filter((word) => word !== '')
          .join(' '),
        reason: why,
        cell: lesson.cell,
        byHand: false,
      });
  for (const { lesson, why } of left)
    if (why !== null)
      rows.push({
        status: 'needs-decision',
        text: textOf(labelOf(lesson.schoolClass), lesson),
        reason: why,
        cell: lesson.cell,
        byHand: false,
      });
  for (const [index, { cell, text, reason }] of written.unread.entries()) {
    const key = `unread:${index}:${text.slice(0, 60)}`;
    if (decisions[key] === undefined)
      questions.push({
        key,
        kind: 'unread',
        text: `“${text}”：${reason}。请在文件里改好再上传，或者这一格不导入。`,
        cell,
        choices: [{ value: 'leave-out', label: '这一格不导入' }],
        also: null,
      });
  }
  const count = (status: Row['status']): number => rows.filter((row) => row.status === status).length;
  return {
    forms: written.forms,
    rows,
    questions,
    changes: {
      new: count('new'),
      changed: count('changed'),
      removed: count('removed'),
      unchanged: count('unchanged'),
    },
    newClasses: newClassesOf(add),
    add,
    remove: remove.map(({ teachingId, weekday, slot }) => ({ teachingId, weekday, slot })),
    end: endedBy(remove, add, standing),
  };
};

const isSame = (lesson: PlanLesson, one: StayingLesson): boolean =>
  one.classRef === lesson.schoolClass.ref &&
  one.weekday === lesson.weekday &&
  one.slot === lesson.slot &&
  one.parity === lesson.parity &&
  sameLesson(one, lesson);

interface Coverage {
  readonly classRefs: ReadonlySet<string>;
  readonly personIds: ReadonlySet<string>;
}

/** Whose whole week the file shows: its classes', or in teachers' grids its teachers'. */
const coverageOf = (lessons: readonly PlanLesson[], { forms }: WrittenTimetable): Coverage =>
  forms.every((form) => form === 'teacher-grid')
    ? { classRefs: new Set(), personIds: new Set(lessons.map(({ personId }) => personId)) }
    : { classRefs: new Set(lessons.map(({ schoolClass }) => schoolClass.ref)), personIds: new Set() };

const fallsAway = (
  one: StayingLesson,
  lessons: readonly PlanLesson[],
  {
    blocked,
    complete,
    covered,
  }: { readonly blocked: ReadonlySet<string>; readonly complete: boolean; readonly covered: Coverage },
): boolean => {
  if (one.classRef === null) return false;
  const inPlace = lessons.filter(
    ({ schoolClass, weekday, slot }) =>
      schoolClass.ref === one.classRef && weekday === one.weekday && slot === one.slot,
  );
  if (inPlace.some((lesson) => isSame(lesson, one))) return false;
  if (inPlace.some(({ parity }) => overlaps(parity, one.parity))) return true;
  if (!complete || blocked.has(placeKey(one.classRef, one.weekday, one.slot))) return false;
  return covered.classRefs.has(one.classRef) || covered.personIds.has(one.personId);
};

const newClassesOf = (lessons: readonly PlanLesson[]): PlanClass[] => [
  ...new Map(
    lessons.flatMap(({ schoolClass }) =>
      schoolClass.isNew ? [[schoolClass.ref, schoolClass] as const] : [],
    ),
  ).values(),
];

/** Teaching that had lessons, loses all of them and gets none. */
const endedBy = (
  remove: readonly Stands[],
  add: readonly PlanLesson[],
  { teaching }: StandingSchool,
): string[] =>
  [...groupBy(remove, ({ teachingId }) => teachingId)].flatMap(([teachingId, gone]) => {
    const found = teaching.find(({ id }) => id === teachingId);
    if (found === undefined || gone.length < found.places.length) return [];
    return add.some((lesson) => lesson.schoolClass.ref === found.classId && sameLesson(lesson, found))
      ? []
      : [teachingId];
  });
