import {
  AlignmentType,
  BorderStyle,
  FrameAnchorType,
  FrameWrap,
  HorizontalPositionAlign,
  type IFrameOptions,
  type ISectionOptions,
  LineRuleType,
  Packer,
  Paragraph,
  type Table,
  TabStopType,
  VerticalPositionAlign,
} from 'docx';
import type { OfficialDocument } from './document.ts';
import {
  characters,
  fonts,
  LINE,
  pages,
  paragraph,
  rule,
  run,
  size,
  TEXT_WIDTH,
  table,
  wordFile,
} from './docx-parts.ts';
import { type LaidBlock, type LaidDocument, layOut } from './layout.ts';
import { displayWidth } from './text.ts';

type Piece = Paragraph | Table;

const RED = 'FF0000';
/** The mark's upper edge lies 35 mm below the top of the type area. */
const HEAD_ROOM = 1984;
const HEAD_LINES = 3;

const head = (laid: LaidDocument): Piece[] => {
  const lines = [laid.copyNumber, laid.urgency].filter((text) => text !== '');
  const markLine = Math.round(laid.issuerMarkSize * 20 * 1.2);
  // Half of what the line has above the type, and the type's own white at the top.
  const above = Math.round(laid.issuerMarkSize * 20 * 0.15);
  return [
    ...Array.from({ length: HEAD_LINES }, (_, index) =>
      paragraph(run(lines[index] ?? '', { font: lines[index] === laid.urgency ? fonts.hei : fonts.fang })),
    ),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: {
        line: markLine,
        lineRule: LineRuleType.EXACT,
        before: Math.max(0, HEAD_ROOM - HEAD_LINES * LINE - above),
        after: 0,
      },
      children: run(laid.issuerMark, { font: fonts.mark, size: laid.issuerMarkSize * 2, color: RED }),
    }),
    paragraph(run(laid.number), {
      alignment: AlignmentType.CENTER,
      before: 2,
      border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: RED, space: 8 } },
    }),
  ];
};

const centredTitle = (lines: readonly string[], before: number): Piece =>
  paragraph(run(lines.join('\n'), { font: fonts.mark, size: size.title }), {
    alignment: AlignmentType.CENTER,
    before,
    keepNext: true,
  });

const headingFonts = [fonts.hei, fonts.kai, fonts.fang, fonts.fang];

const block = (item: LaidBlock, landscape: boolean): Piece[] => {
  const pageBreakBefore = item.breakBefore;
  if (item.kind === 'table') {
    const heading = paragraph(run(item.heading, { font: fonts.hei }), {
      alignment: AlignmentType.CENTER,
      keepNext: true,
      pageBreakBefore,
    });
    return [...(item.heading === '' && !pageBreakBefore ? [] : [heading]), table(item, landscape)];
  }
  const isHeading = item.kind === 'heading';
  const title = isHeading ? run(item.title, { font: headingFonts[item.level - 1] ?? fonts.fang }) : [];
  return [
    paragraph([...title, ...(item.text === '' ? [] : run(item.text))], {
      alignment: AlignmentType.BOTH,
      indent: { firstLine: characters(2) },
      pageBreakBefore,
      keepNext: item.keepWithNext,
      ...(isHeading ? { outlineLevel: item.level - 1 } : {}),
    }),
  ];
};

const blocks = (items: readonly LaidBlock[], landscape = false): Piece[] =>
  items.flatMap((item) => block(item, landscape));

const attachmentLines = ({ attachmentLines: lines }: LaidDocument): Piece[] => {
  const label = Math.max(0, ...lines.map((line) => displayWidth(line.label)));
  const left = 5 + label;
  return lines.map((line, index) =>
    paragraph(run(`${index === 0 ? '附件：' : ''}${line.label}${line.label ? '\t' : ''}${line.name}`), {
      before: index === 0 ? 1 : 0,
      indent: { left: characters(left), hanging: characters(index === 0 ? label + 3 : label) },
      tabStops: [{ type: TabStopType.LEFT, position: characters(left) }],
      keepNext: true,
    }),
  );
};

