import type { Actor, Duty } from '#modules/organisation/contract.ts';
import { hasDuty } from '#modules/organisation/rules.ts';
import type { AccountState, Slip } from './contract.ts';

/**
 * Reset a password, disable, enable. Nobody's own account; accounts with a duty belong to the security
 * administrator, so that whoever keeps the roster cannot take over another administrator's account.
 */
export const mayManage = (
  actor: Actor,
  target: { readonly id: string; readonly duties: readonly Duty[] },
): boolean =>
  target.id !== actor.accountId && hasDuty(actor, target.duties.length === 0 ? 'system' : 'security');

export const accountStateOf = (
  account: {
    readonly disabledAt: string | null;
    readonly lockedUntil: string | null;
    readonly oneTimeExpiresAt: string | null;
  },
  now: Date,
): AccountState => {
  if (account.disabledAt !== null) return 'disabled';
  if (account.lockedUntil !== null && Date.parse(account.lockedUntil) > now.getTime()) return 'locked';
  return account.oneTimeExpiresAt === null ? 'in-use' : 'first-password';
};

interface SignInNames {
  readonly staffNumber: string | null;
  readonly phone: string | null;
  readonly loginName: string | null;
}

/** What a slip tells the person to type: the identifier that stays right when a namesake comes. */
export const signInNameOf = (
  names: SignInNames,
): { readonly by: Slip['signInBy']; readonly as: string } | null => {
  if (names.staffNumber !== null) return { by: 'staff-number', as: names.staffNumber };
  if (names.phone !== null) return { by: 'phone', as: names.phone };
  if (names.loginName !== null) return { by: 'login-name', as: names.loginName };
  return null;
};

/** A free login name from a name's pinyin: `zhangpei`, `zhangpei2`, …; `taken` holds small letters. */
export const freeLoginName = (namePinyin: string, taken: ReadonlySet<string>): string => {
  const letters = namePinyin
    .toLowerCase()
    .replaceAll('ü', 'v')
    .replaceAll(/[^a-z]/g, '');
  const base = (letters.length < 3 ? `user${letters}` : letters).slice(0, 24);
  let name = base;
  for (let number = 2; taken.has(name); number += 1) name = `${base}${number}`;
  return name;
};
