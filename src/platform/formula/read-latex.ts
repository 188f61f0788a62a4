import katex from 'katex';
import { accentFrom } from './accents.ts';
import type { Formula, LeafStyle } from './tree.ts';
import { isEmpty, isFunctionName, itemsOf, leaf, leavesOf, limitsOf, rowOf, sameOperator } from './tree.ts';
import type { Element } from './xml-tree.ts';
import { elements, parseXml, textOf } from './xml-tree.ts';

const longest = 4_000;

/** The formula, or null where KaTeX cannot read it. Macros cannot be defined and nothing is fetched. */
export const readLatex = (latex: string): Formula | null => {
  if (latex.length > longest) return null;
  try {
    const html = katex.renderToString(latex, {
      output: 'mathml',
      displayMode: true,
      strict: false,
      trust: false,
      throwOnError: true,
      maxExpand: 200,
    });
    const from = html.indexOf('<semantics>') + '<semantics>'.length;
    const to = html.lastIndexOf('<annotation');
    return readElement(parseXml(`<mrow>${html.slice(from, to)}</mrow>`));
  } catch {
    return null;
  }
};

const styles: Readonly<Record<string, LeafStyle>> = {
  normal: 'upright',
  bold: 'bold',
  italic: 'italic',
  'bold-italic': 'bold-italic',
  'double-struck': 'double-struck',
  script: 'script',
  fraktur: 'fraktur',
  'sans-serif': 'sans-serif',
  monospace: 'monospace',
};

const readElement = (element: Element): Formula => {
  const children = elements(element);
  const at = (index: number): Formula => {
    const child = children[index];
    return child === undefined ? rowOf([]) : readElement(child);
  };
  switch (element.name) {
    case 'mi':
    case 'mn':
    case 'mo':
    case 'mtext':
      return children.length > 0 ? readRow(children) : readLeaf(element);
    case 'mspace':
      return Number.parseFloat(element.attribute('width') ?? '0') >= 0.5 ? leaf('space', ' ') : rowOf([]);
    case 'mfrac':
      return {
        kind: 'fraction',
        top: at(0),
        bottom: at(1),
        bar: !(element.attribute('linethickness') ?? '').startsWith('0'),
      };
    case 'msqrt':
      return { kind: 'root', degree: null, body: readRow(children) };
    case 'mroot':
      return { kind: 'root', degree: at(1), body: at(0) };
    case 'msub':
      return { kind: 'scripts', base: at(0), sub: at(1), sup: null };
    case 'msup':
      return { kind: 'scripts', base: at(0), sub: null, sup: at(1) };
    case 'msubsup':
      return { kind: 'scripts', base: at(0), sub: at(1), sup: at(2) };
    case 'munder':
      return readAccent(children, true) ?? limitsOf(at(0), at(1), null);
    case 'mover':
      return readAccent(children, false) ?? limitsOf(at(0), null, at(1));
    case 'munderover':
      return limitsOf(at(0), at(1), at(2));
    case 'mtable':
      return readTable(element);
    case 'menclose':
      return {
        kind: 'enclosed',
        as: (element.attribute('notation') ?? '').includes('strike') ? 'cancel' : 'box',
        body: readRow(children),
      };
    case 'mphantom':
      return { kind: 'enclosed', as: 'phantom', body: readRow(children) };
    default:
      return readRow(children);
  }
};

const readLeaf = (element: Element): Formula => {
  const text = textOf(element).replaceAll(/[\u2061-\u2064]/gu, '');
  const style = styles[element.attribute('mathvariant') ?? ''] ?? null;
  if (text === '') return rowOf([]);
  if (element.name === 'mn') return leaf('number', text, style ?? 'upright');
  if (element.name === 'mtext')
    return /^\s+$/u.test(text) ? leaf('space', ' ') : leaf('text', text.replaceAll('\u00a0', ' '));
  if (element.name === 'mi' && Array.from(text).length > 1 && /^[\p{L}\s]+$/u.test(text))
    return isFunctionName(text) || style !== null ? leaf('function', text) : rowOf(leavesOf(text, style));
  return rowOf(leavesOf(text, style));
};

/** Whether this element is one of a growing pair of brackets; those of a fixed size are ordinary characters. */
const isFence = (element: Element): boolean =>
  element.name === 'mo' &&
  element.attribute('fence') === 'true' &&
  element.attribute('minsize') === undefined;

/** KaTeX puts a growing pair into a row of its own, with nothing for a missing bracket. */
const readRow = (children: Element[]): Formula => {
  const fences = children.filter(isFence).length;
  const [first] = children;
  const last = children.at(-1);
  if (fences === 0 || first === undefined || last === undefined) return rowOf(children.map(readElement));
  const open = isFence(first) ? textOf(first) : '';
  const close = isFence(last) && last !== first ? textOf(last) : '';
  const inner = children.slice(open === '' ? 0 : 1, close === '' ? children.length : -1);
  const parts: Formula[][] = [[]];
  let bar = '';
  for (const child of inner) {
    if (isFence(child)) {
      bar = sameOperator(textOf(child));
      parts.push([]);
    } else parts.at(-1)?.push(readElement(child));
  }
  return { kind: 'fence', open: sameFence(open), close: sameFence(close), bar, parts: parts.map(rowOf) };
};

const sameFence = (text: string): string => (text === '∣' ? '|' : text === '∥' ? '‖' : text);

const readAccent = (children: Element[], below: boolean): Formula | null => {
  const [base, mark] = children;
  if (base === undefined || mark === undefined || mark.name !== 'mo') return null;
  const text = textOf(mark);
  const stretchy = mark.attribute('stretchy') === 'true';
  return '→←=⇌⇒'.includes(text) && !stretchy ? null : accentFrom(text, below, readElement(base));
};

const readTable = (element: Element): Formula => {
  const rows = elements(element).map((row) => elements(row).map((cell) => readRow(elements(cell))));
  if (element.attribute('width') === '100%')
    return rowOf(
      rows
        .flatMap((row) => row.filter((cell) => !isEmpty(cell)).flatMap((cell) => [cell, leaf('space', ' ')]))
        .slice(0, -1),
    );
  const align = element.attribute('columnalign') ?? '';
  return {
    kind: 'table',
    align: align.startsWith('right left') ? 'aligned' : align.startsWith('left') ? 'left' : 'center',
    rows: rows.map((row) => row.map((cell) => rowOf(itemsOf(cell)))),
  };
};
