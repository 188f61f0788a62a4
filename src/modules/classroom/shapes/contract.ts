import { z } from 'zod';
import { mostSlots } from '../vocabulary/contract.ts';

/** PostgreSQL keeps every character but NUL. */
export const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine((value) => !value.includes('\0'), '文字中有无法保存的字符');
/** Text that says something. */
export const filledText = (most: number) => text(most).refine((value) => value.trim() !== '', '请填写文字');
export const instant = z.iso.datetime();
export const slot = z.number().int().min(1).max(mostSlots);
