import { invalid } from '#platform/refusal.ts';

/** The last row of a page, as the texts its list is sorted by. */
export const encodeCursor = (parts: readonly string[]): string =>
  Buffer.from(JSON.stringify(parts), 'utf8').toString('base64url');

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The texts of a cursor made by `encodeCursor`; a broken one is refused. The one named `id` is a UUID. */
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
        typeof part === 'string' && !part.includes('\0') && (names[index] !== 'id' || uuid.test(part)),
    )
  )
    throw invalid('列表的位置已失效，请从头查看。');
  return Object.fromEntries(names.map((name, index) => [name, String(parts[index])])) as Record<
    Names[number],
    string
  >;
};
