import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import type { FindDraft } from '../co-editing/actions.ts';
import type { Reading } from '../co-editing/reading/rules.ts';
import {
  closeDraftDocument,
  findDraftContent,
  insertDraftDocument,
  listDraftContributors,
  reopenDraftDocument,
} from '../co-editing/store.ts';
import type { Content } from '../content/contract.ts';
import { completed, emptyContent, idsInCells } from '../content/rules.ts';
import { itemScope, mayWriteItem, officerReach, ownPersonId } from '../item/policy.ts';
import * as items from '../item/store.ts';
import { notePictures, notePublished } from '../picture/standing/actions.ts';
import { refreshSearchEntries } from '../search/actions.ts';
import { markMerged, releaseTaken } from '../suggestion/store.ts';
import { listTextbookNames } from '../textbook/store.ts';
import type { RoundState } from '../vocabulary/contract.ts';
import type { roundContract } from './contract.ts';
import { mayTakeRoundStep, mayWriteRound } from './policy.ts';
import { type RoundStep, reviewersNeeded, stateAfter, submissionProblems } from './rules.ts';
import * as store from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof roundContract>;
type Outputs = InferContractRouterOutputs<typeof roundContract>;
type Moved = Outputs['submitRound'];

/** What people wrote is in no audit row. */
const audit = (context: Context, what: string, id: string, after: Readonly<Record<string, unknown>>) =>
  recordAudit(context.db, context.origin, {
    action: `library.round-${what}`,
    objectKind: 'library-round',
    objectId: id,
    after,
  });

interface Standing {
  readonly item: items.StoredItem;
  readonly round: store.StoredRound;
}

/** A round whose text the caller may read: of an item that is visible before it is published. */
const findStanding = async ({ db, actor }: Context, id: string, lock?: 'change'): Promise<Standing> => {
  const round = await store.findRound(db, id, lock);
  const item = round === undefined ? undefined : await items.findItem(db, round.itemId, itemScope(actor));
  if (round === undefined || item === undefined) throw notFound();
  // An open round shows itself only to those inside; one that ended to those who wrote.
  const inside = item.roundId === round.id || mayWriteItem(actor, item);
  if (!inside) throw notFound();
  return { item, round };
};

const stepRefusals: Readonly<Record<RoundStep, string>> = {
  submit: '这一轮编写已经送审，不能再送。请刷新页面查看。',
  'take-back': '这一轮编写现在不能退回继续写。请刷新页面查看。',
  decide: '这一轮审核已经结束。请刷新页面查看。',
  publish: '审核通过以后才能发布。',
  drop: '这一轮编写已经送审或结束，不能停止。',
};

const takeUp = async (
  context: Context,
  { id, version }: { id: string; version: number },
  step: RoundStep,
): Promise<Standing> => {
  const standing = await findStanding(context, id, 'change');
  const { item, round } = standing;
  if (round.version !== version)
    throw conflict('这一轮编写刚刚有了变化，请看过最新情况后再办理。', { version: round.version });
  if (item.withdrawn) throw conflict('这份资源已经撤下。');
  if (!mayTakeRoundStep(context.actor, step, item, round)) {
    const couldEver = mayTakeRoundStep(context.actor, step, item, { ...round, state: stateBefore[step] });
    throw couldEver
      ? conflict(stepRefusals[step])
      : forbidden('这一步由主备人或本学科的教研员（学校资源由本校负责人）办理。');
  }
  return standing;
};

const stateBefore: Readonly<Record<RoundStep, RoundState>> = {
  submit: 'drafting',
  'take-back': 'in-review',
  decide: 'in-review',
  publish: 'approved',
  drop: 'drafting',
};

const move = async (
  context: Context,
  round: store.StoredRound,
  change: Parameters<typeof store.updateRound>[2],
  what: string,
  after: Readonly<Record<string, unknown>> = {},
): Promise<Moved> => {
  const version = await store.updateRound(context.db, round.id, change);
  await audit(context, what, round.id, { ...after, itemId: round.itemId, state: change.state, version });
  return { id: round.id, version, state: change.state };
};

