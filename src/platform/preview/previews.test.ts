import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { contentOf } from '#platform/files/content-type.ts';
import { createTestFiles } from '#platform/files/testing.ts';
import { sweepFiles } from '#platform/files/upkeep.ts';
import {
  beginUpload,
  claimUpload,
  markStored,
  markStoring,
  type StoredFile,
} from '#platform/files/uploads.ts';
import { newId } from '#platform/ids.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { makeDocx, para, run } from '#platform/word/testing.ts';
import { findConverter } from './converter.ts';
import { type ChildLimits, canIsolateNetwork } from './limited-child.ts';
import { startPreviews } from './preview-jobs.ts';
import { askForPreview, askForPreviewAgain, findDerived, listPreviewStates, noPreview } from './previews.ts';
import { makePdf, makeRtf, makeStandIn, makeTestFolder } from './testing.ts';

const { db } = await createTestDatabase();
const files = createTestFiles();
const folder = makeTestFolder();
const standIn = makeStandIn(folder);
const accountId = newId();
const quick: ChildLimits = { seconds: 60, megabytes: 4_096, fileMegabytes: 10 };

const start = (limits: ChildLimits = quick, converter: string | null = standIn) =>
  startPreviews({ db, files, folder: join(folder, 'work'), converter, limits });

async function* inOnePiece(bytes: Buffer): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes);
}

