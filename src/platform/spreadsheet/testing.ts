import { strToU8, zipSync } from 'fflate';
import { readTables } from './read-tables.ts';
import type { TableRow, TableSource } from './table-row.ts';

export interface MadeSheet {
  name: string;
  rows: readonly (readonly string[])[];
  /** Ranges like A2:A4. */
  merges?: readonly string[];
  /** The elements of sheetData themselves, instead of rows. */
  data?: string;
  hidden?: boolean;
}

const escapeXml = (text: string): string =>
  text.replace(/[<>&"]/gu, (character) => `&#${character.charCodeAt(0)};`);

const column = (index: number): string =>
  index < 26 ? String.fromCharCode(65 + index) : column(Math.floor(index / 26) - 1) + column(index % 26);

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** An .xlsx written part by part, so that a test can also write what no office program would. */
export function makeXlsx(
  sheets: readonly MadeSheet[],
  extra: Readonly<Record<string, string | Uint8Array>> = {},
): Buffer {
  const strings = new Map<string, number>();
  const index = (text: string): number => {
    const known = strings.get(text);
    if (known !== undefined) return known;
    strings.set(text, strings.size);
    return strings.size - 1;
  };
  const parts: Record<string, Uint8Array> = {};
  sheets.forEach((sheet, at) => {
    const lines: string[] = [];
    sheet.rows.forEach((cells, row) => {
      const filled = cells.map((cell, place) =>
        cell === '' ? '' : `<c r="${column(place)}${row + 1}" t="s"><v>${index(cell)}</v></c>`,
      );
      if (filled.some((cell) => cell !== '')) lines.push(`<row r="${row + 1}">${filled.join('')}</row>`);
    });
    const merges = sheet.merges ?? [];
    const merged =
      merges.length === 0
        ? ''
        : `<mergeCells count="${merges.length}">${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`;
    parts[`xl/worksheets/sheet${at + 1}.xml`] = strToU8(
      `${head}<worksheet xmlns="${main}"><sheetData>${sheet.data ?? lines.join('')}</sheetData>${merged}</worksheet>`,
    );
  });
  const listed = sheets.map(
    ({ name, hidden }, at) =>
      `<sheet name="${escapeXml(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"${hidden === true ? ' state="hidden"' : ''}/>`,
  );
  const links = sheets.map(
    (_, at) =>
      `<Relationship Id="rId${at + 1}" Type="${office}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
  );
  const texts = [...strings.keys()].map((text) => `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`);
  parts['_rels/.rels'] = strToU8(
    `${head}<Relationships xmlns="${packages}"><Relationship Id="r" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  );
  parts['xl/workbook.xml'] = strToU8(
    `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${listed.join('')}</sheets></workbook>`,
  );
  parts['xl/_rels/workbook.xml.rels'] = strToU8(
    `${head}<Relationships xmlns="${packages}">${links.join('')}<Relationship Id="s" Type="${office}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="t" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
  );
  parts['xl/sharedStrings.xml'] = strToU8(`${head}<sst xmlns="${main}">${texts.join('')}</sst>`);
  for (const [name, content] of Object.entries(extra))
    parts[name] = typeof content === 'string' ? strToU8(content) : content;
  return Buffer.from(zipSync(parts, { level: 6 }));
}

export async function collectRows(source: TableSource): Promise<TableRow[]> {
  return Array.fromAsync(readTables(source));
}
