import { oc } from '@orpc/contract';
import { z } from 'zod';
import { id, line, made, stage, subject } from '#modules/organisation/contract.ts';

const name = line(60);
const aliases = z.array(name).max(10);

const competency = z.object({ id, number: z.number().int(), name: z.string(), aliases: z.array(z.string()) });
export type Competency = z.infer<typeof competency>;

const standard = z.object({
  id,
  subject,
  /** Of the curriculum standard: 2022. */
  year: z.number().int(),
  title: z.string(),
  /** Null: came with the platform. */
  addedBy: z.string().nullable(),
  competencies: z.array(competency),
  /** 表现: how they show in a stage, where the standard lists it apart (mathematics). */
  manifestations: z.array(competency.extend({ stage })),
});
export type CompetencyStandard = z.infer<typeof standard>;

const written = z.object({ name, aliases });

export const competencyContract = {
  /** Of one subject, or of all; of each the newest standard first. */
  listCompetencies: oc.input(z.object({ subject: subject.optional() })).output(
    z.object({
      standards: z.array(standard),
      /** Subjects whose lists the caller may add to. */
      mayAddFor: z.array(subject),
    }),
  ),
  /** A later standard stands beside the earlier ones; none is changed or removed. */
  addCompetencyStandard: oc
    .input(
      z.object({
        subject,
        year: z.number().int().min(1950).max(2100),
        title: line(80),
        competencies: z.array(written).min(1).max(20),
        manifestations: z.array(written.extend({ stage })).max(60),
      }),
    )
    .output(made),
};
