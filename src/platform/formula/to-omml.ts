import { accents } from './accents.ts';
import type { Formula, Leaf } from './tree.ts';
import { endsOperand, isEmpty, isLargeOperator, itemsOf, plainText } from './tree.ts';

/** An element of Office MathML as it is written, with its prefix. */
export interface OmmlElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly (OmmlElement | string)[];
}

const element = (name: string, children: readonly (OmmlElement | string)[] = []): OmmlElement => ({
  name: `m:${name}`,
  attributes: {},
  children,
});
const value = (name: string, val: string): OmmlElement => ({
  name: `m:${name}`,
  attributes: { 'm:val': val },
  children: [],
});
const argument = (name: string, formula: Formula | null): OmmlElement =>
  element(name, formula === null ? [] : row(itemsOf(formula)));

/** A whole formula as Word keeps it. */
export const toOmml = (formula: Formula): OmmlElement => element('oMath', row(itemsOf(formula)));

const isFunction = (item: Formula): boolean =>
  (item.kind === 'leaf' && item.role === 'function') ||
  ((item.kind === 'scripts' || item.kind === 'limits') && isFunction(item.base));

const takesOperand = (item: Formula | undefined): item is Formula =>
  item !== undefined &&
  !isFunction(item) &&
  !(item.kind === 'leaf' && (item.role === 'operator' || item.role === 'space' || item.role === 'text'));

/** Word keeps the operand of a sum or a function inside it, LaTeX after it. */
const row = (items: readonly Formula[]): OmmlElement[] => {
  const out: OmmlElement[] = [];
  for (let at = 0; at < items.length; at += 1) {
    const item = items[at];
    if (item === undefined) continue;
    const next = items[at + 1];
    const scripted = item.kind === 'scripts' || item.kind === 'limits';
    if (scripted && isLargeOperator(plainText(item.base))) {
      let end = at + 1;
      for (; end < items.length; end += 1) {
        const operand = items[end];
        if (operand === undefined || endsOperand(operand)) break;
      }
      if (end > at + 1) {
        out.push(nary(item, row(items.slice(at + 1, end))));
        at = end - 1;
        continue;
      }
    }
    if (isFunction(item) && takesOperand(next)) {
      out.push(element('func', [element('fName', one(item)), element('e', one(next))]));
      at += 1;
    } else if (item.kind === 'scripts' && isEmpty(item.base) && next !== undefined) {
      out.push(
        element('sPre', [argument('sub', item.sub), argument('sup', item.sup), element('e', one(next))]),
      );
      at += 1;
    } else out.push(...one(item));
  }
  return out;
};

const nary = (
  item: Extract<Formula, { kind: 'scripts' | 'limits' }>,
  operand: readonly OmmlElement[],
): OmmlElement => {
  const [below, above] = item.kind === 'scripts' ? [item.sub, item.sup] : [item.under, item.over];
  return element('nary', [
    element('naryPr', [
      value('chr', plainText(item.base)),
      value('limLoc', item.kind === 'limits' ? 'undOvr' : 'subSup'),
      ...(below === null ? [value('subHide', '1')] : []),
      ...(above === null ? [value('supHide', '1')] : []),
    ]),
    argument('sub', below),
    argument('sup', above),
    element('e', operand),
  ]);
};

const one = (formula: Formula): OmmlElement[] => {
  switch (formula.kind) {
    case 'leaf':
      return [run(formula)];
    case 'row':
      return row(formula.items);
    case 'fraction':
      return [
        element('f', [
          ...(formula.bar ? [] : [element('fPr', [value('type', 'noBar')])]),
          argument('num', formula.top),
          argument('den', formula.bottom),
        ]),
      ];
    case 'root':
      return [
        element('rad', [
          ...(formula.degree === null ? [element('radPr', [value('degHide', '1')])] : []),
          argument('deg', formula.degree),
          argument('e', formula.body),
        ]),
      ];
    case 'scripts':
      return [scripts(formula)];
    case 'limits':
      return [limits(formula)];
    case 'accent':
      return [accent(formula)];
    case 'fence':
      return [
        element('d', [
          element('dPr', [
            value('begChr', formula.open),
            ...(formula.bar === '' ? [] : [value('sepChr', formula.bar)]),
            value('endChr', formula.close),
          ]),
          ...formula.parts.map((part) => argument('e', part)),
        ]),
      ];
    case 'table':
      return [table(formula)];
    default:
      return [enclosed(formula)];
  }
};

const styles: Readonly<Record<Leaf['style'], readonly OmmlElement[]>> = {
  italic: [],
  upright: [value('sty', 'p')],
  bold: [value('sty', 'b')],
  'bold-italic': [value('sty', 'bi')],
  'double-struck': [value('scr', 'double-struck'), value('sty', 'p')],
  script: [value('scr', 'script'), value('sty', 'p')],
  fraktur: [value('scr', 'fraktur'), value('sty', 'p')],
  'sans-serif': [value('scr', 'sans-serif'), value('sty', 'p')],
  monospace: [value('scr', 'monospace'), value('sty', 'p')],
};

