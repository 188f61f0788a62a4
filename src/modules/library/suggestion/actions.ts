import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import { fingerprint } from '#platform/fingerprint.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import { versionContent } from '../adaptation/actions.ts';
import { adaptationScope, mayEditAdaptation } from '../adaptation/policy.ts';
import { findAdaptation } from '../adaptation/store.ts';
import { normalised } from '../co-editing/reading/rules.ts';
import { addDraftSection, lockDraft, replaceDraftSection } from '../co-editing/store.ts';
import type { Body } from '../content/contract.ts';
import { completed, sectionOf } from '../content/rules.ts';
import { itemScope, ownPersonId } from '../item/policy.ts';
import * as items from '../item/store.ts';
import { resolveSection } from '../merge/resolution/rules.ts';
import { notePictures } from '../picture/standing/actions.ts';
import { draftContent, startRound } from '../round/actions.ts';
import { findRound } from '../round/store.ts';
import type { suggestionContract } from './contract.ts';
import { mayDecideSuggestion, mayWithdrawSuggestion, suggestionScope } from './policy.ts';
import { mergeSuggestion, type SuggestedTexts } from './rules.ts';
import * as store from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof suggestionContract>;
type Outputs = InferContractRouterOutputs<typeof suggestionContract>;
type Moved = Outputs['suggest'];

/** What people wrote is in no audit row. */
const audit = (context: Context, what: string, id: string, after: Readonly<Record<string, unknown>>) =>
  recordAudit(context.db, context.origin, {
    action: `library.suggestion-${what}`,
    objectKind: 'library-suggestion',
    objectId: id,
    after,
  });

export const suggest = async (
  context: Context,
  { adaptationId, section, reason, happened }: Inputs['suggest'],
): Promise<Moved> => {
  const { db, actor } = context;
  const adaptation = await findAdaptation(db, adaptationId, adaptationScope(actor));
  if (adaptation === undefined) throw notFound();
  if (actor.personId === null || !mayEditAdaptation(actor, adaptation))
    throw forbidden('改进建议从自己修改过的校本化中提出。');
  const item = await items.findItem(db, adaptation.itemId, itemScope(actor));
  if (item === undefined) throw notFound();
  if (item.schoolId !== null) throw invalid('这是学校自己的资源，请直接和编写的老师商量。');
  if (item.withdrawn) throw conflict('这份资源已经撤下，不再接受改进建议。');
  const touched = adaptation.bodies[section];
  if (touched === undefined) throw invalid('这一部分还没有改过。请先改好这一部分，再提出建议。');
  if ((await store.findWaiting(db, adaptationId, section)) !== undefined)
    throw conflict('这一部分的建议正在等中心组处理。要换成新的写法，请先撤回原来的建议。');
  const id = await store.insertSuggestion(db, {
    itemId: item.id,
    section,
    sectionTitle:
      sectionOf(await versionContent(db, item.id, adaptation.basedOn), section)?.title ?? touched.title,
    adaptationId,
    personId: actor.personId,
    schoolId: adaptation.schoolId,
    base: adaptation.basedOn,
    body: touched.body,
    reason,
    happened: happened.trim(),
  });
  await audit(context, 'made', id, { itemId: item.id, section, base: adaptation.basedOn });
  return { id, version: 1, state: 'waiting' };
};

const find = async ({ db, actor }: Context, id: string) => {
  const suggestion = await store.findSuggestion(db, id, suggestionScope(actor));
  if (suggestion === undefined) throw notFound();
  return suggestion;
};

/** `beside` is another one that the change is about. */
const takeUp = async (
  context: Context,
  { id, version, beside }: { id: string; version: number; beside?: string | null },
) => {
  await store.lockSuggestions(context.db, typeof beside === 'string' ? [id, beside] : [id]);
  const suggestion = await find(context, id);
  if (suggestion.version !== version)
    throw conflict('这条建议刚刚有了变化，请看过最新情况后再办理。', { version: suggestion.version });
  return suggestion;
};

