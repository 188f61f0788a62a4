import { AlignmentType, Document, type ISectionOptions, LevelFormat, LineRuleType } from 'docx';

/** Twips: A4 less 25 mm at both sides. */
export const TEXT_WIDTH = 9070;
/** Half points. */
export const SIZE = { title: 36, heading: 30, subheading: 26, text: 24, table: 21, small: 18 } as const;
export const fonts = { fang: '仿宋', kai: '楷体', hei: '黑体', song: '宋体' } as const;

export const fontOf = (name: string) => ({
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  eastAsia: name,
  cs: 'Times New Roman',
  // Without it Word sets “ ” — … in the Latin font, half as wide.
  hint: 'eastAsia',
});

export const lines = (count: number) => ({
  line: Math.round(240 * count),
  lineRule: LineRuleType.AUTO,
  before: 0,
  after: 0,
});

const heading = (size: number, font: string, before: number) => ({
  run: { font: fontOf(font), size, bold: false, color: '000000' },
  paragraph: { spacing: { before, after: 80 }, keepNext: true },
});

const levels = (format: 'decimal' | 'bullet') =>
  Array.from({ length: 9 }, (_, level) => ({
    level,
    format: format === 'decimal' ? LevelFormat.DECIMAL : LevelFormat.BULLET,
    text: format === 'decimal' ? `%${level + 1}.` : '•',
    alignment: AlignmentType.LEFT,
    style: { paragraph: { indent: { left: 480 * (level + 1), hanging: 400 } } },
  }));

export const wordDocument = (title: string, creator: string, section: ISectionOptions): Document =>
  new Document({
    title,
    creator,
    numbering: {
      config: [
        { reference: 'numbers', levels: levels('decimal') },
        { reference: 'bullets', levels: levels('bullet') },
      ],
    },
    styles: {
      default: {
        document: {
          run: {
            font: fontOf(fonts.fang),
            size: SIZE.text,
            language: { value: 'en-US', eastAsia: 'zh-CN' },
          },
        },
        title: {
          run: { font: fontOf(fonts.hei), size: SIZE.title, color: '000000' },
          paragraph: { alignment: AlignmentType.CENTER, spacing: { before: 120, after: 160 } },
        },
        heading1: heading(SIZE.heading, fonts.hei, 240),
        heading2: heading(SIZE.subheading, fonts.kai, 160),
        heading3: heading(SIZE.text, fonts.hei, 120),
        heading4: heading(SIZE.text, fonts.hei, 120),
        heading5: heading(SIZE.text, fonts.hei, 120),
        heading6: heading(SIZE.text, fonts.hei, 120),
      },
    },
    sections: [
      {
        ...section,
        properties: {
          page: {
            size: { width: 11906, height: 16838 },
            margin: { top: 1418, bottom: 1418, left: 1418, right: 1418, header: 851, footer: 850, gutter: 0 },
          },
        },
      },
    ],
  });
