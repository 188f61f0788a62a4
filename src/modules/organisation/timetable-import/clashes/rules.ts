import { type Subject, subjectLabels, type WeekParity, weekParityLabels } from '../../vocabulary/contract.ts';
import {
  type ElsewhereLesson,
  leaveOut,
  type PlanLesson,
  type TimetableDecisions,
  type TimetableQuestion,
} from '../contract.ts';
import { labelOf } from '../resolve/rules.ts';

const weekdays = ['', '周一', '周二', '周三', '周四', '周五', '周六', '周日'];

export const placeText = (weekday: number, slot: number, parity: WeekParity): string =>
  `${weekdays[weekday]}第${slot}节${parity === 'every' ? '' : `（${weekParityLabels[parity]}）`}`;

export const overlaps = (one: WeekParity, other: WeekParity): boolean =>
  one === 'every' || other === 'every' || one === other;

export const sameLesson = (
  one: { readonly subject: Subject; readonly personId: string },
  other: { readonly subject: Subject; readonly personId: string },
): boolean => one.subject === other.subject && one.personId === other.personId;

/** The place of a class in the week: two lessons there can only be of different weeks. */
export const placeKey = (classRef: string, weekday: number, slot: number): string =>
  `${classRef}:${weekday}:${slot}`;
const placeKeyOf = ({ schoolClass, weekday, slot }: PlanLesson): string =>
  placeKey(schoolClass.ref, weekday, slot);

export const groupBy = <Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> => {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
};

/** Said twice is said once; the odd and the even weeks of one lesson are every week. */
export const mergeLessons = (lessons: readonly PlanLesson[]): PlanLesson[] =>
  [...groupBy(lessons, (one) => `${placeKeyOf(one)}:${one.subject}:${one.personId}`).values()].flatMap(
    (same) => {
      const [first] = same;
      if (first === undefined) return [];
      const parities = new Set(same.map(({ parity }) => parity));
      const parity = parities.has('every') || parities.size > 1 ? 'every' : first.parity;
      return [{ ...first, parity }];
    },
  );

export interface Clashes {
  readonly lessons: readonly PlanLesson[];
  /** Left out: undecided, or decided against (`why` null). */
  readonly left: readonly { readonly lesson: PlanLesson; readonly why: string | null }[];
  readonly questions: readonly TimetableQuestion[];
}

const anyOverlap = (lessons: readonly { readonly parity: WeekParity }[]): boolean =>
  lessons.some((one, index) => lessons.some((other, at) => at > index && overlaps(one.parity, other.parity)));

const lessonText = ({ subject, personName, parity }: PlanLesson): string =>
  `${subjectLabels[subject]} ${personName}${parity === 'every' ? '' : `（${weekParityLabels[parity]}）`}`;

/** Two lessons in one place of a class: somebody has to say which. */
export const findPlaceClashes = (lessons: readonly PlanLesson[], decisions: TimetableDecisions): Clashes => {
  const kept: PlanLesson[] = [];
  const left: { lesson: PlanLesson; why: string | null }[] = [];
  const questions: TimetableQuestion[] = [];
  for (const [key, group] of groupBy(lessons, placeKeyOf)) {
    const [first] = group;
    if (first === undefined || !anyOverlap(group)) {
      kept.push(...group);
      continue;
    }
    const answer = decisions[`place:${key}`];
    const valueOf = (one: PlanLesson): string => `${one.subject} ${one.personId} ${one.parity}`;
    const chosen = group.find((one) => valueOf(one) === answer);
    if (chosen !== undefined) kept.push(chosen);
    const decided = chosen !== undefined || answer === leaveOut;
    for (const lesson of group)
      if (lesson !== chosen) left.push({ lesson, why: decided ? null : '同一节写了两门课或两位教师' });
    if (!decided)
      questions.push({
        key: `place:${key}`,
        kind: 'place',
        text: `${labelOf(first.schoolClass)}${placeText(first.weekday, first.slot, 'every')}写了不止一节课：${group
          .map(lessonText)
          .join('；')}。`,
        cell: group.map(({ cell }) => cell).join('、'),
        choices: [
          ...group.map((one) => ({ value: valueOf(one), label: lessonText(one) })),
          { value: leaveOut, label: '都不导入' },
        ],
        also: null,
      });
  }
  return { lessons: kept, left, questions };
};

/** A lesson that stands and would stay. */
export interface StayingLesson {
  readonly teachingId: string;
  readonly classRef: string | null;
  readonly classText: string;
  readonly personId: string;
  readonly subject: Subject;
  readonly weekday: number;
  readonly slot: number;
  readonly parity: WeekParity;
}

export interface TeacherClashes {
  readonly left: readonly { readonly lesson: PlanLesson; readonly why: string | null }[];
  readonly questions: readonly TimetableQuestion[];
  /** Standing lessons that give way by decision. */
  readonly giveWay: readonly StayingLesson[];
}

const teacherKey = (one: { personId: string; weekday: number; slot: number }): string =>
  `${one.personId}:${one.weekday}:${one.slot}`;

/** One teacher in two classes at once, in the file, in what stays of the school, or at another school. */
export const findTeacherClashes = (
  lessons: readonly PlanLesson[],
  staying: readonly StayingLesson[],
  elsewhere: readonly ElsewhereLesson[],
  decisions: TimetableDecisions,
): TeacherClashes => {
  const left: { lesson: PlanLesson; why: string | null }[] = [];
  const questions: TimetableQuestion[] = [];
  const giveWay: StayingLesson[] = [];
  const stayingBy = groupBy(staying, teacherKey);
  const elsewhereBy = groupBy(elsewhere, teacherKey);
  for (const [key, group] of groupBy(lessons, teacherKey)) {
    const here = (stayingBy.get(key) ?? []).filter((one) =>
      group.some((lesson) => overlaps(lesson.parity, one.parity) && lesson.schoolClass.ref !== one.classRef),
    );
    const away = (elsewhereBy.get(key) ?? []).filter((one) =>
      group.some(({ parity }) => overlaps(parity, one.parity)),
    );
    const [first] = group;
    if (first === undefined || (!anyOverlap(group) && here.length + away.length === 0)) continue;
    const answer = decisions[`teacher-slot:${key}`];
    const chosen =
      away.length === 0 ? group.find(({ schoolClass }) => schoolClass.ref === answer) : undefined;
    const decided = chosen !== undefined || answer === leaveOut;
    if (chosen !== undefined) giveWay.push(...here);
    for (const lesson of group)
      if (lesson !== chosen) left.push({ lesson, why: decided ? null : '这位教师同一节还有别的课' });
    if (!decided) {
      const places = [
        ...group.map(({ schoolClass }) => labelOf(schoolClass)),
        ...here.map(({ classText }) => `${classText}（现在的课表）`),
        ...away.map(({ schoolName }) => schoolName),
      ];
      questions.push({
        key: `teacher-slot:${key}`,
        kind: 'teacher-slot',
        text: `${first.personName}${placeText(first.weekday, first.slot, 'every')}不能同时在${[...new Set(places)].join('、')}上课。`,
        cell: group.map(({ cell }) => cell).join('、'),
        choices: [
          ...(away.length > 0
            ? []
            : group.map(({ schoolClass }) => ({
                value: schoolClass.ref,
                label: `在${labelOf(schoolClass)}，其余不要`,
              }))),
          { value: leaveOut, label: '文件里的这一节都不导入' },
        ],
        also: null,
      });
    }
  }
  return { left, questions, giveWay };
};
