import { oc } from '@orpc/contract';
import { z } from 'zod';
import {
  codeSetIds,
  followUpKinds,
  phaseKinds,
  questionTypes,
  stSymbols,
  stVariants,
} from './vocabulary/contract.ts';

export * from './vocabulary/contract.ts';

const instant = z.iso.datetime();
/** Whole seconds since `startedAt`; a day of the longest recording. */
const seconds = z.number().int().min(0).max(36_000);
const count = z.number().int().min(0).max(9999);
const interval = z.union([z.literal(15), z.literal(20), z.literal(30)]);

/** Each change of phase with its own words; a phase lasts until the next, the last until `endAt`. */
const phases = z.object({
  startedAt: instant,
  endAt: seconds.nullable(),
  changes: z.array(z.tuple([seconds, z.enum(phaseKinds), z.string().max(40)])).max(100),
});
export type Phases = z.infer<typeof phases>;

/** A teacher's question with the follow-ups on its answer; a follow-up's kind may stay open. */
const question = z.tuple([z.enum(questionTypes), z.array(z.enum(followUpKinds).nullable()).max(30)]);
export type Question = z.infer<typeof question>;

const talk = z.object({ iMessages: count, youMessages: count, quotation: z.string().max(300) });

const variant = z.enum(stVariants);
const stRecord = z.discriminatedUnion('source', [
  z.object({
    source: z.literal('taps'),
    variant,
    interval,
    startedAt: instant,
    endAt: seconds.nullable(),
    changes: z.array(z.tuple([seconds, z.enum(stSymbols)])).max(1500),
  }),
  /** Samples taken with another tool. */
  z.object({
    source: z.literal('samples'),
    variant,
    interval,
    samples: z
      .string()
      .regex(/^[TSD]+$/)
      .max(2400),
  }),
  /** Only the counts of another tool: `g` runs among `n` samples, `nt` of them T. */
  z.object({
    source: z.literal('counts'),
    variant: z.literal('t-s'),
    interval,
    n: count.min(1),
    nt: count,
    g: count.min(1),
  }),
]);
export type StRecord = z.infer<typeof stRecord>;
export type StTaps = Extract<StRecord, { source: 'taps' }>;

/** Codes of a recording, one for every three seconds, separated by a space. */
const coding = z.object({
  codeSet: z.enum(codeSetIds),
  codes: z
    .string()
    .max(15_000)
    .regex(/^(?:\d{1,2}(?:\.\d)?(?: \d{1,2}(?:\.\d)?)*)?$/),
});
export type Coding = z.infer<typeof coding>;

/** What was tapped, never what follows from it. */
export const lensContent = z.object({
  phases: phases.nullable(),
  questions: z.array(question).max(300),
  talk,
  st: stRecord.nullable(),
  coding: coding.nullable(),
});
export type LensContent = z.infer<typeof lensContent>;

const edit = { id: z.uuid(), version: z.number().int().min(0), content: lensContent };
const saved = z.object({ id: z.uuid(), version: z.number(), savedAt: instant });

const lensDetail = z.object({
  /** Null when nothing was looked at through an instrument. */
  content: lensContent.nullable(),
  version: z.number(),
  savedAt: instant.nullable(),
  /** Changes after the first fixed content, oldest first. */
  corrections: z.array(z.object({ number: z.number(), reason: z.string(), madeAt: instant })),
});
export type LensDetail = z.infer<typeof lensDetail>;

/** `id` is the observation's. */
export const lensContract = {
  getLens: oc.input(z.object({ id: z.uuid() })).output(lensDetail),
  /** Autosave; `version` 0 makes it. */
  saveLens: oc.input(z.object(edit)).output(saved),
  correctLens: oc
    .input(
      z.object({
        ...edit,
        reason: z
          .string()
          .max(200)
          .refine((value) => value.trim() !== ''),
      }),
    )
    .output(saved),
};
