import { pinyin } from 'pinyin-pro';

export interface NamePinyin {
  /** Syllables with spaces between: the sort key, which keeps one surname together. */
  readonly namePinyin: string;
  readonly nameInitials: string;
}

/** Surnames whose reading the dictionary lacks, each with a character that reads alike. */
const readLike: Readonly<Record<string, string>> = { 么: '幺' };

/** Latin spelling of a person's name; the surname takes its reading as a surname (单 shan, 么 yao). */
export const namePinyin = (name: string): NamePinyin => {
  const letters = name.replaceAll(/[\s·]/gu, '');
  const surname = letters.slice(0, 1);
  const syllables = pinyin((readLike[surname] ?? surname) + letters.slice(1), {
    surname: 'head',
    toneType: 'none',
    type: 'array',
    v: true,
    nonZh: 'consecutive',
  }).map((syllable) => syllable.toLowerCase());
  return {
    namePinyin: syllables.join(' '),
    nameInitials: syllables.map((syllable) => syllable.slice(0, 1)).join(''),
  };
};
