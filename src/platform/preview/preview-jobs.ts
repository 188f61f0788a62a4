import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database, Queryable } from '#platform/database/database.ts';
import { contentOf } from '#platform/files/content-type.ts';
import type { FileStore } from '#platform/files/file-store.ts';
import { findStoredFile, lockFile } from '#platform/files/uploads.ts';
import { newId } from '#platform/ids.ts';
import { askAgainForAll, askForJob } from '#platform/jobs/jobs.ts';
import { JobFailed, type JobHandler, type KeepResult, startJobs } from '#platform/jobs/worker.ts';
import { convertToPdf, drawFirstPage, type Work } from './converter.ts';
import type { ChildLimits } from './limited-child.ts';
import {
  announceDerived,
  askForMissingPreviews,
  type DerivedKind,
  endingOf,
  findDerived,
  findNamedSource,
  insertDerived,
  sweepPreviewJobs,
} from './previews.ts';

interface PreviewOptions {
  readonly db: Database;
  readonly files: FileStore;
  /** Where programs work; a folder of this alone. */
  readonly folder: string;
  /** The program that makes PDF of Office files; null where the machine has none. */
  readonly converter: string | null;
  readonly limits?: ChildLimits;
}

/** No work takes so long: what is older was left by a process that is gone. */
const leftOverMs = 3_600_000;
const upkeepMs = 3_600_000;

const removeLeftOver = async (folder: string): Promise<void> => {
  const before = Date.now() - leftOverMs;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found !== null && found.mtimeMs < before) await rm(path, { recursive: true, force: true });
  }
};

/**
 * Makes what is shown of files: pages of Office files, and small pictures of first pages. Returns how to stop; what is
 * begun then waits for the next start.
 */
export const startPreviews = async (options: PreviewOptions): Promise<() => Promise<void>> => {
  const { db, files, folder, converter, limits } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (converter !== null) await askAgainForAll(db, 'pdf', 'no-converter');

  const inFolder = async <Result>(
    source: string,
    signal: AbortSignal,
    work: (work: Work) => Promise<Result>,
  ): Promise<Result> => {
    const own = await mkdtemp(join(folder, 'work-'));
    try {
      return await work({ folder: own, source, signal });
    } finally {
      await rm(own, { recursive: true, force: true, maxRetries: 3 });
    }
  };

  /** Takes a result out of the work's folder; it is in its place when the transaction ends. */
  const keeping = async (sourceSha256: string, kind: DerivedKind, path: string): Promise<KeepResult> => {
    const id = newId();
    const hash = createHash('sha256');
    const size = await files.receive(id, 0, createReadStream(path), (bytes) => hash.update(bytes));
    const sha256 = hash.digest('hex');
    const file = { sha256, size, ...(await contentOf(files.pathOfUpload(id))) };
    await announceDerived(db, file);
    return async (transaction) => {
      await lockFile(transaction, sha256);
      // Once more: the sweep may have come between.
      await announceDerived(transaction, file);
      if (!(await files.keep(id, sha256))) throw new Error('the result of a preview was swept away');
      await insertDerived(transaction, { sourceSha256, kind, sha256 });
      if (kind === 'pdf') await askForJob(transaction, { kind: 'first-page', key: sourceSha256 });
    };
  };

  const toPdf = async (key: string, signal: AbortSignal): Promise<KeepResult> => {
    if (converter === null) throw new JobFailed('no-converter');
    const source = await findNamedSource(db, key);
    if (source?.storedAt == null) throw new JobFailed('source-missing');
    return inFolder(files.pathOf(key), signal, async (work) =>
      keeping(key, 'pdf', await convertToPdf(converter, endingOf(source), work, limits)),
    );
  };

  const toFirstPage = async (key: string, signal: AbortSignal): Promise<KeepResult> => {
    const drawn = (await findDerived(db, key, 'pdf')) ?? (await findStoredFile(db, key));
    if (drawn === undefined) throw new JobFailed('source-missing');
    return inFolder(files.pathOf(drawn.sha256), signal, async (work) =>
      keeping(key, 'first-page', await drawFirstPage(work)),
    );
  };

  const handlers: readonly JobHandler[] = [
    { kind: 'pdf', run: toPdf },
    { kind: 'first-page', run: toFirstPage },
  ];
  const upkeep = (): void => {
    const all = async (queryable: Queryable): Promise<void> => {
      await removeLeftOver(folder);
      await sweepPreviewJobs(queryable);
      await askForMissingPreviews(queryable);
    };
    all(db).catch((error: unknown) => console.error('upkeep of previews failed:', error));
  };
  upkeep();
  const timer = setInterval(upkeep, upkeepMs);
  const stopJobs = startJobs(db, handlers);
  return async () => {
    clearInterval(timer);
    await stopJobs();
  };
};
