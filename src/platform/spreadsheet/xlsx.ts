import type { Archive } from './archive.ts';
import { readRelationships } from './package-parts.ts';
import type { TableLimits, TableRow } from './table-row.ts';
import { damaged } from './unreadable-file.ts';
import { readSharedStrings, readStyles } from './xlsx-parts.ts';
import { readMerges, SheetListener } from './xlsx-sheet.ts';
import { drainXml, readXml } from './xml.ts';

interface Workbook {
  sheets: { name: string; relationship: string }[];
  from1904: boolean;
}

/** Every visible sheet, in the order of its tabs. */
export async function* readXlsx(
  archive: Archive,
  part: string,
  limits: TableLimits,
): AsyncGenerator<TableRow> {
  const workbook = await readWorkbook(archive, part, limits);
  const relationships = await readRelationships(archive, part, limits);
  const partOf = (type: string) => relationships.find((one) => one.type === type)?.target;
  const strings = await readSharedStrings(archive, partOf('sharedStrings'), limits);
  const styles = await readStyles(archive, partOf('styles'), limits);
  for (const sheet of workbook.sheets) {
    const target = relationships.find(
      ({ id, type }) => id === sheet.relationship && type === 'worksheet',
    )?.target;
    if (target === undefined) continue;
    const first = await archive.open(target, limits.partBytes);
    if (first === null) throw damaged();
    const merges = await readMerges(first);
    const second = await archive.open(target, limits.partBytes);
    if (second === null) throw damaged();
    const reading = { name: sheet.name, strings, styles, from1904: workbook.from1904, merges, limits };
    yield* readXml(second, new SheetListener(reading));
  }
}

async function readWorkbook(archive: Archive, part: string, limits: TableLimits): Promise<Workbook> {
  const bytes = await archive.open(part, limits.heldBytes);
  if (bytes === null) throw damaged();
  const workbook: Workbook = { sheets: [], from1904: false };
  await drainXml(bytes, {
    open(name, attribute) {
      if (name === 'workbookPr') workbook.from1904 = ['1', 'true'].includes(attribute('date1904') ?? '');
      if (name !== 'sheet' || (attribute('state') ?? 'visible') !== 'visible') return;
      workbook.sheets.push({ name: attribute('name') ?? '', relationship: attribute('id') ?? '' });
    },
    take: () => [],
  });
  return workbook;
}