const takeUpToDecide = async (context: Context, input: Parameters<typeof takeUp>[1]) => {
  const suggestion = await takeUp(context, input);
  if (!mayDecideSuggestion(context.actor, suggestion.item, suggestion))
    throw suggestion.state !== 'waiting'
      ? conflict('这条建议已经处理过，或提出的老师已经撤回。')
      : forbidden(
          suggestion.personId === context.actor.personId
            ? '自己提出的建议由中心组的其他成员处理。'
            : '改进建议由本学段本学科的研训中心组处理。',
        );
  return suggestion;
};

export const withdrawSuggestion = async (
  context: Context,
  input: Inputs['withdrawSuggestion'],
): Promise<Moved> => {
  const suggestion = await takeUp(context, input);
  if (!mayWithdrawSuggestion(context.actor, suggestion))
    throw conflict('只能撤回自己提出的、还没有处理的建议。');
  // What was gathered into it stands for itself again.
  await store.updateGathered(context.db, suggestion.id, { gatheredInto: null });
  const version = await store.updateSuggestion(context.db, suggestion.id, { state: 'withdrawn' });
  await audit(context, 'withdrawn', suggestion.id, {});
  return { id: suggestion.id, version, state: 'withdrawn' };
};

/** The section as it stands in the draft of the next version, or as a draft begun from the version would have it. */
const sectionNow = async (
  { db, actor }: Context,
  { itemId, section }: Pick<store.StoredSuggestion, 'itemId' | 'section'>,
): Promise<Body | null> => {
  const item = await items.findItem(db, itemId, itemScope(actor));
  if (item === undefined) return null;
  const round = item.roundId === null ? undefined : await findRound(db, item.roundId);
  if (round?.state === 'drafting') return sectionOf(await draftContent(db, round.id), section)?.body ?? null;
  if (item.published === null) return null;
  const begun = normalised(completed(item.kind, await versionContent(db, itemId, item.published)));
  return sectionOf(begun, section)?.body ?? null;
};

/** The three texts of its merge. */
const threeTexts = async (context: Context, suggestion: store.StoredSuggestion): Promise<SuggestedTexts> => {
  const base = await versionContent(context.db, suggestion.itemId, suggestion.base);
  return {
    before: sectionOf(base, suggestion.section)?.body ?? null,
    now: await sectionNow(context, suggestion),
    proposed: suggestion.proposed,
  };
};

export const getSuggestion = async (
  context: Context,
  { id }: Inputs['getSuggestion'],
): Promise<Outputs['getSuggestion']> => {
  const found = await find(context, id);
  const { personId: _person, roundId: _round, item, ...suggestion } = found;
  const texts = await threeTexts(context, found);
  const standing = { personId: _person, state: suggestion.state };
  return {
    ...suggestion,
    ...texts,
    shown: fingerprint(texts),
    beside: await store.listBeside(context.db, suggestionScope(context.actor), suggestion),
    may: {
      decide: mayDecideSuggestion(context.actor, item, standing),
      withdraw: mayWithdrawSuggestion(context.actor, standing),
    },
  };
};

export const gatherSuggestion = async (
  context: Context,
  { into, ...input }: Inputs['gatherSuggestion'],
): Promise<Moved> => {
  const suggestion = await takeUpToDecide(context, { ...input, beside: into });
  if (into !== null) {
    const head = await find(context, into);
    if (head.id === suggestion.id || head.itemId !== suggestion.itemId || head.section !== suggestion.section)
      throw invalid('只能和同一份资源、同一部分的另一条建议归在一起。');
    if (head.state !== 'waiting' || head.gatheredInto !== null)
      throw conflict('要归入的那条建议已经处理过，或已归入别的建议。');
  }
  // What was gathered into this one goes along.
  if (into !== null) await store.updateGathered(context.db, suggestion.id, { gatheredInto: into });
  const version = await store.updateSuggestion(context.db, suggestion.id, { gatheredInto: into });
  await audit(context, 'gathered', suggestion.id, { into });
  return { id: suggestion.id, version, state: suggestion.state };
};

