import { z } from 'zod';
import { posts, stages, subjects } from '../vocabulary/contract.ts';

// Apart from the vocabulary, so that a page that only needs words does not carry the schemas.

export const stage = z.enum(stages);
export const subject = z.enum(subjects);
export const grade = z.number().int().min(1).max(9);
/** Within the centuries that calendars are reckoned in, so that a day before or after it is one too. */
export const day = z.iso
  .date()
  .refine((text) => text >= '1900-01-01' && text <= '2199-12-31', '日期应在1900年到2199年之间');

/** The place after a row in a list by day and id: `YYYY-MM-DD_id`. */
export const dayCursor = z.string().refine((text) => {
  const [dayOn, rowId, ...rest] = text.split('_');
  return rest.length === 0 && day.safeParse(dayOn).success && z.uuid().safeParse(rowId).success;
}, '列表的位置已失效，请从头查看');

export const id = z.uuid();
/** Of the record an edit was made from; another one in the database means somebody was faster. */
export const version = z.int32().positive().max(2_147_483_646);
/** Of rows that are edited as one and have no version each, see `platform/database/row-set.ts`. */
export const rowsVersion = z.string().regex(/^-?\d{1,19}$/);
export const dated = { activeFrom: day, activeTo: day.nullable() };
export const schoolName = z.object({ id, name: z.string() });
export const made = z.object({ id });
export const changed = z.object({ version });
export const done = z.object({});
export const line = (longest: number) => z.string().trim().min(1).max(longest);

/** Somebody holding a post in a body or a school. */
export const holder = z.object({
  appointmentId: id,
  personId: id,
  name: z.string(),
  post: z.enum(posts),
  schoolId: id.nullable(),
  schoolName: z.string().nullable(),
  /** The school's short name in this stage, as the appendices print it. */
  schoolShortName: z.string().nullable(),
});
export type Holder = z.infer<typeof holder>;
