import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import { addDays } from '#platform/dates.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { newId } from '#platform/ids.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import type { FindingAct, FindingState, findingContract, HandOver, ResponsiblePost } from './contract.ts';
import { readFindingSettings } from './figures/store.ts';
import { listDistrictPeople, listPostHolders, listSchoolPeople, listUnits } from './people/store.ts';
import {
  actsFor,
  type FindingFacts,
  findingScope,
  mayFindAt,
  mayManage,
  maySeeNames,
  mayTake,
  roleOf,
  sideOf,
  waitingScope,
} from './policy.ts';
import { after, problemOfStep, type Standing, standingFrom } from './rules.ts';
import * as store from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof findingContract>;
type Outputs = InferContractRouterOutputs<typeof findingContract>;
type Made = Outputs['registerFinding'];

const ownPersonId = ({ actor }: Context): string => {
  if (actor.personId === null) throw forbidden('您的账号没有对应的教师，不能办理问题整改。');
  return actor.personId;
};

interface Opened {
  readonly id: string;
  readonly version: number;
  readonly facts: FindingFacts;
  readonly standing: Standing;
}

interface NewAct {
  readonly text?: string;
  readonly dayOn?: string | null;
  readonly responsiblePost?: ResponsiblePost | null;
  readonly responsibleId?: string | null;
  readonly checkerId?: string | null;
  readonly answerUntil?: string | null;
}

/** Appends one act; whoever calls has asked the policy. */
const append = async (
  context: Context,
  { id, version, facts, standing }: Opened,
  act: FindingAct,
  what: NewAct,
): Promise<Opened> => {
  const event = {
    act,
    personId: ownPersonId(context),
    doneOn: context.today,
    dayOn: what.dayOn ?? null,
    responsiblePost: what.responsiblePost ?? null,
    responsibleId: what.responsibleId ?? null,
    checkerId: what.checkerId ?? null,
    answerUntil: what.answerUntil ?? null,
  };
  const next = after(standing, event);
  if (next === null) throw conflict('这个问题刚刚有了新的进展，请看过最新情况后再办理。');
  const side = sideOf(facts.kind, act);
  await store.insertEvent(
    context.db,
    id,
    version + 1,
    { ...event, text: what.text ?? '', side, role: roleOf(context.actor, side, facts.schoolId) },
    next,
  );
  await recordAudit(context.db, context.origin, {
    action: `classroom.finding-${act}`,
    objectKind: 'finding',
    objectId: id,
    before: { state: standing.state },
    after: { state: next.state, version: version + 1 },
  });
  return { id, version: version + 1, facts, standing: next };
};

const madeOf = ({ id, version, standing }: Opened): Made => ({ id, version, state: standing.state });

/** Those who may look again: of the district, none who leads the school; or leading it, none who is responsible. */
const listCheckers = async (
  context: Context,
  { kind, schoolId }: Pick<FindingFacts, 'kind' | 'schoolId'>,
  responsible: { post: ResponsiblePost | null; personId: string | null },
) => {
  const { db, today } = context;
  const leaders = await listPostHolders(db, schoolId, ['principal', 'vice-principal', 'dean'], today);
  const barred = leaders.flatMap(({ id, post }) =>
    kind === 'district' || post === responsible.post ? [id] : [],
  );
  const may =
    kind === 'district'
      ? await listDistrictPeople(db, today)
      : [...new Map(leaders.map((leader) => [leader.id, leader])).values()];
  return may.filter(({ id }) => id !== responsible.personId && !barred.includes(id));
};

/** What handing over needs, checked against today's posts. */
const readHandOver = async (
  context: Context,
  facts: Pick<FindingFacts, 'kind' | 'schoolId'>,
  given: HandOver,
): Promise<NewAct> => {
  const { db, today } = context;
  const { responsiblePost, responsibleId, deadlineOn } = given;
  if (deadlineOn < today) throw invalid('整改期限不能早于今天，请改选日期。');
  if ((responsiblePost === null) === (responsibleId === null))
    throw invalid('请选定一个责任职务，或者本校的一位责任人。');
  if (responsibleId !== null) {
    if (facts.kind === 'district') throw invalid('交办给学校的问题只定到职务，由学校自己落实到人。');
    if (!(await listSchoolPeople(db, facts.schoolId, today)).some(({ id }) => id === responsibleId))
      throw invalid('这位老师不在本校，请重新选择责任人。');
  }
  const checkerId = given.checkerId ?? ownPersonId(context);
  await refuseWrongChecker(context, facts, { post: responsiblePost, personId: responsibleId }, checkerId);
  const { answerDays } = await readFindingSettings(db, today);
  return {
    dayOn: deadlineOn,
    responsiblePost,
    responsibleId,
    checkerId,
    answerUntil: addDays(today, answerDays),
  };
};

