import { isId } from '#platform/ids.ts';
import { invalid } from '#platform/refusal.ts';

/** The last row of a page, as the texts its list is sorted by. */
export const encodeCursor = (parts: readonly string[]): string =>
  Buffer.from(JSON.stringify(parts), 'utf8').toString('base64url');

/** As PostgreSQL's `to_json` writes it, with microseconds: a JavaScript Date would lose rows. It knows no year 0. */
const instant = /^(?!0000)\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?\+00:00$/;
const isInstant = (text: string): boolean => instant.test(text) && !Number.isNaN(Date.parse(text));

/** The texts of a cursor made by `encodeCursor`; a broken one is refused. The one named `id` is a UUID, `at` an instant. */
export const decodeCursor = <const Names extends readonly string[]>(
  cursor: string,
  names: Names,
): Readonly<Record<Names[number], string>> => {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    parts = null;
  }
  if (
    !Array.isArray(parts) ||
    parts.length !== names.length ||
    !parts.every(
      (part, index) =>
        typeof part === 'string' &&
        !part.includes('\0') &&
        (names[index] !== 'id' || isId(part)) &&
        (names[index] !== 'at' || isInstant(part)),
    )
  )
    throw invalid('列表的位置已失效，请从头查看。');
  return Object.fromEntries(names.map((name, index) => [name, String(parts[index])])) as Record<
    Names[number],
    string
  >;
};
