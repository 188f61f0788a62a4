import { readOmml } from '../formula/read-omml.ts';
import { toLatex } from '../formula/to-latex.ts';
import type { Element } from '../formula/xml-tree.ts';
import { childOf, elements, textOf, valueOf } from '../formula/xml-tree.ts';
import type { WordInline, WordMark } from './document.ts';
import type { Losses } from './losses.ts';
import type { WordPicture } from './pictures.ts';
import { printable } from './resources.ts';
import { isOn } from './styles.ts';

/** What the runs of a document refer to, and what they share. */
export interface InlineContext {
  /** By relationship id; a string says why the picture is not taken. */
  pictures: ReadonlyMap<string, WordPicture | string>;
  /** Footnotes (f1) and endnotes (e1) by id. */
  notes: ReadonlyMap<string, string>;
  losses: Losses;
  used: Map<string, WordPicture>;
  /** Fields that are open; they may run over several paragraphs. */
  fields: { code: string; inResult: boolean }[];
  /** What the text boxes of the paragraph hold, to come after it. */
  boxes: Element[];
  /** Formulas that stand in a line of their own. */
  displayed: WeakSet<WordInline>;
}

const transparent = new Set([
  'hyperlink',
  'smartTag',
  'ins',
  'moveTo',
  'sdt',
  'sdtContent',
  'customXml',
  'dir',
  'bdo',
  'Choice',
  'group',
]);

const longestFormula = 4_000;

/** The inlines of a paragraph, adjacent text of one look in one piece. */
export const readInlines = (
  children: readonly Element[],
  context: InlineContext,
  bold: boolean,
): WordInline[] => {
  const found: WordInline[] = [];
  walk(children, context, bold, found);
  return joined(found);
};

const joined = (inlines: readonly WordInline[]): WordInline[] => {
  const out: WordInline[] = [];
  for (const inline of inlines) {
    const last = out.at(-1);
    if (inline.kind === 'text' && last?.kind === 'text' && last.marks.join() === inline.marks.join())
      out[out.length - 1] = { ...last, text: last.text + inline.text };
    else out.push(inline);
  }
  return out;
};

const walk = (
  children: readonly Element[],
  context: InlineContext,
  bold: boolean,
  out: WordInline[],
): void => {
  for (const child of children) {
    const { name } = child;
    if (name === 'r') readRun(child, context, bold, out);
    else if (name === 'oMath') pushFormula(child, context, out, false);
    else if (name === 'oMathPara')
      for (const math of elements(child).filter((part) => part.name === 'oMath'))
        pushFormula(math, context, out, true);
    else if (name === 'del' || name === 'moveFrom') {
      if (name === 'del') context.losses.count('revision');
      context.losses.leaveOut(textOf(child), '修订中删除的文字');
    } else if (name === 'AlternateContent') walk(elements(chosen(child)), context, bold, out);
    else if (name === 'fldSimple') readSimpleField(child, context, bold, out);
    else if (transparent.has(name)) {
      if (name === 'ins') context.losses.count('revision');
      walk(elements(child), context, bold, out);
    }
  }
};

/** The newer of two forms of one thing, the older only where there is no newer. */
const chosen = (alternate: Element): Element =>
  childOf(alternate, 'Choice') ?? childOf(alternate, 'Fallback') ?? alternate;

const pushFormula = (math: Element, context: InlineContext, out: WordInline[], displayed: boolean): void => {
  const { formula, unknown } = readOmml(math);
  if (unknown.length > 0) context.losses.count('formula-part', unknown.join('、'));
  const latex = toLatex(formula);
  if (latex.trim() === '') return;
  if (latex.length > longestFormula) {
    context.losses.count('formula-part', '过长');
    out.push({ kind: 'text', text: textOf(math), marks: [] });
    return;
  }
  const inline: WordInline = { kind: 'formula', latex };
  if (displayed) context.displayed.add(inline);
  out.push(inline);
};

const marksOf = (properties: Element | undefined, bold: boolean): WordMark[] => {
  const position = valueOf(properties, 'vertAlign');
  const on: Readonly<Record<WordMark, boolean>> = {
    bold: isOn(childOf(properties, 'b')) ?? bold,
    italic: isOn(childOf(properties, 'i')) ?? false,
    underline: isOn(childOf(properties, 'u')) ?? false,
    strike: (isOn(childOf(properties, 'strike')) ?? false) || (isOn(childOf(properties, 'dstrike')) ?? false),
    subscript: position === 'subscript',
    superscript: position === 'superscript',
  };
  return (['bold', 'italic', 'underline', 'strike', 'subscript', 'superscript'] as const).filter(
    (mark) => on[mark],
  );
};