export const startRound = async (context: Context, { itemId }: Inputs['startRound']): Promise<Moved> => {
  const { db, actor } = context;
  const item = await items.findItem(db, itemId, itemScope(actor), 'change');
  if (item === undefined) throw notFound();
  if (!mayWriteItem(actor, item)) throw forbidden('下一版由编写它的中心组或学校编写。');
  if (item.withdrawn) throw conflict('这份资源已经撤下，不能再编写。');
  if (item.roundId !== null) {
    const open = await store.findRound(db, item.roundId);
    // Somebody was faster: both write in the same round.
    if (open !== undefined) return { id: open.id, version: open.version, state: open.state };
  }
  const base = item.published === null ? undefined : await items.findVersion(db, itemId, item.published);
  const mainPreparer = ownPersonId(context);
  const id = await store.insertRound(db, { itemId, base: item.published, mainPreparer });
  const content = base === undefined ? emptyContent(item.kind) : completed(item.kind, base.content);
  await insertDraftDocument(db, id, content);
  await audit(context, 'started', id, { itemId, base: item.published });
  return { id, version: 1, state: 'drafting' };
};

/** What a draft says now; every round has its document. */
const readDraft = async (db: Queryable, roundId: string): Promise<Reading> => {
  const draft = await findDraftContent(db, roundId);
  if (draft === undefined) throw new Error(`no draft of round ${roundId}`);
  return draft;
};
export const draftContent = async (db: Queryable, roundId: string): Promise<Content> =>
  (await readDraft(db, roundId)).content;

const readRound = async ({ db }: Context, round: store.StoredRound): Promise<Reading> =>
  round.state === 'drafting' || round.state === 'dropped'
    ? readDraft(db, round.id)
    : { content: await store.findSubmitted(db, round.id, round.submission), cuts: [] };

export const contentOf = async (context: Context, round: store.StoredRound): Promise<Content> =>
  (await readRound(context, round)).content;

/** Everybody who wrote, the main preparer first. */
const writersOf = async ({ db }: Context, round: store.StoredRound): Promise<string[]> => [
  ...new Set([
    round.mainPreparer,
    ...(await listDraftContributors(db, round.id)).map(({ personId }) => personId),
  ]),
];

export const getRound = async (
  context: Context,
  { id }: Inputs['getRound'],
): Promise<Outputs['getRound']> => {
  const { db, actor } = context;
  const { item, round } = await findStanding(context, id);
  const [{ content, cuts }, writers, submissions, reviews] = [
    await readRound(context, round),
    await writersOf(context, round),
    await store.listSubmissions(db, id),
    await store.listReviewsOf(db, id),
  ];
  const names = await items.listNames(db, writers);
  const [mainPreparer] = names;
  if (mainPreparer === undefined) throw notFound();
  const waiting = reviews.find(
    (review) =>
      review.reviewerId === actor.personId &&
      review.submission === round.submission &&
      review.verdict === null,
  );
  return {
    id,
    version: round.version,
    itemId: item.id,
    kind: item.kind,
    title: item.title,
    schoolId: item.schoolId,
    schoolName: item.schoolName,
    subject: item.subject,
    grade: item.grade,
    state: round.state,
    base: round.base,
    mainPreparer,
    contributors: names.slice(1),
    submissions: submissions.map((submission) => ({
      ...submission,
      reviews: reviews
        .filter((review) => review.submission === submission.number)
        .map(({ reviewerId, name, schoolName, submission: _submission, ...review }) => ({
          ...review,
          reviewer: { id: reviewerId, name, schoolName },
        })),
    })),
    content,
    textbook: await listTextbookNames(db, item.volumeId, idsInCells(content)),
    problems: round.state === 'drafting' ? [...cuts, ...submissionProblems(item, content)] : [],
    reviewers: reviewersNeeded(item),
    may: {
      write: !item.withdrawn && mayWriteRound(actor, item, round),
      remark: item.roundId === round.id && mayWriteItem(actor, item),
      submit: mayTakeRoundStep(actor, 'submit', item, round),
      takeBack: mayTakeRoundStep(actor, 'take-back', item, round),
      drop: mayTakeRoundStep(actor, 'drop', item, round),
      publish: mayTakeRoundStep(actor, 'publish', item, round),
      review: round.state === 'in-review' ? (waiting?.id ?? null) : null,
    },
  };
};

