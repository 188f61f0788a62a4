import { type Actor, dutyLabels } from '#modules/organisation/contract.ts';
import { findOwnSubject } from '#modules/organisation/people/store.ts';
import { appointmentLabel } from '#modules/organisation/rules.ts';
import { listActiveAppointments } from '#modules/organisation/store.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { Database } from '#platform/database/database.ts';
import { chinaDay } from '#platform/dates.ts';
import type { ActionContext, Caller } from '#platform/http/endpoint.ts';
import { notFound } from '#platform/refusal.ts';
import { secretTokenHash } from '#platform/secret-token.ts';
import type { MySession, WhoIAm } from './contract.ts';
import { needsTouch } from './rules.ts';
import { endSessions, findLiveSession, listHeldPosts, listLiveSessions, markSessionSeen } from './store.ts';

/** Who stands behind a cookie's token. Posts and duties are read anew at every request, also in open sessions. */
export const authenticate =
  (db: Database) =>
  async (
    token: string,
    request: { address: string; now: Date; background?: boolean },
  ): Promise<Caller<Actor> | null> => {
    const today = chinaDay(request.now);
    const session = await findLiveSession(db, secretTokenHash(token), request.now, today);
    if (session === undefined) return null;
    if (request.background !== true && needsTouch(session.lastSeenAt, request.now))
      await markSessionSeen(db, session.id, request.now);
    const { accountId, personId, displayName: name, duties } = session;
    const appointments = personId === null ? [] : await listActiveAppointments(db, personId, today);
    return {
      actor: { accountId, personId, name, appointments, duties },
      origin: { accountId, personId, name, address: request.address },
      mustChangePassword: session.mustChangePassword,
      sessionId: session.id,
    };
  };

export const whoAmI =
  (options: { demo: boolean }) =>
  async ({ db, actor, today, mustChangePassword }: ActionContext<Actor>): Promise<WhoIAm> => {
    const held = actor.personId === null ? [] : await listHeldPosts(db, actor.personId, today);
    const posts = held.map((post) => ({ ...post, label: appointmentLabel(post) }));
    return {
      ...actor,
      ownSubject: await findOwnSubject(db, actor),
      appointments: [...actor.appointments],
      duties: [...actor.duties],
      mustChangePassword,
      demo: options.demo,
      posts,
      postTexts: [...posts.map((post) => post.label), ...actor.duties.map((duty) => dutyLabels[duty])],
    };
  };

export const signOut = async ({
  db,
  actor,
  origin,
  sessionId,
  now,
  request,
}: ActionContext<Actor>): Promise<Record<string, never>> => {
  await endSessions(db, actor.accountId, now, { only: sessionId });
  await recordAudit(db, origin, {
    action: 'accounts.signed-out',
    objectKind: 'session',
    objectId: sessionId,
  });
  request.setSessionToken(null);
  return {};
};

export const listMySessions = async ({
  db,
  actor,
  sessionId,
  now,
}: ActionContext<Actor>): Promise<{ rows: MySession[] }> => {
  const rows = await listLiveSessions(db, actor.accountId, now);
  return { rows: rows.map((row) => ({ ...row, current: row.id === sessionId })) };
};

export const endMySession = async (
  { db, actor, origin, now }: ActionContext<Actor>,
  input: { sessionId: string },
): Promise<Record<string, never>> => {
  const ended = await endSessions(db, actor.accountId, now, { only: input.sessionId });
  if (ended === 0) throw notFound('这台设备上的登录已经结束。');
  await recordAudit(db, origin, {
    action: 'accounts.session-ended',
    objectKind: 'session',
    objectId: input.sessionId,
  });
  return {};
};

export const endMyOtherSessions = async ({
  db,
  actor,
  origin,
  sessionId,
  now,
}: ActionContext<Actor>): Promise<{ ended: number }> => {
  const ended = await endSessions(db, actor.accountId, now, { except: sessionId });
  await recordAudit(db, origin, {
    action: 'accounts.other-sessions-ended',
    objectKind: 'account',
    objectId: actor.accountId,
    after: { ended },
  });
  return { ended };
};
