import { accentFrom } from './accents.ts';
import type { Formula, LeafStyle } from './tree.ts';
import { isLargeOperator, leaf, leavesOf, limitsOf, rowOf, sameOperator } from './tree.ts';
import type { Element } from './xml-tree.ts';
import { childOf, elements, textOf, valueOf } from './xml-tree.ts';

export interface ReadOmml {
  formula: Formula;
  /** Parts of the formula that are not known; their text is kept in a row. */
  unknown: string[];
}

/** An m:oMath as a formula. */
export const readOmml = (math: Element): ReadOmml => {
  const unknown = new Set<string>();
  const formula = readAll(elements(math), unknown);
  return { formula, unknown: [...unknown] };
};

const off = (value: string | undefined): boolean => value === '0' || value === 'off' || value === 'false';
const on = (parent: Element | undefined, name: string): boolean => {
  const property = childOf(parent, name);
  return property !== undefined && !off(property.attribute('val'));
};

const readAll = (children: readonly Element[], unknown: Set<string>): Formula =>
  rowOf(children.flatMap((child) => readOne(child, unknown)));

const transparent = new Set([
  'oMath',
  'e',
  'ins',
  'moveTo',
  'sdt',
  'sdtContent',
  'smartTag',
  'box',
  'hyperlink',
  'num',
  'fName',
]);
const ignored = new Set([
  'del',
  'moveFrom',
  'bookmarkStart',
  'bookmarkEnd',
  'proofErr',
  'sdtPr',
  'sdtEndPr',
  'argPr',
  'commentRangeStart',
  'commentRangeEnd',
  'commentReference',
  'lastRenderedPageBreak',
]);

const readOne = (element: Element, unknown: Set<string>): Formula[] => {
  const { name } = element;
  if (ignored.has(name) || name.endsWith('Pr')) return [];
  const properties = childOf(element, `${name}Pr`);
  const part = (of: string): Formula => {
    const child = childOf(element, of);
    return child === undefined ? rowOf([]) : readAll(elements(child), unknown);
  };
  const body = () => part('e');
  switch (name) {
    case 'r':
      return [readRun(element)];
    case 'f': {
      const type = valueOf(properties, 'type');
      if (type === 'lin') return [part('num'), leaf('operator', '/'), part('den')];
      return [{ kind: 'fraction', top: part('num'), bottom: part('den'), bar: type !== 'noBar' }];
    }
    case 'rad': {
      const degree = part('deg');
      const hidden = on(properties, 'degHide') || (degree.kind === 'row' && degree.items.length === 0);
      return [{ kind: 'root', degree: hidden ? null : degree, body: body() }];
    }
    case 'sSup':
      return [{ kind: 'scripts', base: body(), sub: null, sup: part('sup') }];
    case 'sSub':
      return [{ kind: 'scripts', base: body(), sub: part('sub'), sup: null }];
    case 'sSubSup':
      return [{ kind: 'scripts', base: body(), sub: part('sub'), sup: part('sup') }];
    case 'sPre':
      return [{ kind: 'scripts', base: rowOf([]), sub: part('sub'), sup: part('sup') }, body()];
    case 'limLow':
      return [limitsOf(body(), part('lim'), null)];
    case 'limUpp':
      return [limitsOf(body(), null, part('lim'))];
    case 'nary':
      return readNary(properties, part('sub'), part('sup'), body());
    case 'func':
      return [readFunction(part('fName')), body()];
    case 'acc':
      return [accented(valueOf(properties, 'chr') ?? '\u0302', false, body(), unknown)];
    case 'bar': {
      const below = valueOf(properties, 'pos') !== 'top';
      return [accented('‾', below, body(), unknown)];
    }
    case 'groupChr':
      return [readGroup(properties, body(), unknown)];
    case 'd':
      return [readDelimiters(element, properties, unknown)];
    case 'm':
      return [readMatrix(element, unknown)];
    case 'eqArr':
      return [readEquations(element, unknown)];
    case 'borderBox': {
      const strike = ['strikeBLTR', 'strikeTLBR', 'strikeH', 'strikeV'].some((kind) => on(properties, kind));
      return [{ kind: 'enclosed', as: strike ? 'cancel' : 'box', body: body() }];
    }
    case 'phant':
      return off(valueOf(properties, 'show'))
        ? [{ kind: 'enclosed', as: 'phantom', body: body() }]
        : [body()];
    default:
      if (!transparent.has(name)) unknown.add(name);
      return [name === 't' ? rowOf(leavesOf(textOf(element), null)) : readAll(elements(element), unknown)];
  }
};

const scripts: Readonly<Record<string, LeafStyle>> = {
  'double-struck': 'double-struck',
  script: 'script',
  fraktur: 'fraktur',
  'sans-serif': 'sans-serif',
  monospace: 'monospace',
};
const styles: Readonly<Record<string, LeafStyle>> = {
  p: 'upright',
  b: 'bold',
  bi: 'bold-italic',
  i: 'italic',
};

