import type { Actor, Stage, Subject } from '#modules/organisation/contract.ts';
import { schoolsLedBy } from '#modules/organisation/rules.ts';
import { chineseDate, type Day, daysBetween } from '#platform/dates.ts';
import type { Capacity, CriterionEntry, Mode, ObservationContent, State } from './contract.ts';

/** The district's numbers, each a dated setting; the fallbacks stand until somebody sets them. */
export interface ObservationSettings {
  /** Entered more than this many days after the lesson: accepted, marked late. */
  readonly lateDays: number;
  /** Whether a lesson seen as a recording counts. */
  readonly videoCounts: boolean;
  /** How many of strengths, to improve and suggestion need a sentence before finalising. */
  readonly minSentences: number;
}
export const defaultSettings: ObservationSettings = { lateDays: 7, videoCounts: false, minSentences: 2 };
export const settingKeys = {
  lateDays: 'observation.late-days',
  videoCounts: 'observation.video-counts',
  minSentences: 'observation.min-sentences',
} as const satisfies Record<keyof ObservationSettings, string>;

/** A double period is two lessons; both ends are inside. */
export const lessonsOf = (slotFrom: number, slotTo: number): number => slotTo - slotFrom + 1;

/** `第2节`, `第2—3节`. */
export const slotsLabel = (slotFrom: number | null, slotTo: number | null): string => {
  if (slotFrom === null) return '';
  return slotTo === null || slotTo === slotFrom ? `第${slotFrom}节` : `第${slotFrom}—${slotTo}节`;
};

export const stageOfGrade = (grade: number): Stage => (grade <= 6 ? 'primary' : 'junior');

/** Four letters, characters or digits are the least that says something. */
export const isSentence = (text: string): boolean => (text.match(/[\p{L}\p{N}]/gu) ?? []).length >= 4;

export const countSentences = (content: {
  readonly strengths: string;
  readonly toImprove: string;
  readonly suggestion: string;
}): number => [content.strengths, content.toImprove, content.suggestion].filter(isSentence).length;

type ContentField = keyof ObservationContent;
export interface Problem {
  readonly field: ContentField;
  readonly message: string;
}

/** What the content alone cannot say, known to server and page alike. */
export interface FinaliseFacts {
  readonly observerId: string;
  readonly observerName: string;
  readonly today: Day;
  readonly isTeachingDay: boolean;
  readonly minSentences: number;
}

const requiredFields: readonly (readonly [ContentField, string])[] = [
  ['schoolId', '请选择学校'],
  ['slotFrom', '请选择节次'],
  ['slotTo', '请选择结束节次'],
  ['classLabel', '请选择或填写班级'],
  ['grade', '请选择年级'],
  ['subject', '请选择学科'],
  ['teacherName', '请选择或填写授课教师'],
  ['topic', '请填写课题'],
  ['lessonType', '请选择课型'],
];

const isBlank = (value: unknown): boolean =>
  value === null || (typeof value === 'string' && value.trim() === '');

/** Lessons one teaches oneself never count, however the name was entered. */
const observesOneself = (
  content: Pick<ObservationContent, 'teacherId' | 'teacherName'>,
  facts: Pick<FinaliseFacts, 'observerId' | 'observerName'>,
): boolean =>
  content.teacherId === facts.observerId ||
  (content.teacherId === null && content.teacherName.trim() === facts.observerName);

/** Everything that keeps a record from being finalised; empty when it may be. */
export const problemsOf = (content: ObservationContent, facts: FinaliseFacts): Problem[] => {
  const problems: Problem[] = requiredFields
    .filter(([field]) => isBlank(content[field]))
    .map(([field, message]) => ({ field, message }));
  if (content.dayOn > facts.today)
    problems.push({
      field: 'dayOn',
      message: `听课日期不能晚于今天（${chineseDate(facts.today)}），请核对日期和手机的时钟`,
    });
  if (observesOneself(content, facts))
    problems.push({
      field: 'teacherName',
      message:
        content.teacherId === null
          ? '授课教师与您同名：自己上的课不计入听课；若是同名的另一位老师，请从名单中选择'
          : '授课教师是您本人：自己上的课不计入听课，请核对授课教师',
    });
  if (!facts.isTeachingDay && isBlank(content.offDayReason))
    problems.push({ field: 'offDayReason', message: '这一天按校历不上课，请写明听课的原因' });
  const unstepped = content.criteria.find(({ step, evidence }) => step === null && evidence.trim() !== '');
  if (unstepped !== undefined)
    problems.push({
      field: 'criteria',
      message: `第 ${unstepped.code.slice(1)} 条写了依据，请再选一档`,
    });
  if (countSentences(content) < facts.minSentences)
    problems.push({
      field: 'strengths',
      message: `优点、不足、建议三项中，至少 ${facts.minSentences} 项各写一句话`,
    });
  return problems;
};

