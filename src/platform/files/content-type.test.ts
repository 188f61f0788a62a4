import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import { writeXlsx } from 'hucre/xlsx';
import { toDocx } from '#platform/official-document/docx.ts';
import { toPdf } from '#platform/official-document/pdf.ts';
import { fullDocument } from '#platform/official-document/testing.ts';
import { contentOf, docxType, pptxType, xlsxType } from './content-type.ts';
import { makePng } from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'yanxun-content-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const told = async (bytes: Uint8Array | string) => {
  const path = join(folder, 'file');
  writeFileSync(path, bytes);
  return contentOf(path);
};
const base64 = (text: string): Buffer => Buffer.from(text, 'base64');

const zip = (names: readonly string[]): Uint8Array =>
  zipSync(Object.fromEntries(names.map((name) => [name, strToU8('<x/>')])));
const types = '[Content_Types].xml';

/** A frame header behind a profile longer than what signatures are told from. */
const jpegWithProfile = (jpeg: Buffer): Buffer => {
  const segment = Buffer.alloc(2 + 65_000);
  segment.writeUInt16BE(0xffe2, 0);
  segment.writeUInt16BE(65_000, 2);
  return Buffer.concat([jpeg.subarray(0, 2), segment, segment, jpeg.subarray(2)]);
};
const jpeg = base64(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/2wBDAQMDAwQDBAgEBAgQCwkLEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBD/wAARCAACAAMDAREAAhEBAxEB/8QAFAABAAAAAAAAAAAAAAAAAAAACP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/xAAVAQEBAAAAAAAAAAAAAAAAAAAHCf/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/ADoDFU3/2Q==',
);
const wav = Buffer.alloc(60);
wav.write('RIFF\x34\0\0\0WAVEfmt ', 'latin1');
const threeByTwo = { width: 3, height: 2 };

for (const [what, bytes, type, picture] of [
  ['a Word file', await toDocx(fullDocument()), docxType, null],
  ['a PDF', await toPdf(fullDocument()), 'application/pdf', null],
  ['a workbook', await writeXlsx({ sheets: [{ name: '名册', rows: [['姓名']] }] }), xlsxType, null],
  ['slides', zip([types, 'ppt/presentation.xml']), pptxType, null],
  [
    'a Word file with macros',
    zip([types, 'word/document.xml', 'word/vbaProject.bin']),
    'application/vnd.ms-word.document.macroenabled.12',
    null,
  ],
  ['a plain archive', zip(['教案/第一课.txt', 'word.txt']), 'application/zip', null],
  ['an archive that only looks like Word', zip(['word/document.xml']), 'application/zip', null],
  ['a Word file cut off', (await toDocx(fullDocument())).subarray(0, 4_000), 'application/zip', null],
  ['a web page', '\uFEFF  <!-- 说明 --><!DOCTYPE html><p>你好', 'text/html', null],
  ['a script in a fragment', 'hello <script>alert(1)</script>', 'text/html', null],
  ['a page in UTF-16', Buffer.from('\uFEFF<html></html>', 'utf16le'), 'text/html', null],
  ['a drawing', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml', null],
  ['a drawing without head', '<svg onload="alert(1)"/>', 'image/svg+xml', null],
  ['XML', '<?xml version="1.0"?><a/>', 'application/xml', null],
  ['text', '第一课时\n教学目标', 'text/plain', null],
  ['text in GB 18030', Buffer.from([0xb5, 0xda, 0xd2, 0xbb, 0xbf, 0xce, 0x0a]), 'text/plain', null],
  ['bytes', Buffer.from([0, 1, 2, 3, 250, 7]), 'application/octet-stream', null],
  ['a PNG', makePng(3, 2), 'image/png', threeByTwo],
  ['a JPEG', jpeg, 'image/jpeg', threeByTwo],
  ['a JPEG with a long profile', jpegWithProfile(jpeg), 'image/jpeg', threeByTwo],
  ['a GIF', base64('R0lGODlhAwACAPAAAP8AAAAAACH5BAAAAAAALAAAAAADAAIAAAIChF8AOw=='), 'image/gif', threeByTwo],
  [
    'a WebP',
    base64('UklGRjwAAABXRUJQVlA4IDAAAADQAQCdASoDAAIAAgA0JaACdLoB+AADsAD+8MQL/yC5YXXI1/8gP+QH/ID/+PIAAAA='),
    'image/webp',
    threeByTwo,
  ],
  [
    'a WebP without loss',
    base64('UklGRhwAAABXRUJQVlA4TA8AAAAvAkAAAAcQ/Y/+ByKi/wEA'),
    'image/webp',
    threeByTwo,
  ],
  ['a film', Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isomiso2', 'latin1'), 'video/mp4', null],
  ['sound of a phone', Buffer.from('\0\0\0\x18ftypM4A \0\0\0\0M4A isom', 'latin1'), 'audio/x-m4a', null],
  ['sound without compression', wav, 'audio/wav', null],
] as const)
  test(`${what} is told by its content`, async () => {
    assert.deepEqual(await told(bytes), { type, picture });
  });

test('a picture bomb is known by its header, before anything unfolds it', async () => {
  assert.deepEqual((await told(makePng(60_000, 60_000))).picture, { width: 60_000, height: 60_000 });
});
