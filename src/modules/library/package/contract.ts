import { oc } from '@orpc/contract';
import { z } from 'zod';
import { grade, id, stage, subject } from '#modules/organisation/contract.ts';
import { itemOwners, longestQuery } from '../search/vocabulary/contract.ts';
import { itemKind } from '../shapes/contract.ts';
import { mostPackageRows, mostTicked, packageStatuses } from './vocabulary/contract.ts';

/** Published items: those named, or what a search or a place gives. */
export const packageSelection = z.object({
  ids: z.array(id).min(1).max(mostTicked).optional(),
  q: z.string().trim().min(1).max(longestQuery).optional(),
  stage: stage.optional(),
  subject: subject.optional(),
  grade: grade.optional(),
  volumeId: id.optional(),
  unitId: id.optional(),
  lessonId: id.optional(),
  kind: itemKind.optional(),
  owner: z.enum(itemOwners).optional(),
  lifeContext: z.boolean().optional(),
});
export type PackageSelection = z.infer<typeof packageSelection>;

const packageRow = z.object({
  id,
  title: z.string(),
  kind: itemKind,
  status: z.enum(packageStatuses),
  /** What to know about it. */
  sentences: z.array(z.string()),
});
export type PackageRow = z.infer<typeof packageRow>;

const packagePlan = z.object({
  fileName: z.string(),
  /** Where it was made, and when. */
  district: z.string(),
  madeAt: z.string(),
  counts: z.record(z.enum(packageStatuses), z.int()),
  rows: z.array(packageRow).max(mostPackageRows),
  notices: z.array(z.string()),
});
export type PackagePlan = z.infer<typeof packagePlan>;

/** Null: the district's; otherwise a school's own. */
const schoolId = id.nullable();

export const packageContract = {
  /** What a package of a selection would hold. */
  describePackage: oc
    .input(packageSelection)
    .output(z.object({ items: z.int(), attachments: z.int(), bytes: z.number(), capped: z.boolean() })),
  /** Where the caller may bring packages in. */
  packageTargets: oc
    .input(z.object({}))
    .output(z.object({ district: z.boolean(), schools: z.array(z.object({ id, name: z.string() })) })),
  /** What importing a package would do; the upload is a whole one of the caller's own. Writes nothing. */
  previewPackage: oc.input(z.object({ uploadId: id, schoolId })).output(packagePlan),
  /** All that is new, in one write; once more changes nothing. */
  applyPackage: oc.input(z.object({ uploadId: id, schoolId })).output(packagePlan),
};