/** `enteredOn` is the day the record was first finalised. */
export const isLate = (dayOn: Day, enteredOn: Day, lateDays: number): boolean =>
  daysBetween(dayOn, enteredOn) > lateDays;

export interface CountableRecord {
  readonly state: State;
  readonly withdrawn: boolean;
  readonly mode: Mode;
  readonly slotFrom: number;
  readonly slotTo: number;
}

/** Lessons a record adds to its observer's count: 0 for drafts, withdrawn records and videos not allowed. */
export const countsTowards = (
  record: CountableRecord,
  settings: Pick<ObservationSettings, 'videoCounts'>,
): number =>
  record.state === 'draft' || record.withdrawn || (record.mode === 'video' && !settings.videoCounts)
    ? 0
    : lessonsOf(record.slotFrom, record.slotTo);

export interface HeldPost {
  readonly post: string;
  readonly bodyKind: string | null;
  readonly schoolId: string | null;
}

const schoolCapacities: readonly Capacity[] = ['principal', 'vice-principal', 'dean', 'subject-lead'];

/**
 * The capacities a person's posts give, each with the school it is held at, weightiest first.
 * Everybody may observe as a fellow teacher.
 */
export const capacitiesFrom = (
  posts: readonly HeldPost[],
  homeSchoolId: string | null,
): { capacity: Capacity; schoolId: string | null }[] => [
  ...schoolCapacities.flatMap((capacity) =>
    posts
      .filter(({ post, schoolId }) => post === capacity && schoolId !== null)
      .map(({ schoolId }) => ({ capacity, schoolId })),
  ),
  ...(['head', 'deputy'] as const)
    .filter((capacity) =>
      posts.some(({ post, bodyKind }) => post === capacity && bodyKind === 'leading-group'),
    )
    .map((capacity) => ({ capacity, schoolId: null })),
  ...(posts.some(
    ({ post, bodyKind }) => bodyKind === 'research-office' || (bodyKind === 'core-group' && post === 'lead'),
  )
    ? [{ capacity: 'research-officer' as const, schoolId: null }]
    : []),
  { capacity: 'teacher', schoolId: homeSchoolId },
];

/** Drops criteria that were never looked at and orders the rest, so that equal contents compare equal. */
export const tidyCriteria = (criteria: readonly CriterionEntry[]): CriterionEntry[] =>
  criteria
    .filter(({ step, evidence }) => step !== null || evidence.trim() !== '')
    .toSorted((a, b) => Number(a.code.slice(1)) - Number(b.code.slice(1)));

export const sameContent = (a: ObservationContent, b: ObservationContent): boolean =>
  comparable(a) === comparable(b);

const comparable = (content: ObservationContent): string =>
  JSON.stringify(
    {
      ...content,
      criteria: tidyCriteria(content.criteria).map(({ code, step, evidence }) => [code, step, evidence]),
    },
    Object.keys(content).toSorted(),
  );

/** A subject in one stage, or in both (null). */
interface SubjectReach {
  readonly subject: Subject;
  readonly stage: Stage | null;
}

export interface ReadingReach {
  readonly ledSchoolIds: readonly string[];
  readonly headedSubjects: readonly (SubjectReach & { readonly schoolId: string })[];
  readonly researchedSubjects: readonly SubjectReach[];
}

/**
 * Whose finalised records one's posts open: principal, vice-principal, dean and subject head of the school,
 * researcher of the subject. Leading a district body gives nothing here: leaders read counts and profiles.
 */
export const readingReach = (actor: Actor): ReadingReach => ({
  ledSchoolIds: schoolsLedBy(actor),
  headedSubjects: actor.appointments.flatMap(({ post, schoolId, subject, stage }) =>
    post === 'subject-lead' && schoolId !== null && subject !== null ? [{ schoolId, subject, stage }] : [],
  ),
  researchedSubjects: actor.appointments.flatMap(({ post, bodyKind, subject, stage }) =>
    subject !== null && ((bodyKind === 'core-group' && post === 'lead') || bodyKind === 'research-office')
      ? [{ subject, stage }]
      : [],
  ),
});
