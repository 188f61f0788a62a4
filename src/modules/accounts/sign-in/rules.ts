/** What was typed, as it is looked up: full-width forms folded, and no blanks (`肖 静` is `肖静`). */
export const normaliseIdentifier = (typed: string): string => typed.normalize('NFKC').replaceAll(/\s/g, '');

/** One-time passwords are read from paper: case, blanks and hyphens do not matter. */
export const normaliseOneTimePassword = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\u2010-\u2015-]/g, '');

export const identifierKinds = ['login-name', 'staff-number', 'phone', 'name'] as const;
export type IdentifierKind = (typeof identifierKinds)[number];

export interface IdentifierMatch {
  readonly kind: IdentifierKind;
  /** Null for a person of the roster who has no account. */
  readonly accountId: string | null;
}

export type Identified =
  | { readonly kind: 'account'; readonly accountId: string }
  | { readonly kind: 'shared'; readonly by: IdentifierKind }
  | { readonly kind: 'unknown' };

/** A login name goes before a staff number, that before a phone, that before a name; what two people share is nobody's. */
export const identify = (matches: readonly IdentifierMatch[]): Identified => {
  for (const kind of identifierKinds) {
    const [first, second] = matches.filter((match) => match.kind === kind);
    if (first === undefined) continue;
    if (second !== undefined) return { kind: 'shared', by: kind };
    return first.accountId === null ? { kind: 'unknown' } : { kind: 'account', accountId: first.accountId };
  }
  return { kind: 'unknown' };
};

export const sharedIdentifierText: Readonly<Record<IdentifierKind, string>> = {
  'login-name': '有同名的人，请改用工号或手机号。',
  'staff-number': '这个工号登记给了多人，请改用手机号，并告诉系统管理员。',
  phone: '这个手机号登记给了多人，请改用工号。',
  name: '有同名的人，请改用工号或手机号。',
};

/** The network an address is counted under: a single IPv4 address, or a /64 of IPv6 (one subscriber's). */
export const networkOf = (address: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const plain = address.replace(/%.*$/, '');
  return plain.includes(':') ? `${plain}/64` : plain;
};

/** `maximumAgeDays: null` means passwords do not age. */
export const passwordIsTooOld = (
  changedAt: string | null,
  maximumAgeDays: number | null,
  now: Date,
): boolean =>
  maximumAgeDays !== null &&
  changedAt !== null &&
  now.getTime() - Date.parse(changedAt) > maximumAgeDays * 86_400_000;
