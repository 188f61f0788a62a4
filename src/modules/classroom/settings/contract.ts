import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, rowsVersion } from '#modules/organisation/contract.ts';

const whole = (least: number, most: number) =>
  z.number().int('请填整数').min(least, `最少 ${least}`).max(most, `最多 ${most}`);

const band = z.strictObject({
  gradeFrom: z.number().int().min(1).max(9),
  gradeTo: z.number().int().min(1).max(9),
  /** Null: no number, for grades where nothing may be taken home. */
  minutes: whole(1, 300).nullable(),
  takeHome: z.boolean(),
  ground: z.string().trim().min(1, '请写明依据').max(200),
});
const bands = z
  .array(band)
  .min(1)
  .max(9)
  .refine(
    (all) =>
      all.every(
        ({ gradeFrom, gradeTo }, index) =>
          gradeFrom <= gradeTo && gradeFrom === (all[index - 1]?.gradeTo ?? 0) + 1,
      ) && all.at(-1)?.gradeTo === 9,
    '各段年级要从一年级到九年级依次相接，不能重叠或漏掉',
  );

/** A setting with its value. */
export const classroomSetting = z.discriminatedUnion('key', [
  z.strictObject({ key: z.literal('observation.late-days'), value: whole(1, 60) }),
  z.strictObject({ key: z.literal('observation.video-counts'), value: z.boolean() }),
  z.strictObject({ key: z.literal('observation.min-sentences'), value: whole(0, 20) }),
  z.strictObject({ key: z.literal('finding.answer-days'), value: whole(0, 30) }),
  z.strictObject({ key: z.literal('finding.deadline-days'), value: whole(1, 180) }),
  z.strictObject({ key: z.literal('homework.limits'), value: z.strictObject({ bands }) }),
  z.strictObject({ key: z.literal('library.opening-hours'), value: whole(1, 80) }),
]);
export type ClassroomSetting = z.infer<typeof classroomSetting>;

const dated = z.object({
  setting: classroomSetting,
  fromOn: day,
  clause: z.string(),
  /** Null: it came with the program. */
  setByName: z.string().nullable(),
});

const row = z.object({
  /** In force today. */
  setting: classroomSetting,
  /** Null: nobody set it yet. */
  fromOn: day.nullable(),
  clause: z.string(),
  /** All values, the latest first; those to come too. */
  values: z.array(dated),
  version: rowsVersion,
});
export type ClassroomSettingRow = z.infer<typeof row>;

export const classroomSettingsContract = {
  listClassroomSettings: oc
    .input(z.object({}))
    .output(z.object({ today: day, rows: z.array(row), mayChange: z.boolean() })),
  setClassroomSetting: oc
    .input(
      z.strictObject({
        setting: classroomSetting,
        fromOn: day,
        clause: z.string().trim().min(1, '请写明依据').max(120),
        version: rowsVersion,
      }),
    )
    .output(z.object({ version: rowsVersion })),
};
