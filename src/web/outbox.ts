/**
 * A record on its way from this device to the server, as plain values: what is kept, what is sent, what an answer
 * changes. An attempt is kept before it leaves, and goes again, the same under the same key, until an answer comes;
 * so a lost answer neither loses nor doubles anything.
 */
export interface Parcel<Body> {
  /** The server's version `body` builds on; 0 before the server knows the record. */
  readonly version: number;
  readonly body: Body;
  /** Changed since the server last acknowledged it. */
  readonly dirty: boolean;
  /** The person has finished the record; that goes after the last save. */
  readonly finish: boolean;
  readonly attempt: Attempt<Body> | null;
  /** Waits for the person; nothing is sent meanwhile. */
  readonly held: Held<Body> | null;
}

export interface Attempt<Body> {
  /** Its Idempotency-Key. */
  readonly key: string;
  readonly step: 'save' | 'finish';
  readonly version: number;
  readonly body: Body;
}

export interface Newer<Body> {
  readonly version: number;
  readonly state: string;
  readonly savedAt: string;
  readonly body: Body;
}

export type Held<Body> =
  | {
      readonly kind: 'refused';
      readonly sentence: string;
      /** The record that stands in the way. */
      readonly otherId?: string;
    }
  | { readonly kind: 'conflict'; readonly newer: Newer<Body> };

export const begun = <Body>(version: number, body: Body): Parcel<Body> => ({
  version,
  body,
  dirty: false,
  finish: false,
  attempt: null,
  held: null,
});

const released = <Body>(held: Held<Body> | null): Held<Body> | null =>
  held?.kind === 'conflict' ? held : null;

/** A save goes again until it is answered; finishing does not once the person has taken it back. */
const unfinished = <Body>(parcel: Parcel<Body>): Parcel<Body> => ({
  ...parcel,
  finish: false,
  attempt: parcel.attempt?.step === 'finish' ? null : parcel.attempt,
});

/** What is still being written is not finished. */
export const edited = <Body>(parcel: Parcel<Body>, body: Body): Parcel<Body> => ({
  ...unfinished(parcel),
  body,
  dirty: true,
  held: released(parcel.held),
});

export const finished = <Body>(parcel: Parcel<Body>): Parcel<Body> => ({
  ...parcel,
  finish: true,
  held: released(parcel.held),
});

/** Without a difference to the server the parcel is then delivered. */
export const reopened = <Body>(parcel: Parcel<Body>): Parcel<Body> => ({
  ...unfinished(parcel),
  held: released(parcel.held),
});

/** Tried again by the person's wish. */
export const retried = <Body>(parcel: Parcel<Body>): Parcel<Body> => ({
  ...parcel,
  held: released(parcel.held),
});

/** Ends a conflict in favour of what stands here: it then builds on the newer version. */
export const overridden = <Body>(parcel: Parcel<Body>, version: number): Parcel<Body> => ({
  ...parcel,
  version,
  dirty: true,
  finish: false,
  held: null,
});

export const isDelivered = ({ dirty, finish, attempt, held }: Parcel<unknown>): boolean =>
  !dirty && !finish && attempt === null && held === null;

/** The parcel with the attempt to send now; null when there is nothing to send. `key` is for a new attempt. */
export const withAttempt = <Body>(
  parcel: Parcel<Body>,
  key: string,
): (Parcel<Body> & { readonly attempt: Attempt<Body> }) | null => {
  const { version, body, attempt } = parcel;
  if (parcel.held !== null) return null;
  if (attempt !== null) return { ...parcel, attempt };
  if (!parcel.dirty && !parcel.finish) return null;
  return { ...parcel, attempt: { key, step: parcel.dirty ? 'save' : 'finish', version, body } };
};

export const acknowledged = <Body>(
  parcel: Parcel<Body>,
  key: string,
  version: number,
  same: (one: Body, other: Body) => boolean,
): Parcel<Body> => {
  const { attempt } = parcel;
  if (attempt?.key !== key) return parcel;
  return {
    ...parcel,
    version,
    attempt: null,
    dirty: parcel.dirty && !same(parcel.body, attempt.body),
    finish: parcel.finish && attempt.step !== 'finish',
  };
};

/** A refusal of what has been changed meanwhile says nothing about what stands now; a conflict always does. */
export const refused = <Body>(
  parcel: Parcel<Body>,
  key: string,
  held: Held<Body>,
  same: (one: Body, other: Body) => boolean,
): Parcel<Body> => {
  const { attempt } = parcel;
  if (attempt?.key !== key) return parcel;
  const isOld = held.kind === 'refused' && !same(parcel.body, attempt.body);
  return { ...parcel, attempt: null, held: isOld ? null : held };
};
