import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { Refusal } from '#platform/refusal.ts';
import { packagedFonts, unpackWoff } from '../typeset/fonts.ts';
import type { OfficialDocument } from './document.ts';
import { toPdf } from './pdf.ts';
import { fullDocument } from './testing.ts';

const hasReader = spawnSync('pdftotext', ['-v']).error === undefined;

/** Null: this machine has no Chinese font, which the refusal must say. */
const made = async (changes: Partial<OfficialDocument> = {}): Promise<Buffer | null> => {
  try {
    return await toPdf(fullDocument(changes));
  } catch (error) {
    if (error instanceof Refusal && error.message.includes('没有中文字体')) return null;
    throw error;
  }
};

const skipReason =
  (await made()) === null
    ? 'no Chinese font on this machine'
    : hasReader
      ? false
      : 'no pdftotext on this machine';

const textOf = (pdf: Buffer | null, ...options: string[]): string =>
  execFileSync('pdftotext', [...options, '-', '-'], { input: pdf ?? '', encoding: 'utf8' });

test('22 lines of 28 characters fill a page', { skip: skipReason }, async () => {
  const pdf = await made({ body: [{ kind: 'paragraph', text: '正'.repeat(28 * 60) }] });
  const lines = textOf(pdf, '-layout', '-f', '2', '-l', '2')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.includes('正'));
  assert.deepEqual([lines.length, ...new Set(lines.map((line) => Array.from(line).length))], [22, 28]);
});

test('pages carry their numbers and the last one the 版记', { skip: skipReason }, async () => {
  const pages = textOf(await made(), '-layout')
    .split('\f')
    .filter((page) => page.trim() !== '');
  pages.forEach((page, index) => assert.match(page, new RegExp(`— ?${index + 1} ?—`, 'u')));
  const last = (pages.at(-1) ?? '').replaceAll(/\s/gu, '');
  assert.match(last, /抄送：区委办公室.*督导室。云溪区教育局办公室2024年4月5日印发—\d—$/u);
  assert.match(pages[0] ?? '', /云教研字〔2024〕16 ?号/u);
});

test('what looks like code is printed and not run', { skip: skipReason }, async () => {
  const attacks = [
    '#import "@preview/x:1.0.0"',
    '$x^2$',
    ']',
    '[*b*]',
    '\\',
    '#panic("x")',
    '*粗* _斜_',
    '<label> @ref',
    '"',
    '// c',
    '#{1+1}',
    '`raw`',
  ];
  const pdf = await made({ body: attacks.map((text) => ({ kind: 'paragraph', text: `始${text}终` })) });
  const text = textOf(pdf).replaceAll(/\s/gu, '');
  for (const attack of attacks) assert.ok(text.includes(`始${attack}终`.replaceAll(/\s/gu, '')), attack);
});

test('every field is taken as text', { skip: skipReason }, async () => {
  const code = '#read("/etc/passwd")$';
  const { issuerMark, recipients, note, copyTo, issuedBy } = Object.fromEntries(
    ['issuerMark', 'recipients', 'note', 'copyTo', 'issuedBy'].map((field) => [field, `${field}${code}`]),
  );
  const pdf = await made({
    ...(issuerMark === undefined ? {} : { issuerMark }),
    ...(recipients === undefined ? {} : { recipients }),
    ...(note === undefined ? {} : { note }),
    ...(copyTo === undefined ? {} : { copyTo }),
    ...(issuedBy === undefined ? {} : { issuedBy }),
    title: `title${code}`,
    signature: { issuer: `issuer${code}`, date: '2024-04-03', sealed: false },
  });
  const text = textOf(pdf).replaceAll(/\s/gu, '');
  for (const field of ['issuerMark', 'recipients', 'note', 'copyTo', 'issuedBy', 'title', 'issuer']) {
    assert.ok(text.includes(`${field}${code}`), field);
  }
});

test('酄 is printed', { skip: skipReason }, async () => {
  assert.match(textOf(await made()), /柳树酄中学/u);
});

test('a character that no font has is refused by name, never printed as a box', {
  skip: skipReason,
}, async () => {
  await assert.rejects(made({ note: '甲\u{3fff0}乙' }), (error) => {
    assert.ok(error instanceof Refusal);
    assert.match(error.message, /U\+3FFF0/u);
    return true;
  });
  assert.ok(await made(), 'the next document is not affected');
});

test('documents asked for at once do not get mixed up', { skip: skipReason }, async () => {
  const pdfs = await Promise.all(
    [1, 2, 3, 4].map((number) => made({ documentNumber: { series: '云教研字', year: 2024, number } })),
  );
  pdfs.forEach((pdf, index) => assert.match(textOf(pdf), new RegExp(`〔2024〕${index + 1} ?号`, 'u')));
});

test('a WOFF font unpacks to the tables it was made of', () => {
  const tables = [
    { tag: 'cmap', data: Buffer.from('a'.repeat(301)), packed: true },
    { tag: 'glyf', data: Buffer.from('xyz'), packed: false },
  ];
  const head = Buffer.alloc(44 + tables.length * 20);
  head.write('wOFF', 0);
  head.writeUInt32BE(0x00010000, 4);
  head.writeUInt16BE(tables.length, 12);
  const chunks = [head];
  let offset = head.length;
  tables.forEach(({ tag, data, packed }, index) => {
    const stored = packed ? deflateSync(data) : data;
    const at = 44 + index * 20;
    head.write(tag, at);
    head.writeUInt32BE(offset, at + 4);
    head.writeUInt32BE(stored.length, at + 8);
    head.writeUInt32BE(data.length, at + 12);
    chunks.push(stored);
    offset += stored.length;
  });
  const font = unpackWoff(Buffer.concat(chunks));
  assert.equal(font.readUInt32BE(0), 0x00010000);
  assert.equal(font.readUInt16BE(4), 2);
  tables.forEach(({ tag, data }, index) => {
    const at = 12 + index * 16;
    assert.equal(font.toString('latin1', at, at + 4), tag);
    const start = font.readUInt32BE(at + 8);
    assert.equal(start % 4, 0);
    assert.deepEqual(font.subarray(start, start + font.readUInt32BE(at + 12)), data);
  });
});

test('a font package that is not installed is no error', () => {
  assert.deepEqual(
    packagedFonts(() => null),
    [],
  );
});
