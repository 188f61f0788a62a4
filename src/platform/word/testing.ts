import { deflateSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const spaces = [
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
  'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
  `xmlns:r="${office}"`,
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
  'xmlns:o="urn:schemas-microsoft-com:office:office"',
].join(' ');

export const escapeXml = (text: string): string =>
  text.replaceAll(/[<>&"]/gu, (character) => `&#${character.charCodeAt(0)};`);

export interface MadeDocx {
  /** The children of w:body. */
  body: string;
  styles?: string;
  numbering?: string;
  footnotes?: string;
  header?: string;
  comments?: string;
  /** Pictures by the id of their relationship: name and bytes. */
  media?: Readonly<Record<string, readonly [name: string, bytes: Uint8Array]>>;
  /** Further relationships of the document, whole. */
  relationships?: string;
  mainType?: string;
  extra?: Readonly<Record<string, Uint8Array>>;
}

const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';

/** A .docx written part by part, so that a test can also write what no office program would. */
export const makeDocx = (made: MadeDocx): Buffer => {
  const links: string[] = [made.relationships ?? ''];
  const parts: Record<string, Uint8Array> = { ...made.extra };
  const add = (type: string, name: string, root: string, inner: string | undefined): void => {
    if (inner === undefined) return;
    links.push(`<Relationship Id="${type}" Type="${office}/${type}" Target="${name}"/>`);
    parts[`word/${name}`] = strToU8(`${head}<w:${root} ${spaces}>${inner}</w:${root}>`);
  };
  add('styles', 'styles.xml', 'styles', made.styles);
  add('numbering', 'numbering.xml', 'numbering', made.numbering);
  add('footnotes', 'footnotes.xml', 'footnotes', made.footnotes);
  add('header', 'header1.xml', 'hdr', made.header);
  add('comments', 'comments.xml', 'comments', made.comments);
  for (const [id, [name, bytes]] of Object.entries(made.media ?? {})) {
    links.push(`<Relationship Id="${id}" Type="${office}/image" Target="media/${name}"/>`);
    parts[`word/media/${name}`] = bytes;
  }
  parts['[Content_Types].xml'] = strToU8(
    `${head}<Types xmlns="${packages}/content-types"><Override PartName="/word/document.xml" ContentType="${made.mainType ?? wordType}"/></Types>`,
  );
  parts['_rels/.rels'] = strToU8(
    `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="r" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`,
  );
  parts['word/_rels/document.xml.rels'] = strToU8(
    `${head}<Relationships xmlns="${packages}/relationships">${links.join('')}</Relationships>`,
  );
  parts['word/document.xml'] = strToU8(
    `${head}<w:document ${spaces}><w:body>${made.body}<w:sectPr/></w:body></w:document>`,
  );
  return Buffer.from(zipSync(parts, { level: 6 }));
};

/** A run; `properties` are the children of w:rPr. */
export const run = (text: string, properties = ''): string =>
  `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r>`;

/** A paragraph of plain text, or of the runs given as XML. */
export const para = (content: string, properties = ''): string =>
  `<w:p>${properties === '' ? '' : `<w:pPr>${properties}</w:pPr>`}${content.startsWith('<') ? content : run(content)}</w:p>`;

export interface MadeCell {
  /** Paragraphs as XML, or one paragraph of plain text. */
  content: string;
  span?: number;
  /** Begins a cell merged downwards, or goes on with it. */
  merge?: 'restart' | 'continue';
}

export const table = (rows: readonly (readonly (MadeCell | string)[])[]): string =>
  `<w:tbl>${rows
    .map((cells) => {
      const inner = cells.map((cell) => {
        const { content, span, merge } = typeof cell === 'string' ? { content: cell } : cell;
        const looks = `${span === undefined ? '' : `<w:gridSpan w:val="${span}"/>`}${merge === undefined ? '' : merge === 'restart' ? '<w:vMerge w:val="restart"/>' : '<w:vMerge/>'}`;
        return `<w:tc><w:tcPr>${looks}</w:tcPr>${
          content.startsWith('<w:p') || content.startsWith('<w:tbl')
            ? content
            : content
                .split('\n')
                .map((line) => para(line))
                .join('')
        }</w:tc>`;
      });
      return `<w:tr>${inner.join('')}</w:tr>`;
    })
    .join('')}</w:tbl>`;

export const picture = (id: string, pixels = 100): string =>
  `<w:r><w:drawing><wp:inline><wp:extent cx="${pixels * 9525}" cy="${pixels * 9525}"/><wp:docPr id="1" name="图" descr="示意图"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="${id}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`;

const crcTable = Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});
const crc = (bytes: Buffer): number =>
  (bytes.reduce((sum, byte) => (crcTable[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8), 0xffffffff) ^
    0xffffffff) >>>
  0;

const chunk = (name: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc(body));
  return Buffer.concat([length, body, sum]);
};

/** A grey PNG of one colour; with other sizes in its head than it holds, where a test wants to lie. */
export const makePng = (
  width: number,
  height: number,
  claimed: { width: number; height: number } = { width, height },
  shade = 180,
): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(claimed.width, 0);
  header.writeUInt32BE(claimed.height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const lines = Buffer.concat(
    Array.from({ length: height }, () => Buffer.concat([Buffer.from([0]), Buffer.alloc(width, shade)])),
  );
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};
