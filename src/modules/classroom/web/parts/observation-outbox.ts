import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { isRecord } from '#platform/is-record.ts';
import type { Held, Newer, Parcel } from '#web/outbox.ts';
import { createOutbox, type OutboxState } from '#web/outbox-runner.ts';
import type { Me } from '#web/session.tsx';
import { isContent } from '../../content/rules.ts';
import type { ObservationContent, RubricCriterion } from '../../contract.ts';
import { sameContent } from '../../rules.ts';
import { classroom } from './api.ts';
import { settleLens } from './lens-pending.ts';

/** The edition a record is written with; it goes along, so that a later one changes nothing. */
export interface Edition {
  readonly id: string;
  readonly criteria: readonly RubricCriterion[];
}
export interface ObservationBody {
  readonly content: ObservationContent;
  readonly edition: Edition | null;
}
export type ObservationParcel = Parcel<ObservationBody>;

const isEdition = (value: unknown): value is Edition =>
  isRecord(value) && typeof value['id'] === 'string' && Array.isArray(value['criteria']);

const bodyOf = (value: unknown): ObservationBody | null =>
  isRecord(value) && isContent(value['content'])
    ? { content: value['content'], edition: isEdition(value['edition']) ? value['edition'] : null }
    : null;

const newerOf = (value: unknown, edition: Edition | null): Newer<ObservationBody> | null => {
  if (!isRecord(value)) return null;
  const { version, state, savedAt, content } = value;
  return typeof version === 'number' &&
    typeof state === 'string' &&
    typeof savedAt === 'string' &&
    isContent(content)
    ? { version, state, savedAt, body: { content, edition } }
    : null;
};

const heldOf = (value: unknown, edition: Edition | null): Held<ObservationBody> | null => {
  if (!isRecord(value)) return null;
  if (value['kind'] === 'refused' && typeof value['sentence'] === 'string')
    return {
      kind: 'refused',
      sentence: value['sentence'],
      ...(typeof value['otherId'] === 'string' ? { otherId: value['otherId'] } : {}),
    };
  const { newer } = value;
  const read =
    isRecord(newer) && isRecord(newer['body'])
      ? newerOf({ ...newer, content: newer['body']['content'] }, edition)
      : null;
  return read === null ? null : { kind: 'conflict', newer: read };
};

const attemptOf = (value: unknown): ObservationParcel['attempt'] => {
  if (!isRecord(value)) return null;
  const { key, step, version } = value;
  const body = bodyOf(value['body']);
  return typeof key === 'string' &&
    (step === 'save' || step === 'finish') &&
    typeof version === 'number' &&
    body !== null
    ? { key, step, version, body }
    : null;
};

/** What this device kept, also as earlier versions of the program kept it (version and content alone). */
const parcelOf = (stored: unknown): ObservationParcel | null => {
  if (!isRecord(stored) || typeof stored['version'] !== 'number') return null;
  const { version } = stored;
  const body = bodyOf(stored['body']);
  if (body !== null)
    return {
      version,
      body,
      dirty: stored['dirty'] === true,
      finish: stored['finish'] === true,
      attempt: attemptOf(stored['attempt']),
      held: heldOf(stored['held'], body.edition),
    };
  const early = bodyOf(stored);
  return early === null
    ? null
    : { version, body: early, dirty: true, finish: false, attempt: null, held: null };
};

let observerId: string | undefined;

export const observationOutbox = createOutbox<ObservationBody>({
  name: 'observation',
  parse: parcelOf,
  same: (one, other) => sameContent(one.content, other.content),
  newerIn: (details, mine) => newerOf(details, mine.edition),
  send: async (id, { key, step, version, body }, signal) => {
    const input = {
      id,
      version,
      content: body.content,
      ...(observerId === undefined ? {} : { observerId }),
      ...(body.edition === null ? {} : { rubricId: body.edition.id }),
    };
    const options = { context: { idempotencyKey: key }, signal };
    if (step === 'finish') await settleLens(id);
    const saved = await (step === 'finish'
      ? classroom.client.finaliseObservation(input, options)
      : classroom.client.saveDraft(input, options));
    return {
      version: saved.version,
      at: saved.savedAt,
      receipt: saved.receipt,
      isFinished: saved.state !== 'draft',
    };
  },
});

/** From here on what is kept on this device for the person is sent, on whichever page. */
export const openObservations = (me: Pick<Me, 'accountId' | 'personId'>): void => {
  observerId = me.personId ?? undefined;
  observationOutbox.open(me.accountId);
};

export const useObservationOutbox = (): OutboxState<ObservationBody> =>
  useSyncExternalStore(observationOutbox.subscribe, observationOutbox.state);

/** Lists and figures are asked for again once something that had waited has arrived. */
export const useFreshAfterDelivery = (): void => {
  const client = useQueryClient();
  const { answers } = useObservationOutbox();
  // Grows with every answer that changes what the server's lists show.
  const arrived = [...answers.values()]
    .filter(({ waited, isFinished }) => waited || isFinished)
    .reduce((sum, { version }) => sum + version, 0);
  useEffect(() => {
    if (arrived > 0) void client.invalidateQueries();
  }, [arrived, client]);
};
