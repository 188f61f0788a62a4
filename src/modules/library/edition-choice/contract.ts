import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, grade, id, stage, subject } from '#modules/organisation/contract.ts';

export const schoolYear = z.number().int().min(2000).max(2100);

const edition = z.object({
  id,
  publisher: z.string(),
  revisionYear: z.number().int(),
  withdrawnOn: day.nullable(),
});
export type ChoosableEdition = z.infer<typeof edition>;

/** 0 where nothing was ever chosen; another one means somebody was faster. */
const choiceVersion = z.int32().min(0).max(2_147_483_646);

const row = z.object({
  subject,
  stage,
  grade,
  version: choiceVersion,
  /** In use; null until somebody chooses. */
  chosen: edition.nullable(),
  chosenBy: z.string().nullable(),
  chosenAt: z.iso.datetime().nullable(),
  /** What was in use the year before, where nothing is chosen: somebody has to confirm it. */
  proposal: edition.extend({ fromYear: schoolYear }).nullable(),
  /** A newer revision of the same publisher that could be chosen in place of what is chosen or proposed. */
  newer: edition.nullable(),
  /** With a volume of the grade; withdrawn ones only where they are chosen. */
  choices: z.array(edition),
  may: z.object({ edit: z.boolean() }),
});
export type EditionChoiceRow = z.infer<typeof row>;

const target = { schoolYear, subject, grade };

export const editionChoiceContract = {
  /** Subjects and grades taught, or with textbooks, in the order of subjects and grades. */
  listEditionChoices: oc
    .input(
      z.object({ schoolYear: schoolYear.optional(), stage: stage.optional(), subject: subject.optional() }),
    )
    .output(
      z.object({
        asOf: day,
        schoolYear,
        /** Those of the calendar and the one after, the newest first. */
        schoolYears: z.array(schoolYear),
        rows: z.array(row),
      }),
    ),
  chooseEdition: oc
    .input(z.object({ ...target, editionId: id.nullable(), version: choiceVersion }))
    .output(z.object({ version: choiceVersion })),
  /** Takes proposals as they are shown, all or none. */
  confirmProposals: oc
    .input(
      z.object({
        schoolYear,
        rows: z
          .array(z.object({ subject, grade, editionId: id, version: choiceVersion }))
          .min(1)
          .max(200),
      }),
    )
    .output(z.object({ confirmed: z.number().int() })),
};
