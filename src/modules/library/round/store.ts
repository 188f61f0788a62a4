import { sql } from 'kysely';

import { activeOn } from '#modules/organisation/store.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import { decodeCursor, encodeCursor } from '#platform/keyset.ts';
import type { Content } from '../content/contract.ts';
import type { Owned, Reach } from '../item/policy.ts';
import { isOfReach } from '../item/store.ts';
import type { ItemKind, RoundState, Verdict } from '../vocabulary/contract.ts';

/** What a step is decided from; who may see the item is asked of the item. */
export const findRound = async (db: Queryable, id: string, lock?: 'change') => {
  if (lock === 'change')
    await db.selectFrom('library.round').select('id').where('id', '=', id).forUpdate().execute();
  return db
    .selectFrom('library.round as round')
    .where('round.id', '=', id)
    .select([
      'round.id',
      'round.itemId',
      'round.base',
      sql<RoundState>`round.state`.as('state'),
      'round.mainPreparer',
      'round.submission',
      'round.submittedAt',
      'round.version',
    ])
    .executeTakeFirst();
};
export type StoredRound = NonNullable<Awaited<ReturnType<typeof findRound>>>;

export const insertRound = async (
  db: Queryable,
  round: { readonly itemId: string; readonly base: number | null; readonly mainPreparer: string },
): Promise<string> => {
  const id = newId();
  await db
    .insertInto('library.round')
    .values({ id, ...round })
    .execute();
  return id;
};

/** The caller holds the lock and has compared the version. */
export const updateRound = async (
  db: Queryable,
  id: string,
  change: {
    readonly state: RoundState;
    readonly submission?: number;
    readonly submittedAt?: string;
    readonly endedAt?: string;
  },
): Promise<number> => {
  const { version } = await db
    .updateTable('library.round')
    .set((row) => ({ ...change, version: row('version', '+', 1) }))
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow();
  return version;
};

export const insertSubmission = async (
  db: Queryable,
  submission: {
    readonly roundId: string;
    readonly number: number;
    readonly content: Content;
    readonly note: string;
    readonly submittedBy: string;
  },
  reviewers: readonly string[],
): Promise<void> => {
  await db
    .insertInto('library.submission')
    .values({ ...submission, content: JSON.stringify(submission.content) })
    .execute();
  if (reviewers.length > 0)
    await db
      .insertInto('library.review')
      .values(
        reviewers.map((reviewerId) => ({
          id: newId(),
          roundId: submission.roundId,
          submission: submission.number,
          reviewerId,
        })),
      )
      .execute();
};

/** Newest first, without the texts. */
export const listSubmissions = (db: Queryable, roundId: string) =>
  db
    .selectFrom('library.submission as submission')
    .innerJoin('organisation.person as by', 'by.id', 'submission.submittedBy')
    .where('submission.roundId', '=', roundId)
    .select(['submission.number', 'submission.note', 'by.name as submittedByName', 'submission.submittedAt'])
    .orderBy('submission.number', 'desc')
    .execute();

export const findSubmitted = async (db: Queryable, roundId: string, number: number): Promise<Content> => {
  const { content } = await db
    .selectFrom('library.submission')
    .where('roundId', '=', roundId)
    .where('number', '=', number)
    .select(sql<Content>`content`.as('content'))
    .executeTakeFirstOrThrow();
  return content;
};

export const listReviewsOf = (db: Queryable, roundId: string) =>
  db
    .selectFrom('library.review as review')
    .innerJoin('organisation.person as person', 'person.id', 'review.reviewerId')
    .leftJoin('organisation.school as school', 'school.id', 'person.homeSchoolId')
    .where('review.roundId', '=', roundId)
    .select([
      'review.id',
      'review.version',
      'review.submission',
      'review.reviewerId',
      'person.name',
      'school.name as schoolName',
      sql<Verdict | null>`review.verdict`.as('verdict'),
      'review.remark',
      'review.askedAt',
      'review.decidedAt',
    ])
    .orderBy('review.id')
    .execute();

export const findReview = (db: Queryable, id: string) =>
  db
    .selectFrom('library.review')
    .where('id', '=', id)
    .select([
      'id',
      'roundId',
      'submission',
      'reviewerId',
      'version',
      sql<Verdict | null>`verdict`.as('verdict'),
    ])
    .executeTakeFirst();

