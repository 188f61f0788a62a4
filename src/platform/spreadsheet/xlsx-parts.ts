import type { Archive } from './archive.ts';
import type { TableLimits } from './table-row.ts';
import { tooLarge } from './unreadable-file.ts';
import { drainXml } from './xml.ts';

/** How a number is shown: as a day or time, padded with zeros to a width, or as it is. */
export type NumberForm = { as: 'date' } | { as: 'padded'; width: number } | { as: 'number' };

const mostStrings = 4_000_000;

/** Characters that XML cannot hold are written _x000D_ by Excel. */
export const unescapeText = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/gu, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text;

export async function readSharedStrings(
  archive: Archive,
  part: string | undefined,
  limits: TableLimits,
): Promise<string[]> {
  const strings: string[] = [];
  const bytes = part === undefined ? null : await archive.open(part, limits.heldBytes);
  if (bytes === null) return strings;
  let value = '';
  let inText = false;
  let phonetic = 0;
  await drainXml(bytes, {
    open(name) {
      if (name === 'si') value = '';
      else if (name === 'rPh') phonetic += 1;
      else if (name === 't') inText = true;
    },
    text(piece) {
      if (inText && phonetic === 0) value += piece;
    },
    close(name) {
      if (name === 't') inText = false;
      else if (name === 'rPh') phonetic -= 1;
      else if (name === 'si') {
        strings.push(unescapeText(value));
        if (strings.length > mostStrings) throw tooLarge('表格里的文字过多');
      }
    },
    take: () => [],
  });
  return strings;
}

/** The form of each cell style, by its index. */
export async function readStyles(
  archive: Archive,
  part: string | undefined,
  limits: TableLimits,
): Promise<NumberForm[]> {
  const forms: NumberForm[] = [];
  const bytes = part === undefined ? null : await archive.open(part, limits.heldBytes);
  if (bytes === null) return forms;
  const codes = new Map<number, string>();
  let inCellStyles = false;
  await drainXml(bytes, {
    open(name, attribute) {
      if (name === 'numFmt') codes.set(Number(attribute('numFmtId')), attribute('formatCode') ?? '');
      else if (name === 'cellXfs') inCellStyles = true;
      else if (name === 'xf' && inCellStyles) forms.push(formOf(Number(attribute('numFmtId') ?? '0'), codes));
    },
    close(name) {
      if (name === 'cellXfs') inCellStyles = false;
    },
    take: () => [],
  });
  return forms;
}

/** Built-in formats 27–36 and 50–58 are dates in Chinese editions of Excel. */
function formOf(id: number, codes: Map<number, string>): NumberForm {
  const code = codes.get(id);
  if (code === undefined) {
    const date =
      (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
    return date ? { as: 'date' } : { as: 'number' };
  }
  if (/^0{2,}$/u.test(code)) return { as: 'padded', width: code.length };
  const bare = code.replace(/"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]/giu, '');
  return /[ymdhs]/iu.test(bare) && !/general/iu.test(bare) ? { as: 'date' } : { as: 'number' };
}

const dayLength = 86_400_000;

/** The stored text of a number as people read it; days as 2024-01-26, with the time where there is one. */
export function showNumber(stored: string, form: NumberForm, from1904: boolean): string {
  const value = Number(stored);
  if (stored.trim() === '' || !Number.isFinite(value)) return stored;
  if (form.as === 'date' && value >= 0 && value < 2_958_466) {
    const day = from1904 ? value + 1462 : value < 60 ? value + 1 : value;
    const moment = new Date(Math.round((day - 25_569) * 86_400) * 1000);
    const written = moment.toISOString();
    if (value < 1) return written.slice(11, 19);
    return moment.getTime() % dayLength === 0 ? written.slice(0, 10) : written.slice(0, 19).replace('T', ' ');
  }
  const plain = Number.isSafeInteger(value) ? String(value) : String(Number(value.toPrecision(15)));
  return form.as === 'padded' ? plain.padStart(form.width, '0') : plain;
}
