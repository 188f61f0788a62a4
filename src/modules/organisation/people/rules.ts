import type { Subject } from '../vocabulary/contract.ts';

/** `13812340000` → `138****0000`. */
export const maskPhone = (phone: string): string =>
  phone.length < 8
    ? '*'.repeat(phone.length)
    : `${phone.slice(0, 3)}${'*'.repeat(phone.length - 7)}${phone.slice(-4)}`;

/** What somebody typed into the search box: which columns it can stand for. */
export type SearchTerm =
  | { readonly by: 'everyone' }
  | { readonly by: 'name'; readonly part: string }
  | { readonly by: 'latin'; readonly letters: string }
  | { readonly by: 'number'; readonly start: string };

/**
 * Chinese characters look in names, letters in pinyin and initials, digits in staff numbers.
 * Telephone numbers cannot be searched: that would tell whose they are.
 */
export const readSearchText = (text: string): SearchTerm => {
  const compact = text.replaceAll(/[\s·'’]/gu, '');
  if (compact === '') return { by: 'everyone' };
  if (/^[a-zü]+$/iu.test(compact))
    return { by: 'latin', letters: compact.toLowerCase().replaceAll('ü', 'v') };
  if (/\d/u.test(compact)) return { by: 'number', start: compact };
  return { by: 'name', part: compact };
};

/** A page of people goes on after this one: the sort key, then the id. */
export const toCursor = (last: { readonly namePinyin: string; readonly id: string }): string =>
  `${last.namePinyin}|${last.id}`;

/** Null for text that was never a cursor. */
export const readCursor = (cursor: string): { namePinyin: string; id: string } | null => {
  const at = cursor.lastIndexOf('|');
  const id = cursor.slice(at + 1);
  return at < 0 || !/^[0-9a-f-]{36}$/u.test(id) ? null : { namePinyin: cursor.slice(0, at), id };
};

/** Subjects without repeats, in the order they were chosen. */
export const distinctSubjects = (subjects: readonly Subject[]): Subject[] => [...new Set(subjects)];
