export const refusalKinds = ['not-found', 'forbidden', 'conflict', 'invalid'] as const;
export type RefusalKind = (typeof refusalKinds)[number];

/** The HTTP status each kind of refusal answers with. */
export const refusalStatus: Readonly<Record<RefusalKind, number>> = {
  'not-found': 404,
  forbidden: 403,
  conflict: 409,
  invalid: 422,
};

/**
 * A "no" that a person is meant to read: one Chinese sentence saying what to do.
 * Whatever lies outside one's scope is `not-found`. Anything else that is thrown is a bug.
 */
export class Refusal extends Error {
  readonly kind: RefusalKind;
  /** Plain data the page may need to help further, e.g. the newer version of a record. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(kind: RefusalKind, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'Refusal';
    this.kind = kind;
    this.details = details;
  }
}

export const notFound = (message = '没有找到，可能已被移除，或不在您的工作范围内。'): Refusal =>
  new Refusal('not-found', message);
export const forbidden = (message: string): Refusal => new Refusal('forbidden', message);
export const conflict = (message: string, details?: Record<string, unknown>): Refusal =>
  new Refusal('conflict', message, details);
export const invalid = (message: string, details?: Record<string, unknown>): Refusal =>
  new Refusal('invalid', message, details);
