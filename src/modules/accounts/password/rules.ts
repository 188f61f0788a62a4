import type { SecurityRules } from '../security/contract.ts';

export type PasswordRules = Pick<SecurityRules, 'minimumLength' | 'kindsRequired' | 'maximumAgeDays'>;

/** What belongs to the person and must not stand in the password. */
export interface OwnWords {
  readonly name: string;
  readonly namePinyin: string | null;
  readonly staffNumber: string | null;
  readonly phone: string | null;
  readonly loginName: string | null;
}

const kindPatterns: readonly RegExp[] = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{Lu}\p{Ll}\p{Nd}\s]/u];

export const countKinds = (password: string): number =>
  kindPatterns.filter((pattern) => pattern.test(password)).length;

const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '');

const ownWords = (own: OwnWords): readonly (readonly [word: string, sentence: string])[] => [
  [own.name, '不要包含自己的姓名。'],
  [own.namePinyin ?? '', '不要包含自己姓名的拼音。'],
  [own.staffNumber ?? '', '不要包含自己的工号。'],
  [own.phone ?? '', '不要包含自己的手机号。'],
  [own.loginName ?? '', '不要包含登录名。'],
];

/** What is wrong with a new password, as sentences; empty when it will do. */
export const passwordProblems = (
  password: string,
  rules: PasswordRules,
  own: OwnWords,
  isCommon: (password: string) => boolean,
): string[] => {
  const problems: string[] = [];
  if (Array.from(password).length < rules.minimumLength)
    problems.push(`至少要 ${rules.minimumLength} 个字符。`);
  if (countKinds(password) < rules.kindsRequired)
    problems.push(
      rules.kindsRequired === 4
        ? '要同时有大写字母、小写字母、数字和符号。'
        : '大写字母、小写字母、数字、符号四类中要有三类。',
    );
  const text = folded(password);
  const said = new Set<string>();
  for (const [word, sentence] of ownWords(own)) {
    const part = folded(word);
    if (part.length >= 2 && text.includes(part)) said.add(sentence);
  }
  problems.push(...said);
  if (isCommon(password)) problems.push('这个密码太常见，容易被猜到，请换一个。');
  return problems;
};

/** The rules as a person reads them before choosing. */
export const passwordRuleTexts = (rules: PasswordRules): string[] => [
  `至少 ${rules.minimumLength} 个字符`,
  rules.kindsRequired === 4
    ? '大写字母、小写字母、数字、符号四类都要有'
    : '大写字母、小写字母、数字、符号，四类中至少三类',
  '不含自己的姓名、拼音、工号、手机号，也不要用常见密码',
  ...(rules.maximumAgeDays === null ? [] : [`每 ${rules.maximumAgeDays} 天更换一次`]),
];
