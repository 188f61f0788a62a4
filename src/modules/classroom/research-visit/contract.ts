import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, dayCursor, id, schoolName, stage, subject, version } from '#modules/organisation/contract.ts';
import { visitStates, visitSteps } from './vocabulary/contract.ts';

export * from './vocabulary/contract.ts';

const text = (most: number) => z.string().trim().max(most, `最多 ${most} 字`);
const instant = z.iso.datetime();

export const visitPlan = z.object({
  schoolId: id,
  stage,
  dayOn: day,
  /** Null: the whole school. */
  subject: subject.nullable(),
  focus: text(500),
  announced: z.boolean(),
  team: z.array(id).min(1, '请至少选一位巡研人员').max(20),
});
export type VisitPlan = z.infer<typeof visitPlan>;

const visitRow = z.object({
  id,
  schoolId: id,
  schoolName: z.string(),
  stage,
  dayOn: day,
  subject: subject.nullable(),
  focus: z.string(),
  announced: z.boolean(),
  state: z.enum(visitStates),
  /** In the order they were named. */
  teamNames: z.array(z.string()),
});
export type VisitRow = z.infer<typeof visitRow>;

const visitDetail = visitRow.extend({
  version,
  team: z.array(id),
  seen: z.string(),
  highlights: z.string(),
  plannedByName: z.string(),
  sharedAt: instant.nullable(),
  cancelReason: z.string().nullable(),
  /** How often what was shared has been corrected. */
  corrections: z.number().int(),
  steps: z.array(z.enum(visitSteps)),
});
export type VisitDetail = z.infer<typeof visitDetail>;

const place = z.object({
  stage,
  consortiumId: id,
  consortiumName: z.string(),
  schoolId: id,
  schoolName: z.string(),
  /** Carried out this term. */
  visits: z.number().int(),
  /** The next one that is planned. */
  plannedOn: day.nullable(),
});
export type VisitPlace = z.infer<typeof place>;

const made = z.object({ id, version, state: z.enum(visitStates) });

export const researchVisitContract = {
  planVisit: oc.input(visitPlan).output(made),
  changeVisit: oc.input(visitPlan.extend({ id, version })).output(made),
  recordVisit: oc
    .input(z.object({ id, version, seen: text(4000).min(1, '请写看到的情况'), highlights: text(4000) }))
    .output(made),
  shareVisit: oc.input(z.object({ id, version })).output(made),
  cancelVisit: oc.input(z.object({ id, version, reason: text(200).min(1, '请写明取消的原因') })).output(made),
  getVisit: oc.input(z.object({ id })).output(visitDetail),
  listVisits: oc
    .input(
      z
        .object({
          state: z.enum(visitStates).optional(),
          schoolId: id.optional(),
          stage: stage.optional(),
          from: day.optional(),
          to: day.optional(),
          /** Only what was carried out. */
          visited: z.boolean().optional(),
          /** Only what is still to come: from the caller's today on, not cancelled, the nearest first. */
          upcoming: z.boolean().default(false),
          cursor: dayCursor.optional(),
          limit: z.number().int().min(1).max(100).default(30),
        })
        .prefault({}),
    )
    .output(z.object({ rows: z.array(visitRow), nextCursor: z.string().nullable(), asOf: instant })),
  /** Every unit of every consortium with its visits of the term, in the district's usual order. */
  visitPlanner: oc.input(z.object({ termId: id.optional() }).prefault({})).output(
    z.object({
      term: z.object({ id, name: z.string() }),
      from: day,
      to: day,
      places: z.array(place),
      asOf: instant,
    }),
  ),
  /** Schools by stage, and the people who go on visits. */
  startVisit: oc.input(z.object({})).output(
    z.object({
      schools: z.array(schoolName.extend({ stages: z.array(stage) })),
      people: z.array(z.object({ id, name: z.string(), initials: z.string() })),
    }),
  ),
};
