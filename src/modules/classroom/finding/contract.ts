import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, dayCursor, grade, id, schoolName, subject, version } from '#modules/organisation/contract.ts';
import { passOnContract } from './pass-on/contract.ts';
import {
  findingActs,
  findingFlags,
  findingKinds,
  findingRoles,
  findingSides,
  findingSources,
  findingStates,
  findingSteps,
  findingTypes,
  responsiblePosts,
} from './vocabulary/contract.ts';

export * from './vocabulary/contract.ts';

const text = (most: number) => z.string().trim().max(most, `最多 ${most} 字`);
const instant = z.iso.datetime();

const handOver = z.object({
  deadlineOn: day,
  /** A post of the school, or inside a school one person. */
  responsiblePost: z.enum(responsiblePosts).nullable(),
  responsibleId: id.nullable(),
  /** Null: whoever hands over looks again. */
  checkerId: id.nullable(),
});
export type HandOver = z.infer<typeof handOver>;

export const newFinding = z.object({
  kind: z.enum(findingKinds),
  source: z.enum(findingSources),
  sourceId: id.nullable(),
  schoolId: id,
  subject: subject.nullable(),
  grade: grade.nullable(),
  place: text(60),
  type: z.enum(findingTypes),
  description: text(1000).min(1, '请写清发现了什么问题'),
  advice: text(1000),
  repeatsId: id.nullable(),
  /** Null: it is registered and handed over later. */
  handOver: handOver.nullable(),
});
export type NewFinding = z.infer<typeof newFinding>;

const findingRow = z.object({
  id,
  kind: z.enum(findingKinds),
  source: z.enum(findingSources),
  schoolId: id,
  schoolName: z.string(),
  subject: subject.nullable(),
  grade: grade.nullable(),
  place: z.string(),
  type: z.enum(findingTypes),
  description: z.string(),
  foundOn: day,
  state: z.enum(findingStates),
  deadlineOn: day.nullable(),
  /** A mark, never a lock. */
  overdue: z.boolean(),
  sentBack: z.number().int(),
  repeated: z.boolean(),
  /** Stands in the district's figures. */
  counted: z.boolean(),
});
export type FindingRow = z.infer<typeof findingRow>;

const findingEvent = z.object({
  number: z.number().int(),
  act: z.enum(findingActs),
  side: z.enum(findingSides),
  role: z.enum(findingRoles),
  /** Null where the reader sees the school and the post only. */
  personName: z.string().nullable(),
  text: z.string(),
  dayOn: day.nullable(),
  at: instant,
});
export type FindingEvent = z.infer<typeof findingEvent>;

const findingDetail = findingRow.extend({
  version,
  sourceId: id.nullable(),
  advice: z.string(),
  foundByName: z.string().nullable(),
  responsiblePost: z.enum(responsiblePosts).nullable(),
  responsibleName: z.string().nullable(),
  checkerName: z.string().nullable(),
  handedOverOn: day.nullable(),
  answerUntil: day.nullable(),
  acceptedOn: day.nullable(),
  doneOn: day.nullable(),
  closedOn: day.nullable(),
  extensionOn: day.nullable(),
  repeats: z.object({ id, foundOn: day, description: z.string() }).nullable(),
  events: z.array(findingEvent),
  /** What the reader may do now; the first is the way on, if it is the reader's. */
  acts: z.array(z.enum(findingActs)),
});
export type FindingDetail = z.infer<typeof findingDetail>;

const filters = {
  kind: z.enum(findingKinds).optional(),
  state: z.enum(findingStates).optional(),
  type: z.enum(findingTypes).optional(),
  flag: z.enum(findingFlags).optional(),
  schoolId: id.optional(),
  subject: subject.optional(),
  source: z.enum(findingSources).optional(),
  sourceId: id.optional(),
  from: day.optional(),
  to: day.optional(),
  /** Only what stands in the district's figures. */
  counted: z.boolean().optional(),
};

const figures = z.object({
  total: z.number().int(),
  open: z.number().int(),
  overdue: z.number().int(),
  closed: z.number().int(),
  /** Closed or sent back at least once: what `sentBack` is a share of. */
  rechecked: z.number().int(),
  sentBack: z.number().int(),
  repeated: z.number().int(),
  /** From handing over to closing; null while nothing is closed. */
  medianDays: z.number().nullable(),
});
export type FindingFigures = z.infer<typeof figures>;

const person = z.object({ id, name: z.string(), initials: z.string() });

const made = z.object({ id, version, state: z.enum(findingStates) });

export const findingContract = {
  ...passOnContract,
  /** Kinds and schools a finding may be recorded for, with the deadline proposed. */
  startFinding: oc.input(z.object({})).output(
    z.object({
      kinds: z.array(
        z.object({
          kind: z.enum(findingKinds),
          schools: z.array(schoolName),
          /** Registers and hands over at once; otherwise it waits for somebody who may. */
          mayHandOver: z.boolean(),
        }),
      ),
      deadlineOn: day,
      answerDays: z.number().int(),
    }),
  ),
  /** Earlier findings it may repeat, and the people it may be given to. */
  proposeForFinding: oc
    .input(
      z.object({
        kind: z.enum(findingKinds),
        schoolId: id,
        type: z.enum(findingTypes).optional(),
        subject: subject.optional(),
        except: id.optional(),
      }),
    )
    .output(
      z.object({
        repeats: z.array(findingRow),
        people: z.array(person),
        checkers: z.array(person),
        /** Posts of the school that somebody holds. */
        leaderPosts: z.array(z.enum(responsiblePosts)),
      }),
    ),
  registerFinding: oc.input(newFinding).output(made),
  handOverFinding: oc.input(handOver.extend({ id, version })).output(made),
  changeFindingChecker: oc.input(z.object({ id, version, checkerId: id, text: text(200) })).output(made),
  takeFindingStep: oc
    .input(
      z.object({
        id,
        version,
        step: z.enum(findingSteps),
        text: text(2000),
        dayOn: day.nullable().default(null),
      }),
    )
    .output(made),
  getFinding: oc.input(z.object({ id })).output(findingDetail),
  listFindings: oc
    .input(
      z
        .object({
          ...filters,
          cursor: dayCursor.optional(),
          limit: z.number().int().min(1).max(100).default(30),
        })
        .prefault({}),
    )
    .output(z.object({ rows: z.array(findingRow), nextCursor: z.string().nullable(), asOf: instant })),
  /** What waits for the caller, the nearest deadline first. */
  listFindingsWaiting: oc
    .input(z.object({ limit: z.number().int().min(1).max(100).default(20) }).prefault({}))
    .output(z.object({ rows: z.array(findingRow), total: z.number().int(), asOf: instant })),
  /** The district's figures of a term by school and by type; a school's leaders see their own school. */
  findingFigures: oc.input(z.object({ termId: id.optional() }).prefault({})).output(
    z.object({
      term: z.object({ id, name: z.string(), startsOn: day, endsOn: day }),
      /** Findings of the holidays belong to the term before them. */
      from: day,
      to: day,
      all: figures,
      schools: z.array(figures.extend({ schoolId: id, schoolName: z.string(), placeName: z.string() })),
      types: z.array(figures.extend({ type: z.enum(findingTypes) })),
      answerDays: z.number().int(),
      asOf: instant,
    }),
  ),
};
