import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, dayCursor, grade, id, posts, subject, version } from '#modules/organisation/contract.ts';
import { criterionEntry, filledText, instant, rubricCriterion, slot, text } from '../shapes/contract.ts';
import { modes } from '../vocabulary/contract.ts';
import {
  calibrationParts,
  calibrationStates,
  calibrationSteps,
  calibrationViews,
  counted,
} from './vocabulary/contract.ts';

export * from './vocabulary/contract.ts';

const people = z.array(id).max(600);

/** The lesson in words; there is no field for its teacher. */
export const calibrationPlan = z.object({
  title: filledText(80),
  subject,
  grade,
  topic: filledText(100),
  mode: z.enum(modes),
  /** Of a live lesson, all three; of a film none. */
  schoolId: id.nullable(),
  dayOn: day.nullable(),
  slot: slot.nullable(),
  note: text(500),
  raters: people,
  panel: z.array(id).max(30),
  /** The last day on which one may submit. */
  deadlineOn: day,
});
export type CalibrationPlan = z.infer<typeof calibrationPlan>;

const calibrationRow = z.object({
  id,
  title: z.string(),
  subject,
  grade,
  topic: z.string(),
  mode: z.enum(modes),
  schoolName: z.string().nullable(),
  dayOn: day.nullable(),
  slot: slot.nullable(),
  deadlineOn: day,
  state: z.enum(calibrationStates),
  organisedByName: z.string(),
  /** Of the caller. */
  invitedAs: z.enum(calibrationParts).nullable(),
  rated: z.boolean(),
});
export type CalibrationRow = z.infer<typeof calibrationRow>;

const share = z.object({ within: z.number().int(), of: z.number().int() });
/** Of one criterion over all raters. */
const criterionFigures = z.object({
  code: z.string(),
  counts: z.record(z.enum(counted), z.number().int()),
  /** Of the reference: 1 not seen, 2 partly, 3 seen well; null where too few of it noted a step. */
  median: z.number().nullable(),
  /** Raters within one step of the median; null where too few noted a step. */
  share: share.nullable(),
});
export type CriterionFigures = z.infer<typeof criterionFigures>;

const figures = z.object({
  raters: z.number().int(),
  /** Whose median the values are held against. */
  reference: z.enum(calibrationParts),
  criteria: z.array(criterionFigures),
});
export type Figures = z.infer<typeof figures>;

const alpha = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('too-few') }),
  /** No criterion was noted by two raters. */
  z.object({ kind: z.literal('no-pairs') }),
  /** All noted the same step everywhere: there is nothing to compare agreement with. */
  z.object({ kind: z.literal('uniform') }),
  z.object({
    kind: z.literal('figure'),
    alpha: z.number(),
    interval: z.object({ low: z.number(), high: z.number() }).nullable(),
    /** That stand behind it. */
    raters: z.number().int(),
    criteria: z.number().int(),
  }),
]);
export type Alpha = z.infer<typeof alpha>;

const named = z.object({ id, name: z.string(), schoolName: z.string().nullable() });

const calibrationDetail = calibrationRow.extend({
  version,
  note: z.string(),
  schoolId: id.nullable(),
  /** The edition in force when it was opened; of a draft, that of today. */
  rubric: z.array(rubricCriterion),
  /** What the caller submitted. */
  rating: z.object({ version, entries: z.array(criterionEntry), savedAt: instant }).nullable(),
  /** For the caller alone, once it is closed and the caller submitted; null figures: too few raters. */
  own: z.object({ figures: figures.nullable(), share: share.nullable() }).nullable(),
  /** For whoever organises. */
  organised: z
    .object({
      raters: z.array(named),
      panel: z.array(named),
      /** How many submitted. */
      ratedRaters: z.number().int(),
      ratedPanel: z.number().int(),
      /** Once it is closed; null figures: too few raters. */
      sum: z.object({ figures: figures.nullable(), alpha }).nullable(),
    })
    .nullable(),
  steps: z.array(z.enum(calibrationSteps)),
  mayRate: z.boolean(),
});
export type CalibrationDetail = z.infer<typeof calibrationDetail>;

const edit = { id, version };
const made = z.object({ ...edit, state: z.enum(calibrationStates) });

export const calibrationContract = {
  /** Principals and vice-principals with their schools. */
  startCalibration: oc.input(z.object({})).output(
    z.object({
      leaders: z.array(
        z.object({
          personId: id,
          name: z.string(),
          post: z.enum(posts),
          schoolId: id,
          schoolName: z.string(),
        }),
      ),
    }),
  ),
  makeCalibration: oc.input(calibrationPlan).output(made),
  changeCalibration: oc.input(calibrationPlan.extend(edit)).output(made),
  openCalibration: oc.input(z.object(edit)).output(made),
  extendCalibration: oc.input(z.object({ ...edit, deadlineOn: day })).output(made),
  closeCalibration: oc.input(z.object(edit)).output(made),
  /** `version` 0 is the first time; each later one stands beside those before it. */
  rateCalibration: oc
    .input(z.object({ id, version: z.int32().min(0), entries: z.array(criterionEntry).max(20) }))
    .output(z.object({ version })),
  getCalibration: oc.input(z.object({ id })).output(calibrationDetail),
  listCalibrations: oc
    .input(
      z.object({
        view: z.enum(calibrationViews),
        cursor: dayCursor.optional(),
        limit: z.number().int().min(1).max(100).default(30),
      }),
    )
    .output(z.object({ rows: z.array(calibrationRow), nextCursor: z.string().nullable(), asOf: instant })),
};
