import { readFileSync } from 'node:fs';

let read: ReadonlySet<string> | null = null;

/** Words, key runs and endings people everywhere choose; with the folding below they stand for some hundred thousand. */
const commonParts = (): ReadonlySet<string> => {
  read ??= new Set(
    readFileSync(new URL('../../data/common-passwords.txt', import.meta.url), 'utf8')
      .split('\n')
      .filter((line) => line !== ''),
  );
  return read;
};

const replacements: Readonly<Record<string, string>> = { '@': 'a', '0': 'o', '3': 'e', $: 's', '5': 's' };

/**
 * Whether it is among what is tried first everywhere: a listed word, whatever its case and the usual
 * replacements (`P@ssw0rd`), alone or with up to four digits or a listed run of digits around it.
 */
export const isCommonPassword = (password: string): boolean => {
  const parts = commonParts();
  const folded = password.normalize('NFKC').toLowerCase();
  if (parts.has(folded)) return true;
  const [, before = '', word = '', after = ''] =
    /^([\d\p{P}\p{S}_]*)(.*?)([\d\p{P}\p{S}_]*)$/u.exec(folded) ?? [];
  const plain = word.replaceAll(/[@03$5]/g, (sign) => replacements[sign] ?? sign);
  if (!parts.has(word) && !parts.has(plain)) return false;
  const digits = (before + after).replaceAll(/\D/g, '');
  return digits.length <= 4 ? word.length >= 3 : parts.has(digits);
};
