import { oc } from '@orpc/contract';
import { z } from 'zod';
import { planStatuses, planSubjects, questionKinds } from '../roster/contract.ts';
import { day, id, stage, version } from '../shapes/contract.ts';
import { schoolKinds } from '../vocabulary/contract.ts';

const count = z.number().int();

/** The figures of a roster, as `npm run import -- roster FILE --json` prints them. */
const counts = z.object({
  juniorNames: count,
  primaryNames: count,
  distinctNames: count,
  coreGroups: count,
  gradeTeams: count,
  consortia: count,
  schools: count,
  people: count,
  appointments: count,
  emptySubjectBaseSlots: count,
});

const question = z.object({
  kind: z.enum(questionKinds),
  text: z.string(),
  cell: z.string(),
  candidates: z.array(z.string()).optional(),
  restored: z.string().optional(),
  alias: z.object({ text: z.string(), stage: stage.nullable() }).optional(),
  person: z.object({ name: z.string(), cells: z.array(z.string()) }).optional(),
});

const changes = z.object({ new: count, changed: count, unchanged: count });

export const rosterSummary = z.object({
  counts,
  questions: z.array(question),
  changes,
  /** What has been written of it so far. */
  applied: changes.nullable(),
});
export type RosterSummary = z.infer<typeof rosterSummary>;

export const rosterDecision = z.discriminatedUnion('about', [
  z.object({
    about: z.literal('person'),
    cell: z.string().max(200),
    name: z.string().max(40),
    is: z.union([z.literal('new'), z.object({ id }), z.object({ cell: z.string().max(200) })]),
  }),
  z.object({
    about: z.literal('alias'),
    alias: z.string().max(60),
    stage: stage.nullable(),
    school: z.string().max(60),
  }),
  z.object({
    about: z.literal('new-school'),
    name: z.string().max(60),
    alias: z.string().max(60),
    stage,
    kind: z.enum(schoolKinds),
    parent: z.string().max(60).nullable(),
  }),
]);

const row = z.object({
  number: count,
  status: z.enum(planStatuses),
  about: z.enum(planSubjects),
  text: z.string(),
  reason: z.string(),
  cell: z.string(),
});

const heading = z.object({
  id,
  title: z.string(),
  broughtBy: z.string(),
  broughtAt: z.iso.datetime(),
  activeFrom: day,
  appliedAt: z.iso.datetime().nullable(),
  appliedBy: z.string().nullable(),
  version,
});

/** Questions shown at once; a longer list is a wrong file. */
export const shownQuestions = 300;

export const rosterPage = z.object({
  importId: id,
  status: z.enum(planStatuses).optional(),
  /** The number of the last row seen. */
  cursor: z.string().regex(/^\d+$/).optional(),
  limit: z.number().int().min(1).max(100).default(50),
});
export type RosterPage = z.infer<typeof rosterPage>;

export const rosterImportContract = {
  listRosterImports: oc.input(z.object({})).output(
    z.object({
      rows: z.array(
        heading.extend({
          questions: count,
          changes,
          applied: changes.nullable(),
        }),
      ),
    }),
  ),
  getRosterImport: oc.input(z.object({ importId: id })).output(
    heading.extend({
      counts,
      changes,
      applied: changes.nullable(),
      questions: z.array(
        question.extend({
          /** Candidates as a person reads them: names of schools, or people with their school. */
          choices: z.array(z.object({ value: z.string(), label: z.string() })),
        }),
      ),
      moreQuestions: count,
      decisions: z.array(rosterDecision),
    }),
  ),
  listRosterRows: oc
    .input(rosterPage)
    .output(z.object({ rows: z.array(row), nextCursor: z.string().nullable(), asOf: z.iso.datetime() })),
  decideRoster: oc
    .input(z.object({ importId: id, version, decisions: z.array(rosterDecision).max(500) }))
    .output(z.object({ version })),
  applyRoster: oc.input(z.object({ importId: id, version })).output(z.object({ version, changes })),
  dropRoster: oc.input(z.object({ importId: id })).output(z.object({})),
};
