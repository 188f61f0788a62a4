import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import { openZip, UnreadableArchive } from './read-archive.ts';
import { type ArchivePart, writeArchive } from './write-archive.ts';

const folder = mkdtempSync(join(tmpdir(), 'yanxun-archive-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const limits = { entries: 100, ratio: 100 };

const part = (path: string, text: string, packed = false): ArchivePart => ({
  path,
  packed,
  open: () => Promise.resolve(Readable.from([Buffer.from(text)])),
});
async function* these(parts: readonly ArchivePart[]): AsyncGenerator<ArchivePart> {
  for (const one of parts) yield await Promise.resolve(one);
}
const file = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

test('what goes in comes out, packed or not, and the same parts are the same bytes', async () => {
  const parts = [part('a/甲.txt', '甲'.repeat(5_000)), part('b.bin', 'b', true)];
  const bytes = await buffer(writeArchive(these(parts)));
  assert.ok(bytes.equals(await buffer(writeArchive(these(parts)))));
  const archive = await openZip(file('a.zip', bytes), limits);
  assert.deepEqual(
    [...archive.sizes],
    [
      ['a/甲.txt', 15_000],
      ['b.bin', 1],
    ],
  );
  assert.equal((await buffer(await archive.read('a/甲.txt'))).toString(), '甲'.repeat(5_000));
  archive.close();
});

test('nothing more is asked for once the reader has gone away', async () => {
  let asked = 0;
  async function* endless(): AsyncGenerator<ArchivePart> {
    for (;;) {
      asked += 1;
      yield await Promise.resolve({ ...part(`${asked}`, 'x'.repeat(100_000)), packed: true });
    }
  }
  const out = writeArchive(endless());
  for await (const _ of out) break;
  const before = asked;
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.ok(asked <= before + 1, `${asked} after ${before}`);
});

test('a part that fails ends the archive without its directory', async () => {
  const broken: ArchivePart = { path: 'b', packed: true, open: () => Promise.reject(new Error('gone')) };
  await assert.rejects(buffer(writeArchive(these([part('a', 'a'), broken]))), /gone/);
  const cut: ArchivePart = {
    path: 'b',
    packed: true,
    open: () =>
      Promise.resolve(
        new Readable({
          read() {
            this.destroy(new Error('cut'));
          },
        }),
      ),
  };
  await assert.rejects(buffer(writeArchive(these([part('a', 'a'), cut]))), /cut/);
});

for (const [what, bytes, fault] of [
  ['a text', strToU8('文字'), 'not-an-archive'],
  ['an archive cut off', zipSync({ a: strToU8('a') }).subarray(0, 40), 'cut-off'],
  ['a path that climbs', zipSync({ '../a': strToU8('a') }), 'unsafe-path'],
  ['a path from the root', zipSync({ '/a': strToU8('a') }), 'unsafe-path'],
  ['a bomb', zipSync({ a: new Uint8Array(70 * 2 ** 20) }), 'bomb'],
  [
    'too many parts',
    zipSync(Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`${at}`, strToU8('a')]))),
    'too-many',
  ],
] as const)
  test(`${what} is refused`, async () => {
    await assert.rejects(
      openZip(file('x.zip', bytes), limits),
      (error) => error instanceof UnreadableArchive && error.fault === fault,
    );
  });
