import { createCipheriv, createHash } from 'node:crypto';
import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import { type FileHandle, open, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openFileStore } from '#platform/files/file-store.ts';
import { newId } from '#platform/ids.ts';
import { seededRandom } from '#platform/random.ts';
import { type ChildServer, startServer } from '../child-server.ts';
import { demoSession } from '../demo-session.ts';
import { type BenchResult, ownProcessorTime, processorTimeOf, rounded } from './measure.ts';
import { inTemporaryDirectory } from './temporary-directory.ts';

const size = 2 * 2 ** 30;
/** As the page sends them. */
const pieceBytes = 8 * 2 ** 20;
const kills = 20;
const seed = 20_240_126;
/** The source, its plain copy, what comes in and what is stored. */
const roomNeeded = 4 * size + 2 * 2 ** 30;

/** Bytes that no layer can squeeze, the same in every run. */
const writeSource = async (path: string): Promise<string> => {
  const zeros = Buffer.alloc(2 ** 20);
  const hash = createHash('sha256');
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, 1), Buffer.alloc(16, 2));
  const pieces = function* (): Generator<Buffer> {
    for (let written = 0; written < size; written += zeros.length) {
      const piece = cipher.update(zeros);
      hash.update(piece);
      yield piece;
    }
  };
  await pipeline(Readable.from(pieces()), createWriteStream(path, { flush: true }));
  return hash.digest('hex');
};

const hashOf = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(bytes);
  return hash.digest('hex');
};

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
};

const peakMiB = (pid: number): number =>
  Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

interface Line {
  readonly url: string;
  readonly cookie: string;
}

const ask = (
  line: Line,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: Uint8Array<ArrayBuffer>,
) =>
  fetch(`${line.url}${path}`, {
    method,
    headers: { cookie: line.cookie, 'tus-resumable': '1.0.0', ...headers },
    ...(body === undefined ? {} : { body }),
  });

const announce = async (line: Line): Promise<string> => {
  const id = newId();
  const named = [id, '课堂实录.mp4'].map((text) => Buffer.from(text, 'utf8').toString('base64'));
  const answer = await ask(line, 'POST', '/uploads', {
    'upload-length': String(size),
    'upload-metadata': `id ${named[0]},filename ${named[1]}`,
  });
  if (answer.status !== 201) throw new Error(`not announced: ${answer.status} ${await answer.text()}`);
  return id;
};

const offsetOf = async (line: Line, id: string): Promise<number> => {
  const answer = await ask(line, 'HEAD', `/uploads/${id}`, {});
  if (!answer.ok) throw new Error(`no offset: ${answer.status}`);
  return Number(answer.headers.get('upload-offset'));
};

const buffer = new Uint8Array(pieceBytes);

/** Sends the piece at `offset` and gives what the server has then. */
const sendPiece = async (line: Line, id: string, source: FileHandle, offset: number): Promise<number> => {
  const { bytesRead } = await source.read(buffer, 0, pieceBytes, offset);
  const headers = { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) };
  const answer = await ask(line, 'PATCH', `/uploads/${id}`, headers, buffer.subarray(0, bytesRead));
  if (answer.status !== 204) throw new Error(`not taken: ${answer.status} ${await answer.text()}`);
  return Number(answer.headers.get('upload-offset'));
};

const sendWhole = async (line: Line, source: FileHandle): Promise<void> => {
  const id = await announce(line);
  let offset = 0;
  while (offset < size) offset = await sendPiece(line, id, source, offset);
};

interface Killed {
  readonly server: ChildServer;
  readonly resent: number;
  readonly killed: number;
}

/** Kills the server in the middle of pieces at random places and goes on with the next one. */
const sendThroughKills = async (
  first: ChildServer,
  cookie: string,
  source: FileHandle,
  restart: () => Promise<ChildServer>,
): Promise<Killed> => {
  const { next: random } = seededRandom(seed);
  const places = Array.from({ length: kills }, () => Math.floor(random() * size)).sort((a, b) => a - b);
  const id = await announce({ url: first.url, cookie });
  let server = first;
  let offset = 0;
  let resent = 0;
  let killed = 0;
  while (offset < size) {
    const line = { url: server.url, cookie };
    const place = places[killed];
    if (place === undefined || offset + pieceBytes <= place)
      offset = await sendPiece(line, id, source, offset);
    else {
      const sending = sendPiece(line, id, source, offset).catch(() => null);
      await new Promise((resolve) => setTimeout(resolve, random() * 40));
      process.kill(server.pid, 'SIGKILL');
      await Promise.all([sending, server.stop()]);
      killed += 1;
      server = await restart();
      const stands = await offsetOf({ url: server.url, cookie }, id);
      resent += Math.max(0, offset + pieceBytes - stands);
      offset = stands;
    }
  }
  return { server, resent, killed };
};

/** 2 GB through the server against a plain copy; then the same file through twenty kills of the server. */
export const benchUpload = (): Promise<BenchResult> =>
  inTemporaryDirectory(async (directory) => {
    const { bavail, bsize } = await statfs(tmpdir());
    if (bavail * bsize < roomNeeded)
      throw new Error(`the bench needs ${roomNeeded / 2 ** 30} GB free in ${tmpdir()}`);
    const path = join(directory, 'source');
    const sha256 = await writeSource(path);
    const copySeconds = await timed(() =>
      pipeline(createReadStream(path), createWriteStream(join(directory, 'copy'), { flush: true })),
    );
    const hashSeconds = await timed(() => hashOf(path));
    const restart = (): Promise<ChildServer> => startServer({ demo: true, directory });
    let server = await restart();
    const source = await open(path, 'r');
    try {
      const cookie = await demoSession(server.url, 'teacher');
      const [serverBefore, ownBefore] = [processorTimeOf(server.pid), ownProcessorTime()];
      const uploadSeconds = await timed(() => sendWhole({ url: server.url, cookie }, source));
      const serverProcessor = (processorTimeOf(server.pid) - serverBefore) / 1000;
      const ownProcessor = (ownProcessorTime() - ownBefore) / 1000;
      const peak = peakMiB(server.pid);
      const stored = openFileStore(join(directory, 'demo', 'files')).pathOf(sha256);
      const sameHash = (await hashOf(stored)) === sha256;
      // So that only what comes through the kills can lie there.
      await rm(stored);
      const through = await sendThroughKills(server, cookie, source, restart);
      server = through.server;
      const sameHashAfterKills = (await hashOf(stored)) === sha256;
      if (!sameHash || !sameHashAfterKills) throw new Error('what is stored is not what was sent');
      return {
        figures: {
          megabytes: size / 2 ** 20,
          plainCopySeconds: rounded(copySeconds),
          plainHashSeconds: rounded(hashSeconds),
          uploadSeconds: rounded(uploadSeconds),
          uploadMegabytesPerSecond: rounded(size / 2 ** 20 / uploadSeconds, 0),
          serverProcessorSeconds: rounded(serverProcessor),
          clientProcessorSeconds: rounded(ownProcessor),
          serverPeakMiB: rounded(peak, 0),
          kills: through.killed,
          megabytesSentAgain: rounded(through.resent / 2 ** 20, 0),
          sameHashAfterKills: Number(sameHashAfterKills),
        },
        ratios: {
          uploadToPlainCopy: rounded(uploadSeconds / copySeconds),
          uploadToCopyAndHash: rounded(uploadSeconds / (copySeconds + hashSeconds)),
        },
      };
    } finally {
      await source.close();
      await server.stop();
    }
  });
