import { oc } from '@orpc/contract';
import { z } from 'zod';
import { grade, id, line, made, subject, version } from '#modules/organisation/contract.ts';
import { experimentModes } from '../room-use/vocabulary/contract.ts';

const experiment = z.object({
  id,
  subject,
  grade,
  name: z.string(),
  mode: z.enum(experimentModes),
  version,
});
export type RequiredExperiment = z.infer<typeof experiment>;

export const experimentContract = {
  /** What is required today. */
  listRequiredExperiments: oc
    .input(z.strictObject({}))
    .output(z.object({ rows: z.array(experiment), may: z.object({ edit: z.boolean() }) })),
  addRequiredExperiment: oc
    .input(z.strictObject({ subject, grade, name: line(60), mode: z.enum(experimentModes) }))
    .output(made),
  editRequiredExperiment: oc
    .input(z.strictObject({ id, version, name: line(60), mode: z.enum(experimentModes) }))
    .output(z.object({ version })),
  /** No longer required from today on. */
  endRequiredExperiment: oc.input(z.strictObject({ id, version })).output(z.object({ version })),
};
