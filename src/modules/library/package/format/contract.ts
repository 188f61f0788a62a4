import { z } from 'zod';
import { day, grade, id, stage, subject } from '#modules/organisation/contract.ts';
import { content, sectionKey } from '../../content/contract.ts';
import { itemKind } from '../../shapes/contract.ts';
import { volumeParts } from '../../textbook/vocabulary/contract.ts';

export const packageFormat = 'yanxun-package';
export const packageVersion = 1;
export const manifestPath = 'manifest.json';
export const readmePath = 'README.txt';
export const itemFileName = 'item.json';

const words = (most: number) => z.string().max(most);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const moment = z.iso
  .datetime()
  .refine((text) => text >= '1900' && text < '2200', '时间应在1900年到2199年之间');
const numbered = z.strictObject({ number: z.int().min(0).max(999).nullable(), title: words(200).min(1) });

/** A place in a textbook in words: no other district knows this one's ids. */
export const textbookPlace = z.strictObject({
  stage,
  subject,
  publisher: words(100).min(1),
  revisionYear: z.int().min(1950).max(2100),
  grade: grade.nullable(),
  part: z.enum(volumeParts).nullable(),
  unit: numbered.nullable(),
  lesson: numbered.nullable(),
});
export type PlaceInWords = z.infer<typeof textbookPlace>;

/** Places that cells refer to, by what stands in the cell. */
const textbook = z.record(id, textbookPlace);

const credited = z.strictObject({ name: words(100).min(1), school: words(200).nullable() });

/** By name alone: who they are is known where they work. */
export const writers = z.strictObject({
  contributors: z.array(credited).max(500),
  /** Whose suggestions came out in a version, with the sections. */
  credits: z.array(credited.extend({ sections: z.array(sectionKey).max(60) })).max(2_000),
  publishedBy: words(100).min(1),
});
export type Writers = z.infer<typeof writers>;

const packagedVersion = writers.extend({
  number: z.int().positive(),
  title: words(80).min(1),
  note: words(2_000),
  publishedAt: moment,
  content,
});
export type PackagedVersion = z.infer<typeof packagedVersion>;

const path = words(400).min(1);
const packagedFile = z.strictObject({
  path,
  name: words(300).min(1),
  size: z.int().positive(),
  sha256: hash,
});
const packagedLink = z.strictObject({ url: words(2_000), accessCode: words(40), expiresOn: day.nullable() });
const attachment = z.union([
  z.strictObject({ title: words(200).min(1), file: packagedFile }),
  z.strictObject({ title: words(200).min(1), link: packagedLink }),
]);
export type PackagedAttachment = z.infer<typeof attachment>;

const origin = z.strictObject({ district: words(100), school: words(200).nullable() });
export type PackageOrigin = z.infer<typeof origin>;

export const packagedItem = z.strictObject({
  id,
  kind: itemKind,
  title: words(80).min(1),
  summary: words(500),
  stage,
  subject,
  grade,
  place: textbookPlace.nullable(),
  /** Where it was first made; its school, where it was one's own. */
  origin,
  shared: z.boolean(),
  locked: z.array(sectionKey).max(60),
  /** From the first to the one that is read. */
  versions: z.array(packagedVersion).min(1).max(1_000),
  textbook,
  attachments: z.array(attachment).max(100),
  pictures: z.array(packagedFile).max(1_000),
});
export type PackagedItem = z.infer<typeof packagedItem>;

/** What an item keeps of the package it came in by. */
export interface ItemCameWith {
  readonly origin: PackageOrigin;
  readonly place: PlaceInWords | null;
  /** Of the places that were not found here. */
  readonly textbook: Readonly<Record<string, PlaceInWords>>;
}

const manifestItem = z.strictObject({
  id,
  folder: path,
  kind: itemKind,
  title: words(80),
  stage,
  subject,
  grade,
  versions: z.int().positive(),
  /** School-made forms that lie beside it for reading. */
  adaptations: z.int().min(0),
  /** For catalogues of other systems; nothing is read from it. */
  lom: z.record(z.string(), z.unknown()),
});
export type ManifestItem = z.infer<typeof manifestItem>;

const manifestFile = z.strictObject({ path, size: z.int().min(0), sha256: hash });
export type ManifestFile = z.infer<typeof manifestFile>;

export const manifest = z.strictObject({
  format: z.literal(packageFormat),
  version: z.literal(packageVersion),
  madeAt: moment,
  from: z.strictObject({ district: words(100) }),
  items: z.array(manifestItem),
  files: z.array(manifestFile),
  /** What could not be given along, in words. */
  leftOut: z.array(z.strictObject({ item: id, sentence: words(500) })),
});
export type Manifest = z.infer<typeof manifest>;
