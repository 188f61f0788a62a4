import { z } from 'zod';
import { mostSlots } from '../../vocabulary/contract.ts';

// PostgreSQL keeps every character but NUL.
export const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine((value) => !value.includes('\0'), '文字中有无法保存的字符');

/** A phone that has lost its time says 1970; a year the database does not know is refused. */
export const patrolInstant = z.iso
  .datetime()
  .refine((at) => at >= '1970' && at < '2200', '时间应在1970年到2199年之间');

export const slot = z.number().int().min(1).max(mostSlots);
export const namedSchool = z.object({ id: z.uuid(), name: z.string() });