/** False when it was decided already. */
export const decideReview = async (
  db: Queryable,
  id: string,
  decision: { readonly verdict: Verdict; readonly remark: string; readonly decidedAt: string },
): Promise<boolean> => {
  const decided = await db
    .updateTable('library.review')
    .set((row) => ({ ...decision, version: row('version', '+', 1) }))
    .where('id', '=', id)
    .where('verdict', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return decided !== undefined;
};

/**
 * Those who may review an item on a day with what waits for them, the least busy first: of the district's, the core
 * group of its field with its grade teams; of a school's, its leaders and the head of the subject.
 */
export const listReviewers = (db: Queryable, { stage, subject, schoolId }: Owned, on: Day) =>
  db
    .selectFrom('organisation.appointment as held')
    .leftJoin('organisation.body as body', 'body.id', 'held.bodyId')
    .innerJoin('organisation.person as person', 'person.id', 'held.personId')
    .leftJoin('organisation.school as school', 'school.id', 'person.homeSchoolId')
    .where(activeOn('held', on))
    .where(activeOn('person', on))
    .where(
      schoolId === null
        ? sql<boolean>`body.kind in ('core-group', 'grade-team', 'research-office')
            and coalesce(held.subject, body.subject, ${subject}) = ${subject}
            and coalesce(held.stage, body.stage, ${stage}) = ${stage}`
        : sql<boolean>`held.body_id is null and held.school_id = ${schoolId}::uuid
            and (held.post in ('principal', 'vice-principal', 'dean')
              or (held.post = 'subject-lead' and held.subject = ${subject}))`,
    )
    .groupBy(['person.id', 'person.name', 'person.namePinyin', 'school.name'])
    .select([
      'person.id',
      'person.name',
      'school.name as schoolName',
      sql<number>`(select count(*) from library.review as review
        join library.round as round on round.id = review.round_id and round.submission = review.submission
        where review.reviewer_id = person.id and review.verdict is null
          and round.state = 'in-review')`.as('waiting'),
    ])
    .orderBy('waiting')
    .orderBy('person.namePinyin')
    .orderBy('person.id')
    .execute();

/** Oldest first. `all`: in the fields one answers for, whoever is asked. */
export const listReviews = async (
  db: Queryable,
  {
    personId,
    officer,
    view,
    today,
    cursor,
    limit,
  }: {
    readonly personId: string | null;
    readonly officer: Reach;
    readonly view: 'mine' | 'all';
    readonly today: Day;
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
) => {
  const at = sql<string>`to_json(review.asked_at)#>>'{}'`;
  let query = db
    .selectFrom('library.review as review')
    .innerJoin('library.round as round', 'round.id', 'review.roundId')
    .innerJoin('library.item as item', 'item.id', 'round.itemId')
    .innerJoin('organisation.person as reviewer', 'reviewer.id', 'review.reviewerId')
    .leftJoin('organisation.school as home', 'home.id', 'reviewer.homeSchoolId')
    .innerJoin('organisation.person as preparer', 'preparer.id', 'round.mainPreparer')
    .leftJoin('organisation.school as school', 'school.id', 'item.schoolId')
    .where('review.verdict', 'is', null)
    .where('round.state', '=', 'in-review')
    .whereRef('review.submission', '=', 'round.submission')
    .select([
      'review.id',
      'round.id as roundId',
      sql<ItemKind>`item.kind`.as('kind'),
      'item.title',
      'item.subject',
      'item.grade',
      'school.name as schoolName',
      'reviewer.id as reviewerId',
      'reviewer.name as reviewerName',
      'home.name as reviewerSchool',
      'preparer.name as mainPreparerName',
      'review.askedAt',
      at.as('at'),
      sql<number>`${today}::date - (review.asked_at at time zone 'Asia/Shanghai')::date`.as('days'),
    ]);
  query =
    view === 'mine'
      ? query.where('review.reviewerId', '=', personId)
      : query.where('item.schoolId', 'is', null).where(isOfReach('item', officer));
  if (cursor !== undefined) {
    const after = decodeCursor(cursor, ['at', 'id']);
    query = query.where(
      sql<boolean>`(review.asked_at, review.id) > (${after.at}::timestamptz, ${after.id}::uuid)`,
    );
  }
  const found = await query
    .orderBy('review.askedAt')
    .orderBy('review.id')
    .limit(limit + 1)
    .execute();
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(({ at: _at, reviewerId, reviewerName, reviewerSchool, ...row }) => ({
      ...row,
      reviewer: { id: reviewerId, name: reviewerName, schoolName: reviewerSchool },
    })),
    nextCursor: found.length > limit && last !== undefined ? encodeCursor([last.at, last.id]) : null,
  };
};
