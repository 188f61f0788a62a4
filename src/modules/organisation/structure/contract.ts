import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, done, grade, holder, id, rowsVersion, schoolName, stage, subject } from '../shapes/contract.ts';
import { schoolKinds } from '../vocabulary/contract.ts';

const team = z.object({
  id,
  name: z.string(),
  gradeFrom: grade.nullable(),
  gradeTo: grade.nullable(),
  topic: z.string().nullable(),
  holders: z.array(holder),
});

const consortium = z.object({
  id,
  name: z.string(),
  stage,
  heads: z.array(holder),
  schools: z.array(schoolName.extend({ kind: z.enum(schoolKinds), role: z.enum(['base', 'member']) })),
});

const coreGroup = z.object({
  id,
  name: z.string(),
  stage,
  subject,
  holders: z.array(holder),
  teams: z.array(team),
});
export type CoreGroup = z.infer<typeof coreGroup>;

export const structure = z.object({
  asOf: day,
  leadingGroup: z.object({ id: id.nullable(), holders: z.array(holder) }),
  researchOffice: z.object({ id: id.nullable(), holders: z.array(holder) }),
  consortia: z.array(consortium),
  coreGroups: z.array(coreGroup),
  /** One slot per stage and subject with a district group; `school` is null while it is not yet set. */
  subjectBases: z.array(z.object({ stage, subject, school: schoolName.nullable() })),
  subjectBasesVersion: rowsVersion,
  /** Schools of a stage that stand in none of its consortia. */
  schoolsOutside: z.array(schoolName.extend({ stage })),
  may: z.object({ shape: z.boolean(), keep: z.boolean() }),
});
export type Structure = z.infer<typeof structure>;
/** The district of a day, whoever looks at it. */
export type DistrictPicture = Omit<Structure, 'may' | 'subjectBasesVersion'>;

export const structureContract = {
  getStructure: oc.input(z.object({ on: day.optional() })).output(structure),
  setSubjectBase: oc
    .input(z.object({ stage, subject, schoolId: id.nullable(), from: day, version: rowsVersion }))
    .output(done),
  moveSchool: oc
    .input(
      z.object({
        schoolId: id,
        stage,
        /** Null takes the school out of its consortium. */
        consortiumId: id.nullable(),
        role: z.enum(['base', 'member']),
        from: day,
        /** `placesVersion` of the school. */
        version: rowsVersion,
      }),
    )
    .output(done),
};
