import { oc } from '@orpc/contract';
import { z } from 'zod';
import {
  changed,
  dated,
  day,
  done,
  holder,
  id,
  line,
  made,
  rowsVersion,
  schoolName,
  stage,
  subject,
  version,
} from '../shapes/contract.ts';
import { posts, schoolKinds } from '../vocabulary/contract.ts';

const alias = z.object({
  id,
  alias: z.string(),
  stage: stage.nullable(),
  status: z.enum(['confirmed', 'proposed']),
  source: z.string(),
});

const kindOfSchool = z.enum(schoolKinds);

export const schoolRow = schoolName.extend({
  kind: kindOfSchool,
  stages: z.array(stage),
  parentId: id.nullable(),
});
export type SchoolRow = z.infer<typeof schoolRow>;

export const school = z.object({
  id,
  name: z.string(),
  kind: kindOfSchool,
  stages: z.array(stage),
  identifierCode: z.string().nullable(),
  ...dated,
  version,
  parent: schoolName.nullable(),
  children: z.array(schoolName.extend({ kind: kindOfSchool })),
  aliases: z.array(alias),
  consortia: z.array(schoolName.extend({ stage, role: z.enum(['base', 'member']) })),
  placesVersion: rowsVersion,
  subjectBases: z.array(z.object({ stage, subject })),
  leaders: z.array(holder),
  peopleCount: z.number().int(),
  /** What the viewer may do here, so that the page shows no button that would be refused. */
  may: z.object({ edit: z.boolean() }),
});
export type School = z.infer<typeof school>;

/** What ends with a school, said before it is closed. */
export const closeEffect = z.object({
  /** Principal, vice-principals and deans, by post. */
  leaders: z.array(z.object({ personId: id, name: z.string(), post: z.enum(posts) })),
  /** How many people lose another post here: teachers and subject leads. */
  otherStaff: z.number().int(),
  /** How many people no longer stand for it in a consortium's subject group. */
  groupMembers: z.number().int(),
  consortia: z.array(schoolName.extend({ stage, role: z.enum(['base', 'member']) })),
  subjectBases: z.array(z.object({ stage, subject })),
  /** People whose school it still is on that day. */
  peopleLeft: z.number().int(),
});
export type CloseEffect = z.infer<typeof closeEffect>;

export const schoolFields = z.object({
  name: line(60),
  kind: kindOfSchool,
  stages: z.array(stage).min(1).max(2),
  parentId: id.nullable(),
  /** 学校（机构）标识码 */
  identifierCode: z
    .string()
    .regex(/^\d{10}$/)
    .nullable(),
});
export type SchoolFields = z.infer<typeof schoolFields>;

export const schoolsContract = {
  listSchools: oc
    .input(z.object({ on: day.optional() }))
    .output(z.object({ asOf: day, rows: z.array(schoolRow) })),
  getSchool: oc.input(z.object({ schoolId: id })).output(school),
  addSchool: oc.input(schoolFields.extend({ activeFrom: day })).output(made),
  editSchool: oc.input(schoolFields.extend({ schoolId: id, version })).output(changed),
  previewCloseOfSchool: oc.input(z.object({ schoolId: id, activeTo: day })).output(closeEffect),
  /** Its posts, its seats in subject groups, its places in consortia and its bases end with the day. */
  closeSchool: oc.input(z.object({ schoolId: id, version, activeTo: day })).output(changed),
  listProposedAliases: oc
    .input(z.object({}))
    .output(z.object({ rows: z.array(alias.extend({ schoolId: id, schoolName: z.string() })) })),
  confirmAlias: oc.input(z.object({ aliasId: id })).output(done),
  declineAlias: oc.input(z.object({ aliasId: id })).output(done),
};
