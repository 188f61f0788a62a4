import { createHash } from 'node:crypto';
import type { Origin } from '#platform/audit/audit.ts';
import type { Database, Queryable } from '#platform/database/database.ts';
import { chinaDay, type Day } from '#platform/dates.ts';
import { conflict, forbidden, invalid } from '#platform/refusal.ts';

/** Who a session belongs to, as the accounts module found it. */
export interface Caller<Actor> {
  readonly actor: Actor;
  readonly origin: Origin & { readonly accountId: string };
  /** Signed in with a one-time password: may change it, look at "who am I" and sign out, nothing else. */
  readonly mustChangePassword: boolean;
  readonly sessionId: string;
}

export interface RequestContext<Actor> {
  readonly db: Database;
  readonly caller: Caller<Actor> | null;
  readonly request: RequestFacts;
}

export interface RequestFacts {
  /** `module.endpoint`. */
  readonly endpoint: string;
  readonly address: string;
  readonly device: string;
  readonly idempotencyKey: string | undefined;
  readonly now: Date;
  /** Puts the session's token into the cookie, or removes it. */
  setSessionToken(token: string | null, expiresAt?: Date): void;
}

export interface ActionContext<Actor> {
  /** For a write: the transaction that holds the change, its audit row and its idempotency mark. */
  readonly db: Queryable;
  readonly actor: Actor;
  readonly origin: Origin & { readonly accountId: string };
  readonly sessionId: string;
  readonly mustChangePassword: boolean;
  readonly request: RequestFacts;
  readonly now: Date;
  /** Today in China. */
  readonly today: Day;
}

/**
 * `signed-in`: any account with a settled password. `first-password`: also one that must still change it.
 * A function decides from the person's appointments and duties; what depends on a row is decided in the action.
 */
export type Permission<Actor> = 'signed-in' | 'first-password' | ((actor: Actor) => boolean);

export class NotSignedIn extends Error {
  override readonly name = 'NotSignedIn';
}

/** Throws unless the caller may use an endpoint guarded by `permission`. */
export const admit = <Actor>(caller: Caller<Actor> | null, permission: Permission<Actor>): Caller<Actor> => {
  if (caller === null) throw new NotSignedIn('登录已过期，请重新登录；您填写的内容仍保留在本页。');
  if (caller.mustChangePassword && permission !== 'first-password')
    throw forbidden('您用的是一次性密码，请先设置自己的密码。');
  if (typeof permission === 'function' && !permission(caller.actor))
    throw forbidden('您的任职不包含这项工作。如需办理，请联系教研室的系统管理员。');
  return caller;
};

const actionContext = <Actor>(
  caller: Caller<Actor>,
  request: RequestFacts,
  db: Queryable,
): ActionContext<Actor> => ({
  db,
  actor: caller.actor,
  origin: caller.origin,
  sessionId: caller.sessionId,
  mustChangePassword: caller.mustChangePassword,
  request,
  now: request.now,
  today: chinaDay(request.now),
});

interface Call<Actor, Input> {
  readonly input: Input;
  readonly context: RequestContext<Actor>;
}

const guards = new WeakMap<object, (caller: unknown) => void>();

/** Remembers who may call a handler, so that the server can ask before it looks at the input. */
const guarded = <Actor, Handler extends object>(
  handler: Handler,
  permission: Permission<Actor> | 'open',
): Handler => {
  guards.set(handler, (caller) => {
    if (permission !== 'open') admit(caller as Caller<Actor> | null, permission);
  });
  return handler;
};

/** Throws unless the caller may use the handler; one that was made without `read`, `write`, `preparedWrite` or `open` serves nobody. */
export const admitTo = (handler: object, caller: unknown): void => {
  const guard = guards.get(handler);
  if (guard === undefined) throw new Error('an endpoint without read(), write(), preparedWrite() or open()');
  guard(caller);
};

/** An endpoint that changes nothing. */
export const read = <Actor, Input, Output>(
  permission: Permission<Actor>,
  action: (context: ActionContext<Actor>, input: Input) => Promise<Output>,
) =>
  guarded(async ({ input, context }: Call<Actor, Input>): Promise<Output> => {
    const caller = admit(context.caller, permission);
    return action(actionContext(caller, context.request, context.db), input);
  }, permission);

const keyPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Throws for a write without one. */
export const readIdempotencyKey = ({ idempotencyKey: key }: RequestFacts): string => {
  if (key !== undefined && keyPattern.test(key)) return key;
  throw invalid('请求缺少 Idempotency-Key，请刷新页面后重试。');
};