const settle = async (
  context: Context,
  suggestion: store.StoredSuggestion,
  change: Omit<store.SuggestionChange, 'decidedBy' | 'decidedAt' | 'gatheredInto'> & {
    state: 'taken' | 'declined';
  },
): Promise<Moved> => {
  const decided = {
    ...change,
    decidedBy: context.actor.personId,
    decidedAt: context.now.toISOString(),
  };
  const along = await store.updateGathered(context.db, suggestion.id, decided);
  if (along.some(({ personId }) => personId === context.actor.personId))
    throw forbidden('其中有您自己提出的建议，请由中心组的其他成员一并处理。');
  for (const { id } of along) await audit(context, change.state, id, { gatheredInto: suggestion.id });
  const version = await store.updateSuggestion(context.db, suggestion.id, { ...decided, gatheredInto: null });
  await audit(context, change.state, suggestion.id, { partly: change.partly, roundId: change.roundId });
  return { id: suggestion.id, version, state: change.state };
};

export const takeSuggestion = async (
  context: Context,
  { shown, decisions, partly, answer, ...input }: Inputs['takeSuggestion'],
): Promise<Outputs['takeSuggestion']> => {
  const { db } = context;
  const personId = ownPersonId(context);
  const suggestion = await takeUpToDecide(context, input);
  const { itemId, section } = suggestion;
  const round = await startRound(context, { itemId });
  if (round.state !== 'drafting')
    throw conflict('这份资源的下一版正在审核，请等审核结束，或先收回继续编写，再采纳建议。');
  await lockDraft(db, round.id);
  const texts = await threeTexts(context, suggestion);
  if (fingerprint(texts) !== shown)
    throw conflict(
      '您处理期间，下一版草稿的这一部分有了新的改动，这次没有写入，什么都没有丢。请对照现在的草稿再看一遍，然后采纳。',
    );
  const body = resolveSection(mergeSuggestion(texts, suggestion), decisions);
  const added = { key: section, title: suggestion.sectionTitle, body };
  const written =
    texts.now === null
      ? await addDraftSection(db, round.id, added, personId)
      : await replaceDraftSection(db, round.id, { key: section, body, personId });
  if (!written) throw conflict('下一版的草稿刚刚有了变化，没有写入。请刷新页面后再采纳。');
  const taken = { sections: [added] };
  await notePictures(context, { documentId: round.id, itemId }, taken);
  const moved = await settle(context, suggestion, {
    state: 'taken',
    roundId: round.id,
    partly,
    answer: answer.trim(),
  });
  return { ...moved, roundId: round.id };
};

export const declineSuggestion = async (
  context: Context,
  { answer, ...input }: Inputs['declineSuggestion'],
): Promise<Moved> => settle(context, await takeUpToDecide(context, input), { state: 'declined', answer });

export const readAnswer = async (
  context: Context,
  { id }: Inputs['readAnswer'],
): Promise<Outputs['readAnswer']> => {
  const suggestion = await find(context, id);
  if (suggestion.personId !== context.actor.personId) throw notFound();
  if (suggestion.fresh) {
    await store.markSeen(context.db, suggestion, context.now.toISOString());
    await audit(context, 'answer-read', id, {});
  }
  return { id };
};

export const listSuggestions = async (
  { db, actor, now }: Context,
  { limit = 30, ...asked }: Inputs['listSuggestions'],
): Promise<Outputs['listSuggestions']> => {
  if (asked.view === 'item' && asked.itemId === undefined) throw invalid('请先选择一份资源。');
  return {
    ...(await store.listSuggestions(db, suggestionScope(actor), { ...asked, limit })),
    asOf: now.toISOString(),
  };
};
