import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { unzipSync, zipSync } from 'fflate';
import type { Actor } from '#modules/organisation/contract.ts';
import type { FileStore } from '#platform/files/file-store.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { findDraft } from '../actions.ts';
import { packageActions } from './actions.ts';

export type Parts = Record<string, Uint8Array>;

/** A package as somebody downloads it, unpacked. */
export const downloaded = async (
  context: ActionContext<Actor>,
  files: FileStore,
  query: Readonly<Record<string, string>> = {},
): Promise<{ bytes: Buffer; parts: Parts }> => {
  const answer = await packageActions(findDraft, files).downloadPackage(context, { params: {}, query });
  if (answer.bytes instanceof Uint8Array) throw new Error('not a stream');
  const bytes = await buffer(answer.bytes);
  return { bytes, parts: unzipSync(bytes) };
};

export const jsonOf = (parts: Parts, path: string) =>
  JSON.parse(Buffer.from(parts[path] ?? new Uint8Array()).toString('utf8'));

/** Parts of a package put together again, with a list that fits what was changed. */
export const repacked = (
  path: string,
  parts: Parts,
  change: Readonly<Record<string, string | Uint8Array | null>>,
  { listed = true }: { listed?: boolean } = {},
): string => {
  const next: Parts = { ...parts };
  for (const [name, bytes] of Object.entries(change))
    if (bytes === null) delete next[name];
    else next[name] = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  if (listed) {
    const list = jsonOf(next, 'manifest.json');
    list.files = Object.entries(next)
      .filter(([name]) => name !== 'manifest.json')
      .map(([name, bytes]) => ({
        path: name,
        size: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      }));
    next['manifest.json'] = Buffer.from(JSON.stringify(list));
  }
  writeFileSync(path, zipSync(next));
  return path;
};
