import { oc } from '@orpc/contract';
import { z } from 'zod';
import { id, version } from '#modules/organisation/contract.ts';
import { content } from '../content/contract.ts';
import { instant, itemKind, personName, text, textbookNames, title } from '../shapes/contract.ts';
import { roundStates, verdicts } from '../vocabulary/contract.ts';

const review = z.object({
  id,
  version,
  reviewer: personName,
  verdict: z.enum(verdicts).nullable(),
  remark: z.string(),
  askedAt: instant,
  decidedAt: instant.nullable(),
});

const submission = z.object({
  number: z.int(),
  note: z.string(),
  submittedByName: z.string(),
  submittedAt: instant,
  reviews: z.array(review),
});

const roundDetail = z.object({
  id,
  version,
  itemId: id,
  kind: itemKind,
  title,
  /** Null: the district's. */
  schoolId: id.nullable(),
  schoolName: z.string().nullable(),
  subject: z.string(),
  grade: z.int(),
  state: z.enum(roundStates),
  base: z.int().nullable(),
  mainPreparer: personName,
  contributors: z.array(personName),
  submissions: z.array(submission),
  /** As it stands now, or as it was last submitted. */
  content,
  textbook: textbookNames,
  /** What must be mended before it can be submitted. */
  problems: z.array(z.string()),
  /** How many reviewers it takes. */
  reviewers: z.int(),
  may: z.object({
    write: z.boolean(),
    /** Remarks on passages, in any state before the end. */
    remark: z.boolean(),
    submit: z.boolean(),
    takeBack: z.boolean(),
    drop: z.boolean(),
    publish: z.boolean(),
    /** The caller's own review that waits for a verdict. */
    review: id.nullable(),
  }),
});
export type RoundDetail = z.infer<typeof roundDetail>;

const edit = { id, version };
const moved = z.object({ id, version, state: z.enum(roundStates) });
/** Somebody who may review, with how much waits for him; never one who wrote. */
const candidate = personName.extend({ waiting: z.int(), proposed: z.boolean() });

const reviewRow = z.object({
  id,
  roundId: id,
  kind: itemKind,
  title: z.string(),
  subject: z.string(),
  grade: z.int(),
  schoolName: z.string().nullable(),
  reviewer: personName,
  mainPreparerName: z.string(),
  askedAt: instant,
  /** Whole days it has waited. */
  days: z.int(),
});

export const roundContract = {
  startRound: oc.input(z.object({ itemId: id })).output(moved),
  getRound: oc.input(z.object({ id })).output(roundDetail),
  listReviewers: oc.input(z.object({ id })).output(z.object({ rows: z.array(candidate) })),
  submitRound: oc.input(z.object({ ...edit, note: text(500), reviewers: z.array(id).max(4) })).output(moved),
  /** Back to writing, while nobody has decided yet. */
  takeBackRound: oc.input(z.object(edit)).output(moved),
  dropRound: oc.input(z.object(edit)).output(moved),
  decideReview: oc
    .input(z.object({ ...edit, verdict: z.enum(verdicts), remark: text(1000) }))
    .output(z.object({ roundId: id, state: z.enum(roundStates) })),
  publishRound: oc.input(z.object({ ...edit, note: text(500) })).output(moved),
  /** Oldest first: what waits for the caller, or in the fields whose officer the caller is. */
  listReviews: oc
    .input(
      z.object({
        view: z.enum(['mine', 'all']),
        cursor: z.string().max(300).optional(),
        limit: z.int().min(1).max(100).default(30),
      }),
    )
    .output(z.object({ rows: z.array(reviewRow), nextCursor: z.string().nullable(), asOf: instant })),
};