const inputHashOf = (endpoint: string, input: unknown): string =>
  createHash('sha256')
    .update(`${endpoint}\n${JSON.stringify(input)}`)
    .digest('hex');

/**
 * An endpoint that changes something: one transaction, and the same Idempotency-Key acts once.
 * `answer: 'secret'` keeps no copy of the answer (one-time passwords); a repeat is then a conflict.
 */
export const write = <Actor, Input, Output>(
  permission: Permission<Actor>,
  action: (context: ActionContext<Actor>, input: Input) => Promise<Output>,
  options: { answer?: 'kept' | 'secret' } = {},
) =>
  guarded(async ({ input, context }: Call<Actor, Input>): Promise<Output> => {
    const caller = admit(context.caller, permission);
    const { accountId } = caller.origin;
    const { endpoint } = context.request;
    const key = readIdempotencyKey(context.request);
    const inputHash = inputHashOf(endpoint, input);
    return context.db.transaction().execute(async (transaction) => {
      const first = await transaction
        .insertInto('platform.answeredRequest')
        .values({ accountId, key, endpoint, inputHash })
        .onConflict((target) => target.columns(['accountId', 'key']).doNothing())
        .returning('key')
        .executeTakeFirst();
      if (first === undefined) return repeatedAnswer<Output>(transaction, accountId, key, inputHash);
      const output = await action(actionContext(caller, context.request, transaction), input);
      if (options.answer !== 'secret')
        await transaction
          .updateTable('platform.answeredRequest')
          .set({ answer: JSON.stringify(output ?? null) })
          .where('accountId', '=', accountId)
          .where('key', '=', key)
          .execute();
      return output;
    });
  }, permission);

/** What is known before the transaction of a write is opened. */
export interface BeforeWriteContext<Actor> extends ActionContext<Actor> {
  /** Not a transaction: what is written through it stays, whatever becomes of the action. */
  readonly db: Database;
}

/**
 * As `write`, for what takes long: `prepare` gives what is done in the transaction, so that no connection and no lock is
 * held while files are unpacked or written to the disk. What was answered before is not prepared again.
 */
export const preparedWrite = <Actor, Input, Output>(
  permission: Permission<Actor>,
  prepare: (
    context: BeforeWriteContext<Actor>,
    input: Input,
  ) => Promise<(context: ActionContext<Actor>) => Promise<Output>>,
) =>
  guarded(async ({ input, context }: Call<Actor, Input>): Promise<Output> => {
    const { db, request } = context;
    const caller = admit(context.caller, permission);
    const { accountId } = caller.origin;
    const key = readIdempotencyKey(request);
    const earlier = await db
      .selectFrom('platform.answeredRequest')
      .select('key')
      .where('accountId', '=', accountId)
      .where('key', '=', key)
      .executeTakeFirst();
    if (earlier !== undefined)
      return repeatedAnswer<Output>(db, accountId, key, inputHashOf(request.endpoint, input));
    const action = await prepare({ ...actionContext(caller, request, db), db }, input);
    return write(permission, action)({ input, context });
  }, permission);

const repeatedAnswer = async <Output>(
  db: Queryable,
  accountId: string,
  key: string,
  inputHash: string,
): Promise<Output> => {
  const earlier = await db
    .selectFrom('platform.answeredRequest')
    .select(['inputHash', 'answer'])
    .where('accountId', '=', accountId)
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  if (earlier.inputHash !== inputHash) throw conflict('同一个请求编号用在了不同的内容上，请刷新页面后重试。');
  if (earlier.answer === null) throw conflict('这项操作已经完成，结果只显示一次。请刷新页面查看。');
  return earlier.answer as Output;
};

/** An endpoint for people without a session (sign-in). No transaction: failed attempts must stay counted. */
export const open = <Actor, Input, Output>(
  action: (context: { db: Database; request: RequestFacts }, input: Input) => Promise<Output>,
) =>
  guarded(
    async ({ input, context }: Call<Actor, Input>): Promise<Output> =>
      action({ db: context.db, request: context.request }, input),
    'open',
  );

/** Forgets answers that no phone will ask for again; the records themselves stay. Safe to run twice at once. */
export const sweepAnsweredRequests = async (db: Database, before: Date): Promise<void> => {
  await db.deleteFrom('platform.answeredRequest').where('at', '<', before.toISOString()).execute();
};
