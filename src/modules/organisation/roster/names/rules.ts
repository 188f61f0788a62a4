/** Names of one cell, and the parts nobody can be sure about. */
export interface NamesRead {
  readonly people: readonly { readonly name: string; readonly schoolText: string | null }[];
  readonly doubts: readonly { readonly text: string; readonly reason: string }[];
}

/** Brackets, spaces and points of full and half width made one; lines kept. */
export const normaliseText = (text: string): string =>
  text
    .replace(/\r\n?/gu, '\n')
    .replace(/[（［〔【]/gu, '(')
    .replace(/[）］〕】]/gu, ')')
    .replace(/[•・‧∙]/gu, '·')
    .replace(/[\u200b-\u200d\ufeff\u00ad]/gu, '')
    .replace(/[\u00a0\u2000-\u200a\u3000\t ]+/gu, ' ')
    .trim();

/** Without any white space at all, for headings, schools and codes. */
export const squeeze = (text: string): string => normaliseText(text).replace(/\s+/gu, '');

const compoundSurnames =
  /^(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木|百里|呼延|南宫)/u;
const personName = /^(?:\p{Script=Han}{2,4}|\p{Script=Han}+(?:·\p{Script=Han}+)+)$/u;
const remarks = new Set(['', '兼', '女', '男', '组长', '副组长']);

/** More than any list of names; a whole document in one cell. */
const longestCell = 20_000;

export function readNames(cell: string): NamesRead {
  const people: { name: string; schoolText: string | null }[] = [];
  const doubts: { text: string; reason: string }[] = [];
  const text = normaliseText(cell);
  if (text.length > longestCell)
    return { people, doubts: [{ text: `${text.slice(0, 20)}……`, reason: '这一格内容过长' }] };
  let at = 0;
  const take = (chunk: string, bracket: string | null) => {
    const pieces = chunk.split(/[、，,;；/]/u).filter((piece) => piece.trim() !== '');
    const school = bracket === null || remarks.has(squeeze(bracket)) ? null : squeeze(bracket);
    if (pieces.length === 0 && school !== null)
      doubts.push({ text: `(${school})`, reason: '括号前面没有姓名' });
    pieces.forEach((piece, index) => {
      const names = splitNames(piece);
      const schoolText = index === pieces.length - 1 ? school : null;
      if (names.length === 0)
        doubts.push({
          text: schoolText === null ? piece.trim() : `${piece.trim()}(${schoolText})`,
          reason: doubtReason(piece),
        });
      names.forEach((name, place) =>
        people.push({ name, schoolText: place === names.length - 1 ? schoolText : null }),
      );
    });
  };
  for (const found of text.matchAll(/\(([^()]*)\)/gu)) {
    take(text.slice(at, found.index), found[1] ?? '');
    at = found.index + found[0].length;
  }
  take(text.slice(at), null);
  return { people, doubts };
}

/** The names of a piece; empty when a part of it can be read in two ways. */
function splitNames(text: string): string[] {
  const lines: string[] = [];
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const before = lines.at(-1);
    if (before !== undefined && (isBroken(before, -1) || isBroken(line, 0)))
      lines[lines.length - 1] = before + line;
    else lines.push(line);
  }
  const each = lines.map((line) => splitLine(line));
  return each.every((names) => names.length > 0) ? each.flat() : [];
}

/** A single character at the edge of a line belongs to the next line's name, unless the line is one name spaced out. */
function isBroken(line: string, edge: 0 | -1): boolean {
  const parts = line.trim().split(/\s+/u);
  const single = (part: string | undefined) => part !== undefined && Array.from(part).length === 1;
  return single(parts.at(edge)) && (parts.length === 1 || !parts.every(single));
}

/** One-character parts are one name spaced out, longer parts are several names; empty when neither holds. */
function splitLine(line: string): string[] {
  const parts = line.trim().split(/\s+/u);
  const lengths = parts.map((part) => Array.from(part).length);
  if (lengths.every((length) => length === 1)) {
    const joined = parts.join('');
    return personName.test(joined) && (parts.length < 4 || compoundSurnames.test(joined)) ? [joined] : [];
  }
  return parts.every((part) => personName.test(part) && plausibleLength(part)) ? parts : [];
}

/** Four characters without a compound surname are more often two names written together. */
const plausibleLength = (name: string): boolean =>
  name.includes('·') || Array.from(name).length < 4 || compoundSurnames.test(name);

function doubtReason(piece: string): string {
  if (/[0〇○Ｏ?？□\ufffd]/u.test(piece)) return '姓名里有一个字没有显示出来';
  if (/[()]/u.test(piece)) return '括号不成对';
  if (/\s/u.test(piece.trim())) return '分不清是一个人还是几个人';
  return '不像一个姓名';
}
