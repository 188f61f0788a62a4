import { gradeLabels, type Subject, subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chineseDate, type Day } from '#platform/dates.ts';
import type { HomeworkItem, HomeworkLimit } from '../../homework-check/contract.ts';
import type { HomeworkKind, Standing } from '../../homework-check/vocabulary/contract.ts';
import { homeworkKindLabels } from '../../homework-check/vocabulary/contract.ts';
import type { StopFinding } from '../../patrol/contract.ts';
import { findingText, isProblem, isSerious, slotLabel } from '../../patrol/rules.ts';
import type { HalfDay, Result } from '../../patrol/vocabulary/contract.ts';
import { lostLessonKinds } from '../../patrol/vocabulary/contract.ts';
import type { Aspect, Fault } from '../../writing-check/vocabulary/contract.ts';
import { aspectLabels, aspects, faultLabels } from '../../writing-check/vocabulary/contract.ts';
import type { FindingKind, FindingType } from '../vocabulary/contract.ts';

/** A finding as it is filled in from its source. */
export interface Prefilled {
  readonly type: FindingType;
  readonly subject: Subject | null;
  readonly grade: number | null;
  readonly place: string;
  readonly description: string;
  readonly advice: string;
}

const joined = (parts: readonly string[], by: string): string =>
  parts
    .map((part) => part.trim().replace(/[。；]$/u, ''))
    .filter((part) => part !== '')
    .join(by);

const most = 1000;
/** Cut where it is too long, never within a character of two units. */
const within = (text: string): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).replace(/\p{Surrogate}$/u, '')}…`;

interface StopFacts {
  readonly dayOn: Day;
  readonly halfDay: HalfDay;
  readonly slot: number;
  readonly classLabel: string;
  readonly grade: number;
  readonly subject: Subject | null;
  readonly taughtSubject: Subject | null;
  readonly result: Result;
  readonly findings: readonly StopFinding[];
  readonly note: string;
}

/** Null where nothing was seen that is to be put right. The teacher of the lesson is not named. */
export const fromStop = (stop: StopFacts): Prefilled | null => {
  if (!isProblem(stop)) return null;
  const { dayOn, halfDay, slot, classLabel, grade, subject, taughtSubject, findings, note } = stop;
  const lost = findings.some(({ kind }) => lostLessonKinds.includes(kind));
  const seen = joined(
    [
      ...findings.map(findingText),
      taughtSubject === null ? '' : `实际在上${subjectLabels[taughtSubject]}`,
      note,
    ],
    '；',
  );
  const lesson = subject === null ? '' : subjectLabels[subject];
  return {
    type: isSerious(stop) ? 'safety' : lost ? 'course-opening' : 'routine',
    subject,
    grade,
    place: classLabel,
    description: within(
      `${chineseDate(dayOn)}${slotLabel(halfDay, slot)}巡课，${classLabel}${lesson}：${seen}。`,
    ),
    advice: '',
  };
};

interface WritingFacts extends Readonly<Record<Aspect, number>> {
  readonly dayOn: Day;
  readonly grade: number;
  readonly classLabel: string;
  readonly subject: Subject;
  readonly sample: number;
  readonly faults: readonly Fault[];
  readonly faultNote: string;
  readonly advice: string;
}

/** Above the school no class is named; null where the check found no fault. */
export const fromWritingCheck = (check: WritingFacts, kind: FindingKind): Prefilled | null => {
  if (check.faults.length === 0 && check.faultNote.trim() === '') return null;
  const where = kind === 'school' ? check.classLabel : (gradeLabels[check.grade] ?? '');
  const counts = aspects.map((aspect) => `${aspectLabels[aspect]}${check[aspect]}人`).join('、');
  return {
    type: 'handwriting',
    subject: check.subject,
    grade: check.grade,
    place: kind === 'school' ? check.classLabel : '',
    description: within(
      `${chineseDate(check.dayOn)}规范书写检查，${where}抽查${check.sample}人，${counts}。典型问题：${joined(
        [check.faults.map((fault) => faultLabels[fault]).join('、'), check.faultNote],
        '；',
      )}。`,
    ),
    advice: check.advice,
  };
};

interface HomeworkFacts {
  readonly dayOn: Day;
  readonly kind: HomeworkKind;
  readonly grade: number;
  readonly classLabel: string;
  readonly minutes: number;
  readonly takeHomeMinutes: number;
  readonly standing: Standing;
  readonly items: readonly HomeworkItem[];
}

/** Null within the limit. */
export const fromHomework = (
  day: HomeworkFacts,
  kind: FindingKind,
  limit: HomeworkLimit | null,
): Prefilled | null => {
  if (day.standing === 'within') return null;
  const where = kind === 'school' ? day.classLabel : (gradeLabels[day.grade] ?? '');
  const subjects = day.items.map(({ subject, minutes }) => `${subjectLabels[subject]}${minutes}`).join('、');
  const over =
    day.standing === 'forbidden'
      ? `布置了带回家的书面作业${day.takeHomeMinutes}分钟`
      : `各科书面作业合计${day.minutes}分钟，超过每天${limit?.minutes ?? ''}分钟的上限`;
  return {
    type: 'homework',
    subject: null,
    grade: day.grade,
    place: kind === 'school' ? day.classLabel : '',
    description: `${chineseDate(day.dayOn)}${homeworkKindLabels[day.kind]}，${where}${over}（${subjects}）。${limit === null ? '' : `依据：${limit.ground}。`}`,
    advice:
      day.standing === 'forbidden'
        ? '取消带回家的书面作业，改为在校内完成。'
        : '由年级组统筹各科作业，每班每天合计不超过上限。',
  };
};

interface LessonFacts {
  readonly dayOn: Day;
  readonly classLabel: string;
  readonly grade: number | null;
  readonly subject: Subject | null;
  readonly toImprove: string;
  readonly suggestion: string;
}

/** Inside the school only; neither teacher nor observer is named. Null where nothing was written to improve. */
export const fromObservation = (lesson: LessonFacts): Prefilled | null => {
  if (lesson.toImprove.trim() === '') return null;
  const subject = lesson.subject === null ? '' : subjectLabels[lesson.subject];
  return {
    type: 'wrong-methods',
    subject: lesson.subject,
    grade: lesson.grade,
    place: lesson.classLabel,
    description: within(
      `${chineseDate(lesson.dayOn)}听课，${lesson.classLabel}${subject}：${lesson.toImprove.trim()}`,
    ),
    advice: within(lesson.suggestion.trim()),
  };
};