const readRun = (run: Element): Formula => {
  const properties = elements(run).find((child) => child.name === 'rPr' && isMathProperties(child));
  const text = elements(run)
    .filter(({ name }) => name === 't')
    .map(textOf)
    .join('');
  if (text === '') return rowOf([]);
  if (on(properties, 'nor')) return /^\s+$/u.test(text) ? leaf('space', ' ') : leaf('text', text);
  const style = scripts[valueOf(properties, 'scr') ?? ''] ?? styles[valueOf(properties, 'sty') ?? ''] ?? null;
  return rowOf(leavesOf(text, style));
};

const isMathProperties = (properties: Element): boolean =>
  elements(properties).some(({ name }) => ['sty', 'scr', 'nor', 'lit', 'brk', 'aln'].includes(name));

const readNary = (
  properties: Element | undefined,
  sub: Formula,
  sup: Formula,
  operand: Formula,
): Formula[] => {
  const base = leaf('operator', valueOf(properties, 'chr') ?? '∫');
  const below = on(properties, 'subHide') || isNothing(sub) ? null : sub;
  const above = on(properties, 'supHide') || isNothing(sup) ? null : sup;
  if (below === null && above === null) return [base, operand];
  if (!isLargeOperator(base.text)) return [{ kind: 'scripts', base, sub: below, sup: above }, operand];
  const atSide =
    valueOf(properties, 'limLoc') === 'subSup' ||
    (valueOf(properties, 'limLoc') === undefined && base.text === '∫');
  return [atSide ? { kind: 'scripts', base, sub: below, sup: above } : limitsOf(base, below, above), operand];
};

const isNothing = (formula: Formula): boolean => formula.kind === 'row' && formula.items.length === 0;

/** The name of a function in m:fName is upright, however its run is marked. */
const readFunction = (name: Formula): Formula => {
  if (name.kind === 'scripts' || name.kind === 'limits') return { ...name, base: readFunction(name.base) };
  if (name.kind === 'row' && name.items.every((item) => item.kind === 'leaf' && item.role === 'identifier'))
    return isNothing(name)
      ? name
      : leaf('function', name.items.map((item) => (item.kind === 'leaf' ? item.text : '')).join(''));
  return name.kind === 'leaf' && name.role === 'identifier' ? leaf('function', name.text) : name;
};

const accented = (character: string, below: boolean, base: Formula, unknown: Set<string>): Formula => {
  const found = accentFrom(character, below, base);
  if (found !== null) return found;
  if (character !== '') unknown.add(`acc ${character}`);
  return character === ''
    ? base
    : limitsOf(base, below ? leaf('operator', character) : null, below ? null : leaf('operator', character));
};

/** An arrow or equals sign with words on it is the sign with limits; a brace is an accent. */
const readGroup = (properties: Element | undefined, body: Formula, unknown: Set<string>): Formula => {
  const character = valueOf(properties, 'chr') ?? '⏟';
  const below = valueOf(properties, 'pos') !== 'top';
  if ('→←=⇌⇒'.includes(character))
    return limitsOf(leaf('operator', character), below ? null : body, below ? body : null);
  return accented(character, below, body, unknown);
};

const readDelimiters = (element: Element, properties: Element | undefined, unknown: Set<string>): Formula => {
  const parts = elements(element)
    .filter(({ name }) => name === 'e')
    .map((part) => readAll(elements(part), unknown));
  const bar = parts.length > 1 ? (valueOf(properties, 'sepChr') ?? '|') : '';
  const open = valueOf(properties, 'begChr') ?? '(';
  const close = valueOf(properties, 'endChr') ?? ')';
  const same = (text: string): string => (text === '∣' ? '|' : text === '∥' ? '‖' : text);
  return { kind: 'fence', open: same(open), close: same(close), bar: sameOperator(bar), parts };
};

const readMatrix = (element: Element, unknown: Set<string>): Formula => {
  const columns = childOf(childOf(childOf(element, 'mPr'), 'mcs'), 'mc');
  return {
    kind: 'table',
    align: valueOf(childOf(columns, 'mcPr'), 'mcJc') === 'left' ? 'left' : 'center',
    rows: elements(element)
      .filter(({ name }) => name === 'mr')
      .map((line) => elements(line).map((cell) => readAll(elements(cell), unknown))),
  };
};

/** Equations below each other; an ampersand in their text is where they are aligned. */
const readEquations = (element: Element, unknown: Set<string>): Formula => {
  const rows = elements(element)
    .filter(({ name }) => name === 'e')
    .map((line) => {
      const whole = readAll(elements(line), unknown);
      const cells: Formula[][] = [[]];
      for (const item of whole.kind === 'row' ? whole.items : [whole])
        if (item.kind === 'leaf' && item.role === 'operator' && item.text === '&') cells.push([]);
        else cells.at(-1)?.push(item);
      return cells.map(rowOf);
    });
  return { kind: 'table', align: rows.some((row) => row.length > 1) ? 'aligned' : 'left', rows };
};