const signature = ({ signature: sign }: LaidDocument): Piece[] => [
  paragraph(run(sign.issuer), {
    alignment: AlignmentType.RIGHT,
    indent: { right: characters(sign.issuerIndent) },
    before: sign.blankLines,
    keepNext: true,
  }),
  paragraph(run(sign.date), {
    alignment: AlignmentType.RIGHT,
    indent: { right: characters(sign.dateIndent) },
  }),
];

/** 0.35 mm and 0.25 mm in twips. */
const THICK = 20;
const THIN = 14;

const footFrame: IFrameOptions = {
  type: 'alignment',
  alignment: { x: HorizontalPositionAlign.LEFT, y: VerticalPositionAlign.BOTTOM },
  anchor: { horizontal: FrameAnchorType.MARGIN, vertical: FrameAnchorType.MARGIN },
  width: TEXT_WIDTH,
  wrap: FrameWrap.NOT_BESIDE,
};

/**
 * The 版记: paragraphs in one frame at the foot of the last page. Not a floating table, which Word and
 * LibreOffice place differently.
 */
const foot = (laid: LaidDocument): Piece[] => {
  if (laid.copyTo === '' && laid.issuedBy === '' && laid.issuedOn === '') return [];
  const small = (text: string) => run(text, { size: size.small });
  const one = 280;
  const copies = paragraph(small(`抄送：${laid.copyTo}。`), {
    frame: footFrame,
    indent: { left: one * 4, hanging: one * 3, right: one },
  });
  const issued = paragraph(small(`${laid.issuedBy}\t${laid.issuedOn}`), {
    frame: footFrame,
    indent: { left: one, right: one },
    tabStops: [{ type: TabStopType.RIGHT, position: TEXT_WIDTH - one }],
  });
  const rows = [...(laid.copyTo === '' ? [] : [copies]), ...(laid.issuedBy || laid.issuedOn ? [issued] : [])];
  return [
    ...rows.flatMap((row, index) => [rule(index === 0 ? THICK : THIN, { frame: footFrame }), row]),
    rule(THICK, { frame: footFrame }),
    new Paragraph({ children: [], spacing: { line: 20, lineRule: LineRuleType.EXACT } }),
  ];
};

type Part = { landscape: boolean; children: Piece[] };

const attachment = (item: LaidDocument['attachments'][number], newSection: boolean): Piece[] => [
  paragraph(run(item.label, { font: fonts.hei }), { pageBreakBefore: !newSection, keepNext: true }),
  centredTitle(item.titleLines, 1),
  paragraph([]),
  ...blocks(item.body, item.landscape),
];

const parts = (laid: LaidDocument): Part[] => {
  const recipients = laid.recipients === '' ? [] : [paragraph(run(`${laid.recipients}：`), { before: 1 })];
  const note =
    laid.note === '' ? [] : [paragraph(run(`（${laid.note}）`), { indent: { left: characters(2) } })];
  const result: Part[] = [
    {
      landscape: false,
      children: [
        ...head(laid),
        centredTitle(laid.titleLines, 2),
        ...(recipients.length === 0 ? [paragraph([])] : recipients),
        ...blocks(laid.body),
        ...attachmentLines(laid),
        ...signature(laid),
        ...note,
      ],
    },
  ];
  for (const item of laid.attachments) {
    const current = result.at(-1);
    if (current && current.landscape === item.landscape) current.children.push(...attachment(item, false));
    else result.push({ landscape: item.landscape, children: attachment(item, true) });
  }
  const footing = foot(laid);
  const last = result.at(-1);
  if (footing.length === 0 || !last) return result;
  if (last.landscape) result.push({ landscape: false, children: footing });
  else last.children.push(...footing);
  return result;
};

/** The document as a Word file. Never draws a seal. */
export const toDocx = async (document: OfficialDocument): Promise<Buffer> => {
  const laid = layOut(document);
  const sections = parts(laid).map(({ children, landscape }): ISectionOptions => pages(children, landscape));
  return Packer.toBuffer(wordFile(laid.title, laid.signature.issuer, sections));
};
