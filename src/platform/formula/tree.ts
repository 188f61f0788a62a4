/** How a leaf looks; `italic` is how single letters look of themselves. */
export type LeafStyle =
  | 'italic'
  | 'upright'
  | 'bold'
  | 'bold-italic'
  | 'double-struck'
  | 'script'
  | 'fraktur'
  | 'sans-serif'
  | 'monospace';

export interface Leaf {
  kind: 'leaf';
  /** `function`: sin, lim and the like; `text`: words inside a formula; `space`: one space character. */
  role: 'identifier' | 'number' | 'operator' | 'function' | 'text' | 'space';
  text: string;
  style: LeafStyle;
}

export const accentNames = [
  'hat',
  'widehat',
  'tilde',
  'widetilde',
  'bar',
  'vec',
  'dot',
  'ddot',
  'check',
  'acute',
  'grave',
  'breve',
  'mathring',
  'overline',
  'underline',
  'overbrace',
  'underbrace',
  'overrightarrow',
  'overleftarrow',
] as const;
export type AccentName = (typeof accentNames)[number];

/** A formula, whether it came as LaTeX or from Word, and whether it goes out as LaTeX, to Word or to typst. */
export type Formula =
  | Leaf
  | { kind: 'row'; items: Formula[] }
  /** `bar` false: one above the other without a line, as in a binomial coefficient. */
  | { kind: 'fraction'; top: Formula; bottom: Formula; bar: boolean }
  | { kind: 'root'; degree: Formula | null; body: Formula }
  | { kind: 'scripts'; base: Formula; sub: Formula | null; sup: Formula | null }
  /** Above and below the base: limits of a sum, words over an arrow. */
  | { kind: 'limits'; base: Formula; under: Formula | null; over: Formula | null }
  | { kind: 'accent'; name: AccentName; base: Formula }
  /** Brackets that grow; an empty string where there is none. `parts` are what a growing bar parts. */
  | { kind: 'fence'; open: string; close: string; bar: string; parts: Formula[] }
  | { kind: 'table'; align: 'center' | 'left' | 'aligned'; rows: Formula[][] }
  | { kind: 'enclosed'; as: 'box' | 'cancel' | 'phantom'; body: Formula };

export const rowOf = (items: readonly Formula[]): Formula => {
  const flat = items.flatMap((item) => (item.kind === 'row' ? item.items : [item]));
  const joined: Formula[] = [];
  for (const item of flat) {
    const last = joined.at(-1);
    if (isText(item) && last !== undefined && isText(last))
      joined[joined.length - 1] = { ...last, text: last.text + item.text };
    else if (isNumber(item) && last !== undefined && isNumber(last) && last.style === item.style)
      joined[joined.length - 1] = { ...last, text: last.text + item.text };
    else joined.push(item);
  }
  const [only] = joined;
  return joined.length === 1 && only !== undefined ? only : { kind: 'row', items: joined };
};

export const itemsOf = (formula: Formula): Formula[] => (formula.kind === 'row' ? formula.items : [formula]);

const isText = (item: Formula): item is Leaf => item.kind === 'leaf' && item.role === 'text';

const isNumber = (item: Formula): item is Leaf => item.kind === 'leaf' && item.role === 'number';

export const isEmpty = (formula: Formula): boolean => formula.kind === 'row' && formula.items.length === 0;

/** What can be read in a formula, in order and without its shape: to compare and to search. */
export const plainText = (formula: Formula | null): string => {
  if (formula === null) return '';
  switch (formula.kind) {
    case 'leaf':
      return formula.text;
    case 'row':
      return formula.items.map(plainText).join('');
    case 'fraction':
      return `${plainText(formula.top)}/${plainText(formula.bottom)}`;
    case 'root':
      return `${plainText(formula.degree)}√${plainText(formula.body)}`;
    case 'scripts':
      return plainText(formula.base) + plainText(formula.sub) + plainText(formula.sup);
    case 'limits':
      return plainText(formula.base) + plainText(formula.under) + plainText(formula.over);
    case 'accent':
      return plainText(formula.base);
    case 'fence':
      return formula.open + formula.parts.map(plainText).join(formula.bar) + formula.close;
    case 'table':
      return formula.rows.map((row) => row.map(plainText).join(' ')).join('\n');
    default:
      return plainText(formula.body);
  }
};

const functions = new Set(
  'sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log ln lg exp lim max min sup inf det gcd deg dim ker arg hom Pr limsup liminf'.split(
    ' ',
  ),
);
export const isFunctionName = (text: string): boolean => functions.has(text);

/** Functions whose subscript stands below them in a line of its own. */
const withLimits = new Set(['lim', 'max', 'min', 'sup', 'inf', 'det', 'gcd', 'Pr', 'limsup', 'liminf']);
export const takesLimits = (text: string): boolean => withLimits.has(text);

