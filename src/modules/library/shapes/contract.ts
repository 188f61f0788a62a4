import { z } from 'zod';
import { grade, id, stage, subject } from '#modules/organisation/contract.ts';
import { itemKinds } from '../vocabulary/contract.ts';

export const itemKind = z.enum(itemKinds);
export const instant = z.string();
/** Of the texts a page showed (`platform/fingerprint.ts`). */
export const fingerprint = z.string().regex(/^[0-9a-f]{64}$/);
export const text = (longest: number) => z.string().max(longest);
export const title = z.string().trim().min(1).max(80);
export const personName = z.object({ id, name: z.string(), schoolName: z.string().nullable() });

/** Of a published version, or of a revision; no more than the database counts. */
export const versionNumber = z.int32().positive();

/** Where an item belongs: subject and grade always, volume, unit and lesson as far as they are known. */
export const place = z.object({
  stage,
  subject,
  grade,
  volumeId: id.nullable(),
  unitId: id.nullable(),
  lessonId: id.nullable(),
});
export type Place = z.infer<typeof place>;

/** The same in words, as it is read. */
export const placeNames = z.object({
  /** Publisher, year of revision, volume, e.g. `人教版（2024年修订）上册`. */
  volume: z.string().nullable(),
  unit: z.string().nullable(),
  lesson: z.string().nullable(),
  /** The edition has been withdrawn: the item stays, for the year it was made for. */
  outdated: z.boolean(),
});

/** What the units and lessons that cells name are called, by id. */
export const textbookNames = z.record(z.string(), z.string());
