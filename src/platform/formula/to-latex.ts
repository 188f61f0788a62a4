import { escapeText, toCommand } from './symbols.ts';
import type { Formula, Leaf } from './tree.ts';
import {
  isEmpty,
  isFunctionName,
  isLargeOperator,
  itemsOf,
  limitsAboveAndBelow,
  plainText,
  takesLimits,
} from './tree.ts';

/** LaTeX that KaTeX reads back to the same formula. */
export const toLatex = (formula: Formula): string => join(itemsOf(formula).map(one));

/** A command and a letter after it must not run together. */
const join = (pieces: readonly string[]): string => {
  let latex = '';
  for (const piece of pieces)
    latex += /\\[a-zA-Z]+\*?$/u.test(latex) && /^[\p{L}*]/u.test(piece) ? ` ${piece}` : piece;
  return latex;
};

const group = (formula: Formula | null): string => `{${formula === null ? '' : toLatex(formula)}}`;
const script = (mark: '_' | '^', formula: Formula | null): string =>
  formula === null ? '' : `${mark}${group(formula)}`;

const one = (formula: Formula): string => {
  switch (formula.kind) {
    case 'leaf':
      return leafToLatex(formula);
    case 'row':
      return group(formula);
    case 'fraction':
      return formula.bar
        ? `\\frac${group(formula.top)}${group(formula.bottom)}`
        : `\\genfrac{}{}{0pt}{}${group(formula.top)}${group(formula.bottom)}`;
    case 'root':
      return `\\sqrt${formula.degree === null ? '' : `[${group(formula.degree)}]`}${group(formula.body)}`;
    case 'scripts':
      return scriptsToLatex(formula);
    case 'limits':
      return limitsToLatex(formula);
    case 'accent':
      return `\\${formula.name}${group(formula.base)}`;
    case 'fence':
      return fenceToLatex(formula);
    case 'table':
      return tableToLatex(formula);
    default:
      return formula.as === 'box' ? `\\boxed${group(formula.body)}` : `\\${formula.as}${group(formula.body)}`;
  }
};

const alphabets: Readonly<Record<Leaf['style'], string>> = {
  italic: 'mathit',
  upright: 'mathrm',
  bold: 'mathbf',
  'bold-italic': 'boldsymbol',
  'double-struck': 'mathbb',
  script: 'mathcal',
  fraktur: 'mathfrak',
  'sans-serif': 'mathsf',
  monospace: 'mathtt',
};

const leafToLatex = ({ role, text, style }: Leaf): string => {
  if (role === 'space') return '\\ ';
  if (role === 'text') return `\\text{${escapeText(text)}}`;
  if (role === 'function') return isFunctionName(text) ? `\\${text}` : `\\operatorname{${escapeText(text)}}`;
  if (role === 'number') return style === 'upright' ? text : `\\${alphabets[style]}{${text}}`;
  const written = Array.from(text, toCommand).join('');
  if (role === 'operator') return written;
  const own = /^[\u0391-\u03a9]$/u.test(text) ? 'upright' : 'italic';
  return style === own ? written : `\\${alphabets[style]}{${written}}`;
};

const base = (formula: Formula): string => {
  const simple = ['leaf', 'accent', 'root', 'fence', 'enclosed'].includes(formula.kind);
  return simple && !(formula.kind === 'leaf' && (formula.role === 'space' || plainText(formula) === '′'))
    ? one(formula)
    : group(formula);
};

const scriptsToLatex = (formula: Extract<Formula, { kind: 'scripts' }>): string => {
  const primes =
    formula.sup !== null && /^′+$/u.test(plainText(formula.sup)) ? plainText(formula.sup).length : 0;
  const marks = `${script('_', formula.sub)}${primes > 0 ? "'".repeat(primes) : script('^', formula.sup)}`;
  const { base: on } = formula;
  if (
    on.kind === 'leaf' &&
    (limitsAboveAndBelow(on.text) || (on.role === 'function' && takesLimits(on.text)))
  )
    return `${one(on)}\\nolimits${marks}`;
  return `${isEmpty(on) ? '{}' : base(on)}${marks}`;
};

const overArrows: Readonly<Record<string, string>> = {
  '→': 'xrightarrow',
  '←': 'xleftarrow',
  '=': 'xlongequal',
  '⇌': 'xrightleftharpoons',
  '⇒': 'xRightarrow',
};

const limitsToLatex = ({ base: on, under, over }: Extract<Formula, { kind: 'limits' }>): string => {
  const marks = `${script('_', under)}${script('^', over)}`;
  if (on.kind === 'leaf') {
    if (isLargeOperator(on.text))
      return `${one(on)}${limitsAboveAndBelow(on.text) ? '' : '\\limits'}${marks}`;
    if (on.role === 'function')
      return takesLimits(on.text) ? `${one(on)}${marks}` : `\\operatorname*{${escapeText(on.text)}}${marks}`;
    const arrow = overArrows[on.text];
    if (arrow !== undefined) return `\\${arrow}${under === null ? '' : `[${group(under)}]`}${group(over)}`;
  }
  if (
    on.kind === 'accent' &&
    ((on.name === 'underbrace' && over === null) || (on.name === 'overbrace' && under === null))
  )
    return `${one(on)}${marks}`;
  const above = over === null ? group(on) : `{\\overset${group(over)}${group(on)}}`;
  return under === null ? above.slice(1, -1) : `\\underset${group(under)}${above}`;
};

const environments: Readonly<Record<string, string>> = {
  '()': 'pmatrix',
  '[]': 'bmatrix',
  '{}': 'Bmatrix',
  '||': 'vmatrix',
  '‖‖': 'Vmatrix',
};

const cells = (rows: readonly (readonly Formula[])[]): string =>
  rows.map((row) => row.map(toLatex).join(' & ')).join(' \\\\ ');

const fenceToLatex = ({ open, close, bar, parts }: Extract<Formula, { kind: 'fence' }>): string => {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) {
    const environment = environments[open + close];
    if (only.kind === 'table' && only.align === 'left' && open === '{' && close === '')
      return `\\begin{cases}${cells(only.rows)}\\end{cases}`;
    if (only.kind === 'table' && only.align === 'center' && environment !== undefined)
      return `\\begin{${environment}}${cells(only.rows)}\\end{${environment}}`;
    if (only.kind === 'fraction' && !only.bar && open + close === '()')
      return `\\binom${group(only.top)}${group(only.bottom)}`;
  }
  const delimiter = (text: string): string => (text === '' ? '.' : toCommand(text));
  const inner = parts.map(toLatex).join(`\\middle${delimiter(bar)} `);
  return join([`\\left${delimiter(open)}`, inner, `\\right${delimiter(close)}`]);
};

const tableToLatex = ({ align, rows }: Extract<Formula, { kind: 'table' }>): string => {
  if (align === 'aligned') return `\\begin{aligned}${cells(rows)}\\end{aligned}`;
  if (align === 'center') return `\\begin{matrix}${cells(rows)}\\end{matrix}`;
  const columns = Math.max(1, ...rows.map((row) => row.length));
  return `\\begin{array}{${'l'.repeat(columns)}}${cells(rows)}\\end{array}`;
};