/** Large operators, and whether their limits stand above and below of themselves. */
const large = new Map<string, boolean>([
  ...Array.from('∑∏∐⋃⋂⋁⋀⨁⨂⨄⨆').map((character) => [character, true] as const),
  ...Array.from('∫∬∭∮∯∰').map((character) => [character, false] as const),
]);
export const isLargeOperator = (text: string): boolean => large.has(text);
export const limitsAboveAndBelow = (text: string): boolean => large.get(text) === true;

const relations = new Set(Array.from('=≠<>≤≥≡≈≅∼∽∝→←⇒⇔⇐∈∉⊂⊃⊆⊇∥⊥,，;；:。∴∵⩽⩾'));
export const endsOperand = (item: Formula): boolean =>
  item.kind === 'leaf' && item.role === 'operator' && relations.has(item.text);

/** `\underset{u}{\overset{o}{b}}` and a base with both are the same. */
export const limitsOf = (base: Formula, under: Formula | null, over: Formula | null): Formula => {
  if (
    base.kind === 'limits' &&
    !(under !== null && base.under !== null) &&
    !(over !== null && base.over !== null)
  )
    return { kind: 'limits', base: base.base, under: under ?? base.under, over: over ?? base.over };
  return { kind: 'limits', base, under, over };
};

export const leaf = (role: Leaf['role'], text: string, style: LeafStyle = 'upright'): Leaf => ({
  kind: 'leaf',
  role,
  text,
  style,
});

const letter = /^\p{L}\p{M}*$/u;
const wide = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u;
const capitalGreek = /^[\u0391-\u03a9]$/u;
const pieces = /[0-9][0-9.]*|[\p{Script=Han}\u3000-\u303f\uff00-\uffef]+|\p{L}\p{M}*|\s+|.\p{M}*/gsu;

/** The leaves of a run of characters as a formula writes them. */
export const leavesOf = (text: string, style: LeafStyle | null): Leaf[] => {
  const plain = text.normalize('NFC').replaceAll(/[\u2061-\u2064\u200b]/gu, '');
  if (style === 'upright' && /^[a-zA-Z]{2,}$/u.test(plain.trim())) return [leaf('function', plain.trim())];
  return [...plain.matchAll(pieces)].map(([piece]) => {
    if (/^[0-9]/.test(piece))
      return leaf('number', piece, style === null || style === 'italic' ? 'upright' : style);
    if (wide.test(piece)) return leaf('text', piece);
    if (/^\s/u.test(piece)) return leaf('space', ' ');
    if (letter.test(piece)) {
      const [bare, own] = unstyled(piece);
      return leaf('identifier', bare, own ?? style ?? (capitalGreek.test(bare) ? 'upright' : 'italic'));
    }
    return leaf('operator', sameOperator(piece));
  });
};

const alike: Readonly<Record<string, string>> = {
  '-': '−',
  '*': '∗',
  '∣': '|',
  '⋅': '·',
  '‖': '∥',
  ˈ: '′',
  "'": '′',
  '’': '′',
  '˚': '∘',
  '∆': '△',
  '：': ':',
};
/** One form of operators that different programs write with different characters. */
export const sameOperator = (character: string): string => alike[character] ?? character;

const alphabets: readonly [start: number, style: LeafStyle][] = [
  [0x1d400, 'bold'],
  [0x1d434, 'italic'],
  [0x1d468, 'bold-italic'],
  [0x1d49c, 'script'],
  [0x1d4d0, 'script'],
  [0x1d504, 'fraktur'],
  [0x1d538, 'double-struck'],
  [0x1d56c, 'fraktur'],
  [0x1d5a0, 'sans-serif'],
  [0x1d670, 'monospace'],
];
const singles: Readonly<Record<string, readonly [string, LeafStyle]>> = {
  ℝ: ['R', 'double-struck'],
  ℕ: ['N', 'double-struck'],
  ℤ: ['Z', 'double-struck'],
  ℚ: ['Q', 'double-struck'],
  ℂ: ['C', 'double-struck'],
  ℙ: ['P', 'double-struck'],
  ℎ: ['h', 'italic'],
};
/** Letters of the mathematical alphabets (𝑥, 𝐱, ℝ) as plain letters with a style. */
const unstyled = (piece: string): readonly [string, LeafStyle | null] => {
  const single = singles[piece];
  if (single !== undefined) return single;
  const code = piece.codePointAt(0) ?? 0;
  for (const [start, style] of alphabets) {
    const at = code - start;
    if (at >= 0 && at < 52) return [String.fromCharCode(at < 26 ? 65 + at : 71 + at), style];
  }
  return [piece, null];
};
