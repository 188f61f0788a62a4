import type { AccentName, Formula } from './tree.ts';
import { accentNames } from './tree.ts';

interface Accent {
  /** Characters by which MathML and Word know it. */
  characters: string;
  /** How Word writes it: an accent, a bar, or a character grouped above or below. */
  word: 'acc' | 'bar' | 'groupChr';
  below?: true;
}

/** `stretchy` variants are told apart by MathML only; Word stretches of itself. */
export const accents: Readonly<Record<AccentName, Accent>> = {
  hat: { characters: '\u0302^ˆ', word: 'acc' },
  widehat: { characters: '\u0302^ˆ', word: 'acc' },
  tilde: { characters: '\u0303~˜', word: 'acc' },
  widetilde: { characters: '\u0303~˜', word: 'acc' },
  bar: { characters: '\u0304ˉ¯\u0305', word: 'acc' },
  vec: { characters: '\u20d7', word: 'acc' },
  dot: { characters: '\u0307˙', word: 'acc' },
  ddot: { characters: '\u0308¨', word: 'acc' },
  check: { characters: '\u030cˇ', word: 'acc' },
  acute: { characters: '\u0301´ˊ', word: 'acc' },
  grave: { characters: '\u0300`ˋ', word: 'acc' },
  breve: { characters: '\u0306˘', word: 'acc' },
  mathring: { characters: '\u030a˚', word: 'acc' },
  overline: { characters: '‾', word: 'bar' },
  underline: { characters: '‾_', word: 'bar', below: true },
  overbrace: { characters: '⏞', word: 'groupChr' },
  underbrace: { characters: '⏟', word: 'groupChr', below: true },
  overrightarrow: { characters: '→', word: 'acc' },
  overleftarrow: { characters: '←\u20d6', word: 'acc' },
};

/** The accent a character makes, above the base or below it; wide or narrow is what the base asks for. */
export const accentFrom = (character: string, below: boolean, base: Formula): Formula | null => {
  const found = accentNames.find(
    (name) =>
      (accents[name].below ?? false) === below &&
      character !== '' &&
      accents[name].characters.includes(character),
  );
  if (found === undefined) return null;
  return { kind: 'accent', name: (base.kind === 'leaf' ? narrow : wide)[found] ?? found, base };
};

const wide: Partial<Record<AccentName, AccentName>> = {
  hat: 'widehat',
  tilde: 'widetilde',
  bar: 'overline',
  vec: 'overrightarrow',
};
const narrow: Partial<Record<AccentName, AccentName>> = {
  widehat: 'hat',
  widetilde: 'tilde',
  overline: 'bar',
  overrightarrow: 'vec',
};