const refuseWrongChecker = async (
  context: Context,
  facts: Pick<FindingFacts, 'kind' | 'schoolId'>,
  responsible: { post: ResponsiblePost | null; personId: string | null },
  checkerId: string,
): Promise<void> => {
  const checkers = await listCheckers(context, facts, responsible);
  if (!checkers.some(({ id }) => id === checkerId))
    throw invalid('回头看不能由负责整改的人自己做，请另选一位有权复查的人。', { field: 'checkerId' });
};

/** District findings go to the units, those inside a school stay there. */
const isKnownSchool = async (context: Context, kind: FindingFacts['kind'], schoolId: string) =>
  kind === 'school' ||
  (await listUnits(context.db, context.today)).some((unit) => unit.schoolId === schoolId);

/**
 * Records what was found, also from a patrol, visit or check, in that one's transaction. Whoever may register does so
 * at once, and hands over where a deadline is given; otherwise it waits for somebody who may.
 */
export const registerFinding = async (
  context: Context,
  input: Inputs['registerFinding'],
  /** What of the source was passed on with one tap; null: written by hand. */
  sourcePart: string | null = null,
): Promise<Made> => {
  const { db, actor, today } = context;
  const personId = ownPersonId(context);
  const { kind, schoolId } = input;
  if (!mayFindAt(actor, kind, schoolId) || !(await isKnownSchool(context, kind, schoolId))) throw notFound();
  if (input.repeatsId !== null) {
    const earlier = await store.findFinding(db, input.repeatsId, findingScope(actor), { today });
    if (earlier?.schoolId !== schoolId || earlier.kind !== kind)
      throw invalid('所选的以前的问题不是这所学校的，请重新选择。');
    if (earlier.state === 'cancelled') throw invalid('所选的以前的问题已经撤销，不算发生过，请重新选择。');
  }
  const mayGoOn = mayManage(actor, kind, schoolId);
  if (input.handOver !== null && !mayGoOn)
    throw forbidden('交办由有权登记的人办理；请只记下问题，随后由他们登记和交办。');
  const id = newId();
  await store.insertFinding(db, { ...input, id, sourcePart, foundBy: personId, foundOn: today });
  const facts = { kind, schoolId, foundBy: personId };
  const found = await recordFound(context, id, facts);
  if (!mayGoOn) return madeOf(found);
  const registered = await append(context, found, 'register', {});
  if (input.handOver === null) return madeOf(registered);
  return madeOf(
    await append(context, registered, 'hand-over', await readHandOver(context, facts, input.handOver)),
  );
};

const recordFound = async (context: Context, id: string, facts: FindingFacts): Promise<Opened> => {
  const side = sideOf(facts.kind, 'find');
  const event = {
    act: 'find',
    personId: facts.foundBy,
    doneOn: context.today,
    dayOn: null,
    responsiblePost: null,
    responsibleId: null,
    checkerId: null,
    answerUntil: null,
  } as const;
  const standing = standingFrom([event]);
  if (standing === null) throw new Error('a finding begins with being found');
  const role = roleOf(context.actor, side, facts.schoolId);
  await store.insertEvent(context.db, id, 1, { ...event, text: '', side, role }, standing);
  await recordAudit(context.db, context.origin, {
    action: 'classroom.finding-find',
    objectKind: 'finding',
    objectId: id,
    after: { kind: facts.kind, schoolId: facts.schoolId },
  });
  return { id, version: 1, facts, standing };
};

/** Locked, within the caller's scope, and still as the page showed it. */
const openForAct = async (
  context: Context,
  { id, version }: { id: string; version: number },
  act: FindingAct,
): Promise<Opened> => {
  const { db, actor, today } = context;
  const row = await store.findFinding(db, id, findingScope(actor), { today, lock: true });
  if (row === undefined) throw notFound();
  const standing = standingFrom(await store.listEvents(db, id));
  if (standing === null) throw new Error(`the acts of finding ${id} do not follow one another`);
  if (row.version !== version)
    throw conflict('这个问题刚刚有了新的进展，请看过最新情况后再办理。', { version: row.version });
  const facts = { kind: row.kind, schoolId: row.schoolId, foundBy: row.foundBy };
  if (!mayTake(actor, act, facts, standing)) throw forbidden(refusalFor(standing.state));
  return { id, version, facts, standing };
};

const refusalFor = (state: FindingState): string =>
  state === 'closed' || state === 'cancelled'
    ? '这个问题已经办结，不能再改；如又发生，请登记新的问题并注明是重复发生。'
    : '这一步不由您办理，或者还没有轮到；请看页面上现在由谁办理。';