const run = ({ role, text, style }: Leaf): OmmlElement => {
  const plain = role === 'operator' || (role === 'number' && style === 'upright') || role === 'space';
  const properties = role === 'text' ? [value('nor', '1')] : plain ? [] : styles[style];
  const fonts: OmmlElement = {
    name: 'w:rPr',
    attributes: {},
    children: [
      {
        name: 'w:rFonts',
        attributes:
          role === 'text'
            ? {
                'w:ascii': 'Times New Roman',
                'w:hAnsi': 'Times New Roman',
                'w:eastAsia': '宋体',
                'w:hint': 'eastAsia',
              }
            : { 'w:ascii': 'Cambria Math', 'w:hAnsi': 'Cambria Math' },
        children: [],
      },
    ],
  };
  return element('r', [
    ...(properties.length === 0 ? [] : [element('rPr', properties)]),
    fonts,
    { name: 'm:t', attributes: { 'xml:space': 'preserve' }, children: [text] },
  ]);
};

const scripts = ({ base, sub, sup }: Extract<Formula, { kind: 'scripts' }>): OmmlElement => {
  if (sub === null) return element('sSup', [argument('e', base), argument('sup', sup)]);
  if (sup === null) return element('sSub', [argument('e', base), argument('sub', sub)]);
  return element('sSubSup', [argument('e', base), argument('sub', sub), argument('sup', sup)]);
};

/** Arrows and equals signs that Word stretches under or over the words. */
const stretches = new Set(['→', '←', '=', '⇌', '⇒']);

const limits = ({ base, under, over }: Extract<Formula, { kind: 'limits' }>): OmmlElement => {
  const stretched = base.kind === 'leaf' && stretches.has(base.text);
  if (stretched && (under === null) !== (over === null))
    return element('groupChr', [
      element('groupChrPr', [
        value('chr', base.text),
        ...(over === null ? [value('pos', 'top')] : [value('vertJc', 'top')]),
      ]),
      argument('e', over ?? under),
    ]);
  const above =
    over === null ? one(base) : [element('limUpp', [element('e', one(base)), argument('lim', over)])];
  const [inner] = above;
  if (under === null && inner !== undefined) return inner;
  return element('limLow', [element('e', above), argument('lim', under)]);
};

const accent = ({ name, base }: Extract<Formula, { kind: 'accent' }>): OmmlElement => {
  const { characters, word, below = false } = accents[name];
  const [character = ''] = Array.from(characters);
  if (word === 'bar')
    return element('bar', [element('barPr', [value('pos', below ? 'bot' : 'top')]), argument('e', base)]);
  if (word === 'groupChr')
    return element('groupChr', [
      element('groupChrPr', [
        value('chr', character),
        value('pos', below ? 'bot' : 'top'),
        value('vertJc', below ? 'top' : 'bot'),
      ]),
      argument('e', base),
    ]);
  return element('acc', [
    element('accPr', [
      value('chr', name === 'overrightarrow' ? '\u20d7' : name === 'overleftarrow' ? '\u20d6' : character),
    ]),
    argument('e', base),
  ]);
};

const table = ({ align, rows }: Extract<Formula, { kind: 'table' }>): OmmlElement => {
  const mark = element('r', [{ name: 'm:t', attributes: {}, children: ['&'] }]);
  if (align === 'aligned')
    return element(
      'eqArr',
      rows.map((cells) =>
        element(
          'e',
          cells.flatMap((cell, at) => [...(at === 0 ? [] : [mark]), ...row(itemsOf(cell))]),
        ),
      ),
    );
  const columns = Math.max(1, ...rows.map((cells) => cells.length));
  return element('m', [
    element('mPr', [
      element('mcs', [
        element('mc', [element('mcPr', [value('count', String(columns)), value('mcJc', align)])]),
      ]),
    ]),
    ...rows.map((cells) =>
      element(
        'mr',
        cells.map((cell) => argument('e', cell)),
      ),
    ),
  ]);
};

const enclosed = ({ as, body }: Extract<Formula, { kind: 'enclosed' }>): OmmlElement => {
  if (as === 'phantom')
    return element('phant', [element('phantPr', [value('show', '0')]), argument('e', body)]);
  const sides = ['hideTop', 'hideBot', 'hideLeft', 'hideRight'].map((side) => value(side, '1'));
  return element('borderBox', [
    ...(as === 'cancel' ? [element('borderBoxPr', [...sides, value('strikeBLTR', '1')])] : []),
    argument('e', body),
  ]);
};