const readRun = (run: Element, context: InlineContext, bold: boolean, out: WordInline[]): void => {
  const properties = childOf(run, 'rPr');
  if (isOn(childOf(properties, 'vanish')) === true) {
    context.losses.leaveOut(textOf(run), '隐藏文字');
    return;
  }
  const marks = marksOf(properties, bold);
  const say = (text: string): void => {
    const clean = printable(text);
    if (clean !== '') out.push({ kind: 'text', text: clean, marks });
  };
  for (const child of elements(run)) {
    const field = context.fields.at(-1);
    if (child.name === 'fldChar') readFieldMark(child, context, say);
    else if (child.name === 'instrText') {
      if (field !== undefined && !field.inResult) field.code += textOf(child);
    } else if (field !== undefined && !field.inResult) {
      if (child.name === 't') field.code += textOf(child);
    } else if (child.name === 't') say(textOf(child));
    else if (child.name === 'tab' || child.name === 'ptab') say('\t');
    else if (child.name === 'cr') out.push({ kind: 'break' });
    else if (child.name === 'br') {
      if ((child.attribute('type') ?? 'textWrapping') === 'textWrapping') out.push({ kind: 'break' });
    } else if (child.name === 'noBreakHyphen') say('-');
    else if (child.name === 'sym') say(symbol(child, context));
    else if (child.name === 'footnoteReference' || child.name === 'endnoteReference') {
      const note = context.notes.get(`${child.name[0] ?? ''}${child.attribute('id') ?? ''}`);
      if (note !== undefined && note.trim() !== '') say(`（注：${note.trim()}）`);
    } else if (child.name === 'ruby') readRuby(child, context, bold, out);
    else if (child.name === 'delText') context.losses.leaveOut(textOf(child), '修订中删除的文字');
    else if (child.name === 'object') readObject(child, context, out);
    else if (child.name === 'AlternateContent') readDrawn(chosen(child), context, out);
    else if (child.name === 'drawing' || child.name === 'pict') readDrawn(child, context, out);
  }
};

/** Pinyin above characters comes in brackets behind them. */
const readRuby = (ruby: Element, context: InlineContext, bold: boolean, out: WordInline[]): void => {
  walk(elements(childOf(ruby, 'rubyBase') ?? ruby), context, bold, out);
  const above = textOf(childOf(ruby, 'rt') ?? { ...ruby, children: [] }).trim();
  if (above !== '') out.push({ kind: 'text', text: `(${above})`, marks: [] });
};

const isEquation = (code: string): boolean => /^\s*EQ\b/iu.test(code);

const readFieldMark = (mark: Element, context: InlineContext, say: (text: string) => void): void => {
  const kind = mark.attribute('fldCharType');
  if (kind === 'begin') context.fields.push({ code: '', inResult: false });
  else if (kind === 'separate') {
    const field = context.fields.at(-1);
    if (field !== undefined) field.inResult = true;
  } else if (kind === 'end') {
    const field = context.fields.pop();
    if (field === undefined) return;
    const outer = context.fields.at(-1);
    if (outer !== undefined && !outer.inResult) outer.code += field.code;
    else if (isEquation(field.code)) say(equation(field.code, context));
    else if (!field.inResult && /^\s*FORMCHECKBOX/iu.test(field.code)) say('□');
  }
};

const equation = (code: string, context: InlineContext): string => {
  context.losses.count('eq-field');
  return `【EQ 域公式：${code.trim().replace(/^EQ\s*/iu, '')}】`;
};

const readSimpleField = (field: Element, context: InlineContext, bold: boolean, out: WordInline[]): void => {
  const code = field.attribute('instr') ?? '';
  if (isEquation(code)) out.push({ kind: 'text', text: equation(code, context), marks: [] });
  else walk(elements(field), context, bold, out);
};

