import { grades, subjectLabels, subjects } from '#modules/organisation/vocabulary/contract.ts';
import { chineseDate, isDay } from '#platform/dates.ts';
import { isRecord } from '#platform/is-record.ts';
import type { CriterionEntry, ObservationContent } from '../contract.ts';
import { slotsLabel } from '../rules.ts';
import { capacities, lessonTypes, modes, mostSlots, occasions, steps } from '../vocabulary/contract.ts';

// What a device kept is looked at without the schemas, which would weigh on every first screen.

const isOneOf = (list: readonly unknown[], value: unknown): boolean => list.some((one) => one === value);
const isTextOrNull = (value: unknown): boolean => value === null || typeof value === 'string';
const isNumberOrNull = (value: unknown): boolean => value === null || typeof value === 'number';

const isCriterion = (value: unknown): value is CriterionEntry =>
  isRecord(value) &&
  typeof value['code'] === 'string' &&
  typeof value['evidence'] === 'string' &&
  (value['step'] === null || isOneOf(steps, value['step']));

const texts = [
  'dayOn',
  'classLabel',
  'teacherName',
  'topic',
  'offDayReason',
  'strengths',
  'toImprove',
  'suggestion',
] as const;

export const isContent = (value: unknown): value is ObservationContent =>
  isRecord(value) &&
  texts.every((key) => typeof value[key] === 'string') &&
  ['schoolId', 'classId', 'teacherId'].every((key) => isTextOrNull(value[key])) &&
  ['slotFrom', 'slotTo'].every((key) => isNumberOrNull(value[key])) &&
  (value['grade'] === null || isOneOf(grades, value['grade'])) &&
  (value['subject'] === null || isOneOf(subjects, value['subject'])) &&
  (value['lessonType'] === null || isOneOf(lessonTypes, value['lessonType'])) &&
  isOneOf(capacities, value['capacity']) &&
  isOneOf(occasions, value['occasion']) &&
  isOneOf(modes, value['mode']) &&
  typeof value['announced'] === 'boolean' &&
  Array.isArray(value['criteria']) &&
  value['criteria'].every(isCriterion);

/** Where the next lesson of a morning begins: the same school and day, one slot on; null after the last slot. */
export const nextLesson = (
  content: Pick<ObservationContent, 'dayOn' | 'slotTo' | 'schoolId' | 'capacity'>,
): NextLesson | null =>
  content.slotTo === null || content.slotTo >= mostSlots
    ? null
    : {
        dayOn: content.dayOn,
        slotFrom: content.slotTo + 1,
        slotTo: content.slotTo + 1,
        schoolId: content.schoolId,
        capacity: content.capacity,
      };

type NextLesson = Pick<ObservationContent, 'dayOn' | 'slotFrom' | 'slotTo' | 'schoolId' | 'capacity'>;

/** What the address of a following record brings along; nothing when it is none. */
export const broughtNext = (value: unknown): Partial<NextLesson> => {
  if (!isRecord(value)) return {};
  const { dayOn, slotFrom, schoolId } = value;
  const capacity = capacities.find((one) => one === value['capacity']);
  const isSlot =
    typeof slotFrom === 'number' && Number.isInteger(slotFrom) && slotFrom >= 1 && slotFrom <= mostSlots;
  if (typeof dayOn !== 'string' || !isDay(dayOn) || !isSlot || capacity === undefined) return {};
  return {
    dayOn,
    slotFrom,
    slotTo: slotFrom,
    schoolId: typeof schoolId === 'string' ? schoolId : null,
    capacity,
  };
};

/** One lesson in a line, as far as it is known. */
export const lessonText = (
  content: Pick<
    ObservationContent,
    'dayOn' | 'slotFrom' | 'slotTo' | 'classLabel' | 'subject' | 'teacherName' | 'topic'
  >,
): string =>
  [
    chineseDate(content.dayOn),
    slotsLabel(content.slotFrom, content.slotTo),
    content.classLabel,
    content.subject === null ? '' : subjectLabels[content.subject],
    content.teacherName,
    content.topic === '' ? '' : `《${content.topic}》`,
  ]
    .filter((part) => part !== '')
    .join(' ');
