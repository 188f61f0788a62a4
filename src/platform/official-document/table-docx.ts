import { AlignmentType, type ISectionOptions, Packer, type Paragraph, type Table as WordTable } from 'docx';
import type { Table } from './document.ts';
import { fonts, pages, paragraph, run, size, table, wordFile } from './docx-parts.ts';
import { layOutTable } from './layout.ts';
import { printable } from './text.ts';
import { breakTitle } from './title.ts';

/** A title and tables without head, number or signature: lists and appendices. */
export type TableDocument = {
  /** Printed flush left above the title, e.g. 附件1. */
  label?: string;
  title: string;
  note?: string;
  tables: readonly Table[];
  landscape?: boolean;
};

export const toTableDocx = async (document: TableDocument): Promise<Buffer> => {
  const landscape = document.landscape ?? false;
  const titleLines = breakTitle(printable(document.title), landscape ? 32 : 20);
  const children: (Paragraph | WordTable)[] = [
    ...(document.label ? [paragraph(run(printable(document.label), { font: fonts.hei }))] : []),
    paragraph(run(titleLines.join('\n'), { font: fonts.mark, size: size.title }), {
      alignment: AlignmentType.CENTER,
      before: document.label ? 1 : 0,
      keepNext: true,
    }),
    ...(document.note
      ? [paragraph(run(printable(document.note), { size: size.small }), { alignment: AlignmentType.CENTER })]
      : []),
    ...document.tables.flatMap((item) => {
      const laid = layOutTable(item);
      return [
        paragraph(run(laid.heading, { font: fonts.hei }), {
          alignment: AlignmentType.CENTER,
          keepNext: true,
        }),
        table(laid, landscape),
      ];
    }),
  ];
  const sections: ISectionOptions[] = [pages(children, landscape)];
  return Packer.toBuffer(wordFile(titleLines.join(''), '', sections));
};
