import { oc } from '@orpc/contract';
import { z } from 'zod';
import { grade, id, subject } from '#modules/organisation/contract.ts';
import { instant } from '../shapes/contract.ts';

/** Of one lead subject in one school and term. */
const subjectCount = z.object({
  subject,
  /** First published in the term, each for its lead subject alone. */
  cases: z.array(z.object({ id, title: z.string(), grade, hours: z.number() })),
  /** By grade: hours of theme cases, and the subject's lessons of the term by the timetable. */
  grades: z.array(z.object({ grade, hours: z.number(), planned: z.number().nullable() })),
});

export const themeCaseContract = {
  /** A school's cases of the term against 5–8 for each subject (五(一)5) and a tenth of the hours; no school is ranked. */
  getThemeCases: oc.input(z.object({ schoolId: id.optional() })).output(
    z.object({
      term: z.string(),
      school: z.object({ id, name: z.string() }).nullable(),
      schools: z.array(z.object({ id, name: z.string(), cases: z.int() })),
      wanted: z.object({ from: z.int(), to: z.int() }),
      subjects: z.array(subjectCount),
      asOf: instant,
    }),
  ),
};
