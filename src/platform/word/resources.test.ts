import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { makePng as makeHeader } from '../files/testing.ts';
import { type WordOutput, wordParagraph } from './document.ts';
import { loadResources } from './resources.ts';
import { makePng } from './testing.ts';
import { webpToPng } from './webp-to-png.ts';
import { toWordFile } from './write-docx.ts';

/** 33 × 21, red at two fifths. */
const clear = Buffer.from('UklGRhwAAABXRUJQVlA4TA8AAAAvIAAFEAcQ/Y+aBSKi/wEA', 'base64');

const documentOf = (files: readonly string[]): WordOutput => ({
  title: '图',
  subtitle: '',
  facts: [],
  footer: '',
  author: '',
  blocks: files.map((file) => wordParagraph([{ kind: 'picture', file, alt: '', width: null }])),
});
const budget = { bytes: 80 * 2 ** 20, pixels: null };

test('what is beyond the budget of bytes or pixels is marked in its place, and not read any more', async () => {
  const png = makePng(40, 20);
  const names = ['a', 'b', 'c', 'd', 'e'];
  for (const small of [
    { bytes: png.length * 2 + 1, pixels: null },
    { bytes: budget.bytes, pixels: 1_700 },
  ]) {
    const asked: string[] = [];
    const { pictures, notices } = await loadResources(
      documentOf(names),
      (file) => {
        asked.push(file);
        return Promise.resolve(png);
      },
      small,
    );
    assert.deepEqual(
      names.map((name) => pictures.get(name) !== null),
      [true, true, false, false, false],
    );
    assert.deepEqual(asked, ['a', 'b', 'c']);
    assert.match(notices.join(), /后面的 3 张/u);
  }
});

test('a picture that is gone, cut off or too large leaves a marked gap in Word and a sentence', async () => {
  const sources: Readonly<Record<string, Buffer | null>> = {
    whole: makePng(40, 20),
    gone: null,
    cut: makePng(400, 200).subarray(0, -20),
    bomb: makeHeader(30_000, 30_000),
    text: Buffer.from('<svg onload="alert(1)"/>'),
  };
  const { bytes, notices } = await toWordFile(documentOf(Object.keys(sources)), (file) =>
    Promise.resolve(sources[file] ?? null),
  );
  assert.equal(
    bytes.toString('latin1').match(/word\/media\/[^/]+\.png/gu)?.length,
    2,
    'entry and directory of one',
  );
  assert.match(notices.join(), /有 4 张图片找不到或已损坏/u);
});

test('a WebP picture becomes a PNG of the same pixels for Word', async () => {
  const png = await webpToPng(clear, { width: 33, height: 21 });
  assert.ok(png !== null);
  assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20), png[24], png[25]], [33, 21, 8, 6]);
  const length = png.readUInt32BE(33);
  const rows = inflateSync(png.subarray(41, 41 + length));
  assert.equal(rows.length, 21 * (1 + 33 * 4));
  assert.deepEqual([...rows.subarray(0, 5)], [0, 255, 0, 0, 102]);
  assert.deepEqual([...rows.subarray(-4)], [255, 0, 0, 102]);
  assert.equal(await webpToPng(Buffer.from('RIFF0000WEBPVP8 '), { width: 1, height: 1 }), null);
  const { bytes, notices } = await toWordFile(documentOf(['webp']), () => Promise.resolve(clear));
  assert.match(bytes.toString('latin1'), /word\/media\/[^/]+\.png/u);
  assert.deepEqual(notices, []);
  const cut = clear.subarray(0, 30);
  const second = await toWordFile(documentOf(['webp']), () => Promise.resolve(cut));
  assert.match(second.notices.join(), /1 张 WebP 图片不能放进 Word/u);
});