export const handOverFinding = async (context: Context, input: Inputs['handOverFinding']): Promise<Made> => {
  const opened = await openForAct(context, input, 'hand-over');
  return madeOf(await append(context, opened, 'hand-over', await readHandOver(context, opened.facts, input)));
};

export const changeFindingChecker = async (
  context: Context,
  input: Inputs['changeFindingChecker'],
): Promise<Made> => {
  const opened = await openForAct(context, input, 'change-checker');
  const { responsiblePost: post, responsibleId: personId, workedBy } = opened.standing;
  await refuseWrongChecker(context, opened.facts, { post, personId }, input.checkerId);
  if (workedBy.includes(input.checkerId))
    throw invalid('这位参与了整改，不能再做回头看，请另选一位。', { field: 'checkerId' });
  const { checkerId, text } = input;
  return madeOf(await append(context, opened, 'change-checker', { checkerId, text }));
};

export const takeFindingStep = async (context: Context, input: Inputs['takeFindingStep']): Promise<Made> => {
  const { step, text, dayOn = null } = input;
  const opened = await openForAct(context, input, step);
  const { deadlineOn } = opened.standing;
  const problem = problemOfStep(step, { text, dayOn }, { today: context.today, deadlineOn });
  if (problem !== null) throw invalid(problem);
  return madeOf(await append(context, opened, step, { text, dayOn }));
};

export const getFinding = async (
  context: Context,
  { id }: Inputs['getFinding'],
): Promise<Outputs['getFinding']> => {
  const { db, actor, today } = context;
  const row = await store.findFinding(db, id, findingScope(actor), { today });
  if (row === undefined) throw notFound();
  const events = await store.listEvents(db, id);
  const standing = standingFrom(events);
  if (standing === null) throw new Error(`the acts of finding ${id} do not follow one another`);
  const facts = { kind: row.kind, schoolId: row.schoolId, foundBy: row.foundBy };
  const { repeatsId, foundBy: _, handedOverBy: __, checkerId: ___, ...shown } = row;
  // Who is given a finding may not know the one before it.
  const earlier =
    repeatsId === null ? undefined : await store.findFinding(db, repeatsId, findingScope(actor), { today });
  const names = maySeeNames(actor, facts);
  return {
    ...shown,
    responsiblePost: standing.responsiblePost,
    handedOverOn: standing.handedOverOn,
    answerUntil: standing.answerUntil,
    acceptedOn: standing.acceptedOn,
    doneOn: standing.doneOn,
    closedOn: standing.closedOn,
    extensionOn: standing.extensionOn,
    repeats:
      earlier === undefined
        ? null
        : { id: earlier.id, foundOn: earlier.foundOn, description: earlier.description },
    events: events.map(({ number, act, side, role, personName, text, dayOn, at }) => ({
      number,
      act,
      side,
      role,
      personName: side === 'school' && !names ? null : personName,
      text,
      dayOn,
      at,
    })),
    acts: actsFor(actor, facts, standing),
  };
};

export const listFindings = async (
  context: Context,
  input: Inputs['listFindings'] = {},
): Promise<Outputs['listFindings']> => {
  const { cursor, limit = 30, ...filter } = input;
  const { db, actor, today } = context;
  return {
    ...(await store.listFindings(db, findingScope(actor), filter, { cursor, limit, today })),
    asOf: context.now.toISOString(),
  };
};

export const listFindingsWaiting = async (
  context: Context,
  { limit = 20 }: Inputs['listFindingsWaiting'] = {},
): Promise<Outputs['listFindingsWaiting']> => ({
  ...(await store.listFindingsWaiting(context.db, waitingScope(context.actor), {
    limit,
    today: context.today,
  })),
  asOf: context.now.toISOString(),
});

export const proposeForFinding = async (
  context: Context,
  input: Inputs['proposeForFinding'],
): Promise<Outputs['proposeForFinding']> => {
  const { db, actor, today } = context;
  const { kind, schoolId } = input;
  if (!mayFindAt(actor, kind, schoolId)) throw notFound();
  const mayGive = mayManage(actor, kind, schoolId);
  const leaders = await listPostHolders(db, schoolId, ['principal', 'vice-principal', 'dean'], today);
  const nobody = { post: null, personId: null };
  return {
    repeats: await store.listEarlier(db, findingScope(actor), input, today),
    people: mayGive && kind === 'school' ? await listSchoolPeople(db, schoolId, today) : [],
    checkers: mayGive ? await listCheckers(context, input, nobody) : [],
    leaderPosts: [...new Set(leaders.map(({ post }) => post))],
  };
};