/** The characters of Wingdings that forms use as boxes and ticks. */
const symbols: Readonly<Record<string, string>> = {
  f0a8: '□',
  f06f: '□',
  f071: '□',
  f0fe: '☑',
  f052: '☑',
  f0fd: '☒',
  f0fc: '✓',
  f050: '✓',
  f0fb: '✗',
  f06c: '●',
  f06e: '■',
  f0a1: '○',
  f0d8: '➢',
  f0e0: '→',
  f0b7: '·',
};

const symbol = (element: Element, context: InlineContext): string => {
  const code = (element.attribute('char') ?? '').toLowerCase();
  const known = symbols[code];
  if (known !== undefined) return known;
  const number = Number.parseInt(code, 16);
  if (Number.isInteger(number) && number >= 0x20 && number < 0xe000) return String.fromCharCode(number);
  context.losses.count('symbol');
  return '□';
};

const emuOfPixel = 9525;

const readDrawn = (drawn: Element, context: InlineContext, out: WordInline[]): void => {
  const extent = findFirst(drawn, 'extent');
  const width = Math.round(Number(extent?.attribute('cx') ?? '0') / emuOfPixel);
  const described = findFirst(drawn, 'docPr');
  const alt = printable(described?.attribute('descr') ?? '').slice(0, 500);
  visit(drawn, (element) => {
    if (element.name === 'AlternateContent') {
      readDrawn(chosen(element), context, out);
      return false;
    }
    if (element.name === 'txbxContent') {
      context.boxes.push(element);
      return false;
    }
    if (element.name === 'blip' || element.name === 'imagedata') {
      pushPicture(element, context, out, element.name === 'blip' ? width : shapeWidth(drawn), alt);
      return false;
    }
    if (element.name === 'chart' || element.name === 'relIds') {
      context.losses.count('chart');
      out.push({ kind: 'text', text: '【图表未能读入】', marks: [] });
      return false;
    }
    return element.name !== 'extLst';
  });
};

/** The width in a VML shape's style, in pixels. */
const shapeWidth = (drawn: Element): number => {
  const style = (findFirst(drawn, 'shape') ?? findFirst(drawn, 'rect'))?.attribute('style') ?? '';
  const [, value = '0', unit = 'pt'] = /(?:^|;)\s*width:\s*([0-9.]+)(pt|px|in|cm|mm)?/u.exec(style) ?? [];
  const pixels: Readonly<Record<string, number>> = { pt: 4 / 3, px: 1, in: 96, cm: 37.8, mm: 3.78 };
  return Math.round(Number(value) * (pixels[unit] ?? 1));
};

const pushPicture = (
  element: Element,
  context: InlineContext,
  out: WordInline[],
  width: number,
  alt: string,
): void => {
  const id = element.attribute('embed') ?? element.attribute('id') ?? element.attribute('pict');
  const picture = id === undefined ? undefined : context.pictures.get(id);
  if (picture === undefined) {
    context.losses.count('linked-picture');
    out.push({ kind: 'text', text: '【图片未能读入：只有链接】', marks: [] });
  } else if (typeof picture === 'string') {
    context.losses.count('picture', picture);
    out.push({ kind: 'text', text: `【图片未能读入：${picture}】`, marks: [] });
  } else {
    context.used.set(picture.file, picture);
    out.push({
      kind: 'picture',
      file: picture.file,
      alt,
      width: width >= 8 && width <= 4000 ? width : null,
    });
  }
};

const readObject = (object: Element, context: InlineContext, out: WordInline[]): void => {
  const program = findFirst(object, 'OLEObject')?.attribute('ProgID') ?? '';
  const formula = /equation|mathtype/iu.test(program);
  const preview = findFirst(object, 'imagedata');
  const picture = context.pictures.get(preview?.attribute('id') ?? '');
  context.losses.count(formula ? 'mathtype' : 'object', program);
  if (preview !== undefined && picture !== undefined && typeof picture !== 'string')
    pushPicture(preview, context, out, shapeWidth(object), formula ? '公式（图片）' : program);
  else
    out.push({
      kind: 'text',
      text: formula ? '【MathType 公式未能读入】' : `【嵌入对象未能读入：${printable(program) || '未知'}】`,
      marks: [],
    });
};

const visit = (element: Element, enter: (element: Element) => boolean): void => {
  for (const child of elements(element)) if (enter(child)) visit(child, enter);
};

const findFirst = (element: Element, name: string): Element | undefined => {
  for (const child of elements(element)) {
    const found = child.name === name ? child : findFirst(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
};