/** Of those who may review, whoever did not write. */
const candidatesOf = async (context: Context, { item, round }: Standing) => {
  const writers = new Set(await writersOf(context, round));
  const rows = await store.listReviewers(context.db, item, context.today);
  return rows.filter(({ id }) => !writers.has(id));
};

export const listReviewers = async (
  context: Context,
  { id }: Inputs['listReviewers'],
): Promise<Outputs['listReviewers']> => {
  const standing = await findStanding(context, id);
  const needed = reviewersNeeded(standing.item);
  // Who read it last time reads it again.
  const before = new Set(
    (await store.listReviewsOf(context.db, id))
      .filter(({ submission }) => submission === standing.round.submission)
      .map(({ reviewerId }) => reviewerId),
  );
  const candidates = await candidatesOf(context, standing);
  const ordered = [
    ...candidates.filter((one) => before.has(one.id)),
    ...candidates.filter((one) => !before.has(one.id)),
  ];
  return { rows: ordered.map((one, index) => ({ ...one, proposed: index < needed })) };
};

export const submitRound = async (context: Context, input: Inputs['submitRound']): Promise<Moved> => {
  const standing = await takeUp(context, input, 'submit');
  const { item, round } = standing;
  const { db } = context;
  const read = await closeDraftDocument(db, round.id);
  // Whatever was sent into the document: the sections of the form are there, under their names.
  const content = completed(item.kind, read?.content ?? emptyContent(item.kind));
  // What is beyond a limit is named, not left out.
  const problems = [...(read?.cuts ?? []), ...submissionProblems(item, content)];
  if (problems.length > 0)
    throw invalid(`还有${problems.length}处要先补好：${problems.slice(0, 3).join('')}`, { problems });
  await notePictures(context, { documentId: round.id, itemId: item.id }, content);
  const needed = reviewersNeeded(item);
  const reviewers = [...new Set(input.reviewers)];
  const candidates = new Set((await candidatesOf(context, standing)).map(({ id }) => id));
  if (candidates.size < needed)
    throw invalid(
      item.schoolId === null
        ? `本学科中心组没有参加编写的人不足${needed}位，不能送审。请教研室先补充中心组成员。`
        : '本校没有可以审核的校长、教学副校长、教务主任或学科长，请先在名册中补齐任职。',
    );
  if (reviewers.length !== needed) throw invalid(`请选择${needed}位审核人。`);
  if (!reviewers.every((one) => candidates.has(one)))
    throw invalid('审核人不能参加过本轮编写，并且要在审核名单中，请重新选择。');
  const number = round.submission + 1;
  await store.insertSubmission(
    db,
    {
      roundId: round.id,
      number,
      content,
      note: input.note.trim(),
      submittedBy: ownPersonId(context),
    },
    reviewers,
  );
  return move(
    context,
    round,
    { state: 'in-review', submission: number, submittedAt: context.now.toISOString() },
    'submitted',
    { submission: number, reviewers },
  );
};

export const takeBackRound = async (context: Context, input: Inputs['takeBackRound']): Promise<Moved> => {
  const { round } = await takeUp(context, input, 'take-back');
  await reopenDraftDocument(context.db, round.id);
  return move(context, round, { state: 'drafting' }, 'taken-back');
};

export const dropRound = async (context: Context, input: Inputs['dropRound']): Promise<Moved> => {
  const { round } = await takeUp(context, input, 'drop');
  await closeDraftDocument(context.db, round.id);
  await releaseTaken(context.db, round.id);
  return move(context, round, { state: 'dropped', endedAt: context.now.toISOString() }, 'dropped');
};

