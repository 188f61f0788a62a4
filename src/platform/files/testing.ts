import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { type FileStore, openFileStore } from './file-store.ts';

/** A store in a folder of the calling test file's own, removed afterwards. */
export const createTestFiles = (): FileStore => {
  const directory = mkdtempSync(join(tmpdir(), 'yanxun-files-'));
  after(() => rmSync(directory, { recursive: true, force: true }));
  return openFileStore(join(directory, 'files'));
};
