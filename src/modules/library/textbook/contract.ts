import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, grade, id, line, stage, subject, version } from '#modules/organisation/contract.ts';
import { textbookLevels, volumeParts } from './vocabulary/contract.ts';

export * from './vocabulary/contract.ts';

const hours = z.number().int().nullable();
const withdrawn = { withdrawnOn: day.nullable(), withdrawnReason: z.string().nullable() };

const edition = z.object({
  id,
  subject,
  stage,
  publisher: z.string(),
  revisionYear: z.number().int(),
  ...withdrawn,
  version,
});
export type Edition = z.infer<typeof edition>;

const volume = z.object({
  id,
  editionId: id,
  grade,
  part: z.enum(volumeParts),
  /** Standing ones. */
  units: z.number().int(),
  lessons: z.number().int(),
});
export type Volume = z.infer<typeof volume>;

const lesson = z.object({
  id,
  unitId: id,
  number: z.number().int().nullable(),
  title: z.string(),
  plannedHours: hours,
  ...withdrawn,
});
export type Lesson = z.infer<typeof lesson>;

const unit = z.object({
  id,
  volumeId: id,
  number: z.number().int().nullable(),
  title: z.string(),
  /** Of its own, else what its standing lessons add up to; null where neither says. */
  plannedHours: hours,
  ...withdrawn,
  /** Standing ones in the book's order, then those withdrawn. */
  lessons: z.array(lesson),
});
export type Unit = z.infer<typeof unit>;

const named = z.object({ id, number: z.number().int().nullable(), title: z.string() });

/** Where an edition, volume, unit or lesson stands, with every name above it. */
const path = z.object({
  id,
  level: z.enum(textbookLevels),
  stage,
  subject,
  edition: z.object({ id, publisher: z.string(), revisionYear: z.number().int() }),
  /** Null for an edition. */
  volume: z.object({ id, grade, part: z.enum(volumeParts) }).nullable(),
  unit: named.nullable(),
  lesson: named.nullable(),
  /** It, or something above it, is withdrawn: since when, and why. */
  ...withdrawn,
});
export type TextbookPath = z.infer<typeof path>;

export const textbookContract = {
  /** Editions of a subject in a stage with their volumes, the newest revision first. */
  getTextbooks: oc.input(z.object({ stage, subject })).output(
    z.object({
      asOf: day,
      editions: z.array(edition.extend({ volumes: z.array(volume) })),
      may: z.object({ edit: z.boolean() }),
    }),
  ),
  getVolume: oc.input(z.object({ volumeId: id })).output(
    z.object({
      asOf: day,
      path,
      /** Standing ones in the book's order, then those withdrawn. */
      units: z.array(unit),
    }),
  ),
  getTextbookPath: oc.input(z.object({ id })).output(path),
  withdrawEdition: oc
    .input(z.object({ editionId: id, version, from: day, reason: line(200) }))
    .output(z.object({ version })),
  restoreEdition: oc.input(z.object({ editionId: id, version })).output(z.object({ version })),
};
