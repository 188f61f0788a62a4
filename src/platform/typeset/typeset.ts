import { Worker } from 'node:worker_threads';
import { invalid } from '#platform/refusal.ts';
import type { TypesetReply, TypesetRequest } from './worker.ts';

/** A document takes well under a second; what takes longer is stuck. */
const TIME_LIMIT_MS = 30_000;

type Waiting = { resolve: (reply: TypesetReply) => void; reject: (error: Error) => void };

const waiting = new Map<number, Waiting>();
let worker: Worker | null = null;
let lastId = 0;

const giveUp = (failed: Worker, error: Error): void => {
  if (worker !== failed) return;
  worker = null;
  for (const { reject } of waiting.values()) reject(error);
  waiting.clear();
};

/** Started at the first document and kept, since loading the fonts takes longer than setting a page. */
const running = (): Worker => {
  if (worker) return worker;
  const started = new Worker(new URL('./worker.ts', import.meta.url));
  started.on('message', (reply: TypesetReply) => {
    waiting.get(reply.id)?.resolve(reply);
    waiting.delete(reply.id);
    if (waiting.size === 0) started.unref();
  });
  started.on('error', (error) => giveUp(started, error instanceof Error ? error : new Error(String(error))));
  started.on('exit', (code) => giveUp(started, new Error(`the PDF worker ended with code ${code}`)));
  worker = started;
  return started;
};

const ask = async (wanted: Omit<TypesetRequest, 'id'>): Promise<TypesetReply> => {
  const current = running();
  current.ref();
  lastId += 1;
  const request: TypesetRequest = { id: lastId, ...wanted };
  const timer = setTimeout(() => {
    giveUp(current, new Error(`no PDF after ${TIME_LIMIT_MS} ms`));
    void current.terminate();
  }, TIME_LIMIT_MS);
  try {
    return await new Promise<TypesetReply>((resolve, reject) => {
      waiting.set(request.id, { resolve, reject });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
      current.postMessage(request);
    });
  } finally {
    clearTimeout(timer);
  }
};

const named = (character: string): string =>
  `${character}（U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}）`;

/**
 * The document as PDF/A: a typst template of this project, which gets `data` as JSON beside the font families, and
 * pictures by name. Refuses rather than print a box for a character that no font on the machine has.
 */
export const typeset = async (
  template: URL,
  data: unknown,
  pictures: ReadonlyMap<string, Uint8Array> = new Map(),
): Promise<Buffer> => {
  const reply = await ask({ template: template.href, data: JSON.stringify(data), pictures });
  if ('pdf' in reply) return Buffer.from(reply.pdf);
  if ('problem' in reply) throw new Error(`typst: ${reply.problem}`);
  if (reply.noChineseFont) {
    throw invalid(
      '服务器上没有中文字体，不能生成 PDF。请管理员安装中文字体（如仿宋、思源宋体）并重新启动，或先下载 Word 版。',
    );
  }
  throw invalid(
    `服务器上的字体没有这些字：${reply.missing.map(named).join('、')}。请改用别的字，或请管理员安装含有它们的字体，也可以下载 Word 版。`,
    { missing: reply.missing },
  );
};