/** A whole upload of somebody's. */
const upload = async (bytes: Buffer, name: string): Promise<StoredFile> => {
  const id = newId();
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const begun = { id, accountId, name, size: bytes.length };
  await files.receive(id, 0, inOnePiece(bytes), () => {});
  const content = await contentOf(files.pathOfUpload(id));
  await db.transaction().execute(async (transaction) => {
    await beginUpload(transaction, begun, 2 ** 50);
    await markStoring(transaction, begun, sha256, content);
    await files.keep(id, sha256);
    await markStored(transaction, id, sha256);
    await claimUpload(transaction, { uploadId: id, accountId });
  });
  return { sha256, size: bytes.length, ...content };
};
/** A stored file that a record took up and whose preview was asked for; gives its hash. */
const bring = async (bytes: Buffer, name: string): Promise<string> => {
  const stored = await upload(bytes, name);
  await askForPreview(db, { ...stored, name });
  return stored.sha256;
};
const stateOf = async (sha256: string) => (await listPreviewStates(db, [sha256])).get(sha256) ?? noPreview;
const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  const end = Date.now() + 180_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within three minutes: ${holds.toString()}`);
    await delay(20);
  }
};
const isAlive = (pid: number): boolean =>
  existsSync(`/proc/${pid}/stat`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
const pidsIn = (path: string): number[] => readFileSync(path, 'latin1').split(' ').map(Number);
const settled = (sha256: string): Promise<void> =>
  until(async () => {
    const { pages, firstPage } = await stateOf(sha256);
    return pages === 'failed' || (pages === 'ready' && firstPage);
  });

describe('previews by a stand-in for the converter', () => {
  it('of a file that will do come after one that fails, hangs, brings nothing or takes all memory', async () => {
    const pids = join(folder, 'hanging');
    const failing = await bring(makeRtf('fail'), '坏.rtf');
    const hanging = await bring(makeRtf(`hang ${pids}`), '不停.rtf');
    const empty = await bring(makeRtf('nothing'), '空.rtf');
    const greedy = await bring(makeRtf('hold'), '大.rtf');
    const good = await bring(makeRtf('good'), '好.rtf');
    assert.deepEqual(await stateOf(good), { pages: 'waiting', failure: null, firstPage: false });
    const stop = await start({ seconds: 20, megabytes: 2_048, fileMegabytes: 10 });
    await settled(good);
    await stop();
    for (const [bad, failure] of [
      [failing, 'broken'],
      [hanging, 'timeout'],
      [empty, 'broken'],
      [greedy, 'broken'],
    ] as const)
      assert.deepEqual(await stateOf(bad), { pages: 'failed', failure, firstPage: false });
    assert.deepEqual(
      pidsIn(pids).map(isAlive),
      [false, false],
      'the hanging program and what it started are gone',
    );
    const pdf = await findDerived(db, good, 'pdf');
    assert.equal(pdf?.type, 'application/pdf');
    assert.deepEqual(readFileSync(files.pathOf(pdf.sha256)), makePdf(2));
    const picture = await findDerived(db, good, 'first-page');
    assert.deepEqual([picture?.type, picture?.picture], ['image/png', { width: 339, height: 480 }]);
    assert.deepEqual(readdirSync(join(folder, 'work')), []);
  });

  it('are made once per content, and a failed one again only when somebody asks', async () => {
    const again = await bring(makeRtf('good'), '好的副本.rtf');
    assert.equal((await stateOf(again)).pages, 'ready');
    const failing = await bring(makeRtf('fail'), '坏的副本.rtf');
    assert.equal((await stateOf(failing)).failure, 'broken');
    assert.equal(await askForPreviewAgain(db, failing), true);
    assert.equal((await stateOf(failing)).pages, 'waiting');
    assert.equal(await askForPreviewAgain(db, again), false);
  });

  it('under way when the server is stopped end with their programs, and are made after the next start', async () => {
    const go = join(folder, 'go');
    const source = await bring(makeRtf(`slow ${go}`), '停机.rtf');
    const stop = await start();
    // The name is there before the number is.
    await until(() => existsSync(`${go}.pid`) && pidsIn(`${go}.pid`).every((pid) => pid > 0));
    await stop();
    const programs = pidsIn(`${go}.pid`);
    // Killed is not yet gone: whoever takes care of orphans has to look first.
    await until(() => !programs.some(isAlive));
    assert.equal((await stateOf(source)).pages, 'waiting');
    writeFileSync(go, '');
    const stopAgain = await start();
    await settled(source);
    await stopAgain();
    assert.equal((await stateOf(source)).pages, 'ready');
  });

  it('say that there is no converter, and wait for one', async () => {
    const source = await bring(makeRtf('later'), '以后.rtf');
    const stopWithout = await start(quick, null);
    await settled(source);
    await stopWithout();
    assert.equal((await stateOf(source)).failure, 'no-converter');
    const stopWith = await start();
    await settled(source);
    await stopWith();
    assert.equal((await stateOf(source)).pages, 'ready');
  });

  it('of a PDF are a picture of its first page; one that is none has no picture', async () => {
    const pdf = await bring(makePdf(), '一页.pdf');
    const bad = await bring(Buffer.concat([makePdf().subarray(0, 40), Buffer.from('截断')]), '坏.pdf');
    const stop = await start();
    await until(async () => (await stateOf(pdf)).firstPage);
    await until(async () => {
      const job = await db
        .selectFrom('platform.job')
        .select('state')
        .where('key', '=', bad)
        .executeTakeFirst();
      return job?.state === 'failed';
    });
    await stop();
    assert.deepEqual(await stateOf(bad), noPreview);
  });

  it('of files that were there before are asked for by the upkeep', async () => {
    const { sha256 } = await upload(makeRtf('before'), '从前.rtf');
    assert.equal((await stateOf(sha256)).pages, 'none');
    const stop = await start();
    await settled(sha256);
    await stop();
    assert.equal((await stateOf(sha256)).pages, 'ready');
  });

  it('go when the file goes of which they were made', async () => {
    const source = await bring(makeRtf('gone'), '删除.rtf');
    const stop = await start();
    await settled(source);
    await stop();
    const pdf = await findDerived(db, source, 'pdf');
    assert.ok(pdf);
    await sweepFiles(db, files, new Date());
    assert.ok(existsSync(files.pathOf(pdf.sha256)));
    await db.deleteFrom('platform.upload').where('sha256', '=', source).execute();
    const shared = await db.deleteFrom('platform.derivedFile').where('sourceSha256', '!=', source).execute();
    assert.ok(shared.length > 0);
    await sweepFiles(db, files, new Date());
    assert.equal(await findDerived(db, source, 'pdf'), undefined);
    await sweepFiles(db, files, new Date());
    assert.equal(existsSync(files.pathOf(pdf.sha256)), false);
  });

  it('reach nothing on this machine or outside it', { skip: isolationMissing() }, async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    assert.ok(typeof address === 'object' && address !== null);
    const answer = join(folder, 'reached');
    const source = await bring(makeRtf(`reach ${address.port} ${answer}`), '外联.rtf');
    const stop = await start();
    await settled(source);
    await stop();
    server.close();
    assert.equal(readFileSync(answer, 'latin1'), 'not reached');
  });
});

function isolationMissing(): string | false {
  return canIsolateNetwork() ? false : 'NOT RUN: this system lets nobody withhold the network (unshare)';
}

describe('previews by LibreOffice', () => {
  const converter = findConverter(null);
  const missing = converter === null ? 'NOT RUN: no LibreOffice on this machine' : false;

  it('of a Word file are its pages and a picture of the first', {
    skip: missing,
  }, async () => {
    const docx = makeDocx({ body: para(run('先摆一摆，再说算理。')) });
    const source = await bring(docx, '教案.docx');
    const stop = await start({ seconds: 240, megabytes: 4_096, fileMegabytes: 50 }, converter);
    await settled(source);
    await stop();
    assert.deepEqual(await stateOf(source), { pages: 'ready', failure: null, firstPage: true });
    const pdf = await findDerived(db, source, 'pdf');
    assert.ok(pdf);
    assert.equal(readFileSync(files.pathOf(pdf.sha256)).toString('latin1', 0, 5), '%PDF-');
  });
});
