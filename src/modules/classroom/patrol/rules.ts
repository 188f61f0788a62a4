import { chinaDay, type Day, daysBetween } from '#platform/dates.ts';
import type { StopFinding, StopMark } from './contract.ts';
import {
  type FindingKind,
  findingLabels,
  type HalfDay,
  halfDayLabels,
  harmlessKinds,
  seriousKinds,
} from './vocabulary/contract.ts';

type Ordered = Pick<StopMark, 'classId' | 'sequence' | 'id'>;

/** A total order, so that of two marks for one class the same one stands wherever and whenever they meet. */
const isNewer = (one: Ordered, other: Ordered): boolean =>
  one.sequence === other.sequence ? one.id > other.id : one.sequence > other.sequence;

/** The newest mark for each class, by class; merging is commutative, associative and idempotent. */
export const mergeStops = <Mark extends Ordered>(one: readonly Mark[], other: readonly Mark[]): Mark[] => {
  const newest = new Map<string, Mark>();
  for (const mark of [...one, ...other]) {
    const known = newest.get(mark.classId);
    if (known === undefined || isNewer(mark, known)) newest.set(mark.classId, mark);
  }
  return [...newest.values()].sort((a, b) => (a.classId < b.classId ? -1 : 1));
};

/** A patrol-wide count, so that every mark is newer than what its maker had seen. */
export const nextSequence = (marks: readonly Pick<StopMark, 'sequence'>[]): number =>
  Math.max(0, ...marks.map(({ sequence }) => sequence)) + 1;

interface Content {
  readonly result: StopMark['result'];
  readonly findings: readonly StopFinding[];
  readonly note: string;
}

/** Something to put right: a finding that is not harmless, or a sentence without a finding. */
export const isProblem = ({ result, findings, note }: Content): boolean =>
  result === 'noted' &&
  (findings.some(({ kind }) => !harmlessKinds.includes(kind)) ||
    (findings.length === 0 && note.trim() !== ''));

export const isSerious = ({ result, findings }: Omit<Content, 'note'>): boolean =>
  result === 'noted' && findings.some(({ kind }) => seriousKinds.includes(kind));

/** `睡觉 3 人`. */
export const findingText = ({ kind, count }: StopFinding): string =>
  count === null ? findingLabels[kind] : `${findingLabels[kind]} ${count} 人`;

interface Summed {
  readonly rooms: number;
  readonly inOrder: number;
  readonly noted: number;
  readonly kinds: readonly { readonly kind: FindingKind; readonly stops: number }[];
}

/** What the stops of one walk come to, kinds in the order of the vocabulary. */
export const sumStops = (stops: readonly Content[]): Summed => {
  const seen = stops.filter(({ result }) => result !== 'unseen');
  const found = seen.flatMap(({ findings }) => findings.map(({ kind }) => kind));
  const kinds = Object.keys(findingLabels).flatMap((label) => {
    const stopsWith = found.filter((kind) => kind === label);
    const [kind] = stopsWith;
    return kind === undefined ? [] : [{ kind, stops: stopsWith.length }];
  });
  const noted = seen.filter(({ result }) => result === 'noted').length;
  return { rooms: seen.length, inOrder: seen.length - noted, noted, kinds };
};

/** The proposed last line of a patrol: `巡课 12 间，正常 11 间；迟到 1。` */
export const summaryLine = (stops: readonly Content[]): string => {
  const { rooms, inOrder, kinds } = sumStops(stops);
  const found = kinds.map(({ kind, stops: count }) => `${findingLabels[kind]} ${count}`).join('，');
  return `巡课 ${rooms} 间，正常 ${inOrder} 间${found === '' ? '' : `；${found}`}。`;
};

/** Closer than this, two clocks agree. */
export const clockTolerance = 5 * 60;

/** Seconds to add to the phone's times to get the server's; 0 while the clocks agree. */
export const clockOffSeconds = (sentAt: string, receivedAt: string): number => {
  const off = Math.round((Date.parse(receivedAt) - Date.parse(sentAt)) / 1000);
  return Math.abs(off) <= clockTolerance ? 0 : off;
};

/** An instant of the phone by the server's clock. */
export const byServersClock = (at: string, offSeconds: number): Date =>
  new Date(Date.parse(at) + offSeconds * 1000);

/**
 * The day of a patrol. A day the patroller took from the phone's own clock is read by the server's clock,
 * however wrong the phone; any other day was chosen, and stays.
 */
export const dayOfPatrol = (call: {
  readonly dayOn: Day;
  readonly startedAt: string;
  readonly sentAt: string;
  readonly receivedAt: string;
}): Day => {
  const { dayOn, startedAt, sentAt, receivedAt } = call;
  if (chinaDay(new Date(startedAt)) !== dayOn) return dayOn;
  const began = byServersClock(startedAt, clockOffSeconds(sentAt, receivedAt));
  const received = new Date(receivedAt);
  return chinaDay(began > received ? received : began);
};

/** Days after which a patrol is no longer taken; long enough for a phone that lay in a drawer. */
export const oldestDays = 30;

/** Why a patrol of this day is not taken; null when it is. */
export const dayProblem = (
  dayOn: Day,
  facts: { readonly today: Day; readonly isTeachingDay: boolean; readonly offDayReason: string },
): string | null => {
  if (dayOn > facts.today) return '巡课日期不能晚于今天，请核对日期。';
  if (daysBetween(dayOn, facts.today) > oldestDays)
    return `只能补送 ${oldestDays} 天以内的巡课；更早的请按学校的纸质记录留存。`;
  if (!facts.isTeachingDay && facts.offDayReason.trim() === '')
    return '这一天按校历不上课，请写明巡课的原因。';
  return null;
};

/** Sent when the day was over. */
export const isSentLater = (dayOn: Day, receivedAt: string): boolean =>
  chinaDay(new Date(receivedAt)) > dayOn;

interface Bell {
  readonly slot: number;
  readonly startsAt: string;
}

/** Before or after noon by the bell; without a bell table the fifth lesson begins the afternoon. */
export const halfDayOf = (bells: readonly Bell[], slot: number): HalfDay => {
  const bell = bells.find((one) => one.slot === slot);
  const isMorning = bell === undefined ? slot <= 4 : bell.startsAt < '12:00';
  return isMorning ? 'morning' : 'afternoon';
};

/** `上午第2节`. */
export const slotLabel = (halfDay: HalfDay, slot: number): string => `${halfDayLabels[halfDay]}第${slot}节`;

/** `0012` */
export const receiptLabel = (receiptNumber: number): string => String(receiptNumber).padStart(4, '0');