const publish = async (context: Context, { item, round }: Standing, note: string): Promise<Moved> => {
  const { db, now } = context;
  const number = (item.published ?? 0) + 1;
  const publishedAt = now.toISOString();
  const content = await store.findSubmitted(db, round.id, round.submission);
  await items.insertVersion(db, {
    itemId: item.id,
    number,
    title: item.title,
    content,
    note,
    contributors: await writersOf(context, round),
    publishedBy: ownPersonId(context),
    publishedAt,
  });
  await notePublished(context, { documentId: round.id, itemId: item.id }, content);
  await items.updateItem(db, item.id, { published: number, publishedAt });
  await refreshSearchEntries(db, [item.id]);
  await markMerged(db, round.id, number);
  return move(context, round, { state: 'published', endedAt: publishedAt }, 'published', { number });
};

export const publishRound = async (context: Context, input: Inputs['publishRound']): Promise<Moved> => {
  const standing = await takeUp(context, input, 'publish');
  const note = input.note.trim();
  if (standing.item.published !== null && note === '')
    throw invalid('请写一句这一版改了什么，已经在用的学校会看到。');
  return publish(context, standing, note);
};

export const decideReview = async (
  context: Context,
  { id, version, verdict, remark }: Inputs['decideReview'],
): Promise<Outputs['decideReview']> => {
  const { db, actor, now } = context;
  const review = await store.findReview(db, id);
  if (review === undefined || review.reviewerId !== actor.personId) throw notFound();
  const standing = await findStanding(context, review.roundId, 'change');
  const { item, round } = standing;
  if (round.state !== 'in-review' || round.submission !== review.submission)
    throw conflict('这一稿已经收回或审核结束，不用再审。');
  if (review.version !== version || review.verdict !== null)
    throw conflict('您已经提交过审核意见，请刷新页面查看。');
  const said = remark.trim();
  if (verdict === 'changes' && said === '') throw invalid('请写明要修改什么，编写人好照着改。');
  if (item.withdrawn) throw conflict('这份资源已经撤下，不用再审。');
  const eligible = await store.listReviewers(db, item, context.today);
  if (!eligible.some((one) => one.id === actor.personId))
    throw forbidden('您现在的任职不能审核这份资源。请告诉主备人另选审核人。');
  if (!(await store.decideReview(db, id, { verdict, remark: said, decidedAt: now.toISOString() })))
    throw conflict('您已经提交过审核意见，请刷新页面查看。');
  const verdicts = (await store.listReviewsOf(db, round.id))
    .filter(({ submission }) => submission === round.submission)
    .map((one) => one.verdict);
  const state = stateAfter(verdicts);
  await audit(context, 'reviewed', round.id, { itemId: item.id, submission: round.submission, verdict });
  if (state === 'in-review') return { roundId: round.id, state };
  if (state === 'drafting') await reopenDraftDocument(db, round.id);
  const { version: next } = await move(
    context,
    round,
    { state },
    state === 'approved' ? 'approved' : 'returned',
  );
  // A school's own needs no second signature.
  if (state === 'approved' && item.schoolId !== null)
    await publish(context, { item, round: { ...round, state, version: next } }, '');
  return { roundId: round.id, state: state === 'approved' && item.schoolId !== null ? 'published' : state };
};

export const listReviews = async (
  { db, actor, today, now }: Context,
  { view, cursor, limit = 30 }: Inputs['listReviews'],
): Promise<Outputs['listReviews']> => ({
  ...(await store.listReviews(db, {
    personId: actor.personId,
    officer: officerReach(actor),
    view,
    today,
    cursor,
    limit,
  })),
  asOf: now.toISOString(),
});

/** Whoever may write the item, its reviewers among them, remarks on its draft while the round is open. */
export const findRoundDraft: FindDraft = async (db, roundId, actor) => {
  const round = await store.findRound(db, roundId);
  const item = round === undefined ? undefined : await items.findItem(db, round.itemId, itemScope(actor));
  if (round === undefined || item === undefined) return null;
  const writes = mayWriteItem(actor, item);
  const ended = item.roundId !== round.id;
  if (!writes && ended) return null;
  const access = mayWriteRound(actor, item, round) ? 'edit' : writes && !ended ? 'comment' : 'read';
  const { title, kind, subject, stage, volumeId } = item;
  return { title, kind, subject, stage, volumeId, locked: [], basedOn: null, access, ended };
};
