import { isRecord } from '#platform/is-record.ts';
import { slotAt } from '../../timetable/rules.ts';
import type { Finish, PatrolDetail, PatrolStart, StopMark } from '../contract.ts';
import { mergeStops, nextSequence, slotLabel } from '../rules.ts';
import type { KeptPatrol } from './contract.ts';

type Content = Omit<StopMark, 'id' | 'classId' | 'sequence' | 'at'>;

const texts = ['id', 'schoolId', 'schoolName', 'dayOn', 'slotText', 'offDayReason', 'startedAt'];
const isTextOrNull = (value: unknown): boolean => value === null || typeof value === 'string';
const isMark = (value: unknown): boolean =>
  isRecord(value) &&
  ['id', 'classId', 'at', 'result', 'note'].every((key) => typeof value[key] === 'string') &&
  typeof value['sequence'] === 'number' &&
  Array.isArray(value['findings']);
const isTile = (value: unknown): boolean =>
  isRecord(value) && typeof value['classId'] === 'string' && typeof value['classLabel'] === 'string';

/** Whether what this device kept can be walked on; the server looks at what it is sent more closely. */
export const isKeptPatrol = (value: unknown): value is KeptPatrol =>
  isRecord(value) &&
  texts.every((key) => typeof value[key] === 'string') &&
  typeof value['slot'] === 'number' &&
  Array.isArray(value['tiles']) &&
  value['tiles'].every(isTile) &&
  Array.isArray(value['marks']) &&
  value['marks'].every(isMark) &&
  isTextOrNull(value['summary']) &&
  (value['finish'] === null || isRecord(value['finish'])) &&
  isRecord(value['sent']) &&
  Array.isArray(value['sent']['markIds']) &&
  typeof value['sent']['finish'] === 'boolean' &&
  (value['receipt'] === null || isRecord(value['receipt']));

/** Nothing said about a room: not looked at, or in order. */
export const blankContent = (result: 'unseen' | 'in-order'): Content => ({
  result,
  findings: [],
  note: '',
  handling: null,
  taughtSubject: null,
});

/** What a sheet comes to: with neither finding nor sentence the room is what it was before. */
export const contentOf = (entered: Omit<Content, 'result'>, before: 'unseen' | 'in-order'): Content =>
  entered.findings.length === 0 && entered.note.trim() === ''
    ? blankContent(before)
    : { ...entered, result: 'noted' };

/** A new mark, newer than all that is known here. */
export const withMark = (
  patrol: KeptPatrol,
  mark: Pick<StopMark, 'id' | 'classId' | 'at'> & Content,
): KeptPatrol => ({
  ...patrol,
  marks: mergeStops(patrol.marks, [{ ...mark, sequence: nextSequence(patrol.marks) }]),
});

/** Ends the walk; an end that stands is not replaced. */
export const withFinish = (patrol: KeptPatrol, { at, summary }: Omit<Finish, 'sequence'>): KeptPatrol => ({
  ...patrol,
  finish: patrol.finish ?? { at, summary, sequence: nextSequence(patrol.marks) },
});

/** Two copies of one patrol, e.g. of two windows: neither loses what the other has. */
export const mergeKept = (one: KeptPatrol, other: KeptPatrol): KeptPatrol => ({
  ...other,
  marks: mergeStops(one.marks, other.marks),
  finish: one.finish ?? other.finish,
  sent: {
    markIds: [...new Set([...one.sent.markIds, ...other.sent.markIds])],
    finish: one.sent.finish || other.sent.finish,
  },
  receipt: one.receipt ?? other.receipt,
});

export const unsentMarks = (patrol: KeptPatrol): StopMark[] =>
  patrol.marks.filter(({ id }) => !patrol.sent.markIds.includes(id));

/** Something here that the server does not have; a patrol without a mark is not sent at all. */
export const hasUnsent = (patrol: KeptPatrol): boolean =>
  unsentMarks(patrol).length > 0 || (patrol.finish !== null && !patrol.sent.finish);

/** The server has the whole walk: nothing needs to stay here. */
export const isDelivered = (patrol: KeptPatrol): boolean =>
  patrol.receipt !== null && patrol.finish !== null && !hasUnsent(patrol);

/** After the server's answer to what was sent. */
export const acknowledged = (
  patrol: KeptPatrol,
  sent: { readonly marks: readonly StopMark[]; readonly finish: boolean },
  receipt: NonNullable<KeptPatrol['receipt']>,
): KeptPatrol => ({
  ...patrol,
  sent: {
    markIds: [...new Set([...patrol.sent.markIds, ...sent.marks.map(({ id }) => id)])],
    finish: patrol.sent.finish || sent.finish,
  },
  receipt,
});

/** A patrol of the server, to be walked on from here. */
export const keptFrom = (detail: PatrolDetail): KeptPatrol => {
  const { id, schoolId, schoolName, dayOn, slot, offDayReason, startedAt, tiles, receivedAt } = detail;
  return {
    id,
    schoolId,
    schoolName,
    dayOn,
    slot,
    slotText: slotLabel(detail.halfDay, slot),
    offDayReason,
    startedAt,
    tiles,
    marks: detail.stops.map((stop) => ({
      id: stop.id,
      classId: stop.classId,
      sequence: stop.sequence,
      at: stop.at,
      result: stop.result,
      findings: stop.findings,
      note: stop.note,
      handling: stop.handling,
      taughtSubject: stop.taughtSubject,
    })),
    summary: null,
    finish: null,
    sent: { markIds: detail.stops.map((stop) => stop.id), finish: false },
    receipt: { number: detail.receiptNumber, at: receivedAt },
  };
};

interface Asked {
  readonly dayOn: string;
  readonly schoolId?: string | undefined;
  readonly slot?: number | undefined;
  /** `HH:MM` in China. */
  readonly clock: string;
}

/** Of what was taken along, the start for a day and slot, as the server proposes it; null where it was not. */
export const startFromAlong = (starts: readonly PatrolStart[], asked: Asked): PatrolStart | null => {
  const ofDay = starts.filter(
    ({ dayOn, school }) =>
      dayOn === asked.dayOn && (asked.schoolId === undefined || school?.id === asked.schoolId),
  );
  const slot = asked.slot ?? slotAt(ofDay[0]?.slots ?? [], asked.clock) ?? 1;
  return ofDay.find((one) => one.slot === slot) ?? null;
};
