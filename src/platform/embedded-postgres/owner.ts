import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { identify, isAlive, type ProcessIdentity } from './processes.ts';

export class DataDirectoryInUse extends Error {
  override name = 'DataDirectoryInUse';
}

/** `successor`: the data directory had an application before this one that died without releasing it. */
export type Claim = { successor: boolean; release: () => void };

/**
 * Makes this process the one application of a data directory, on record in `<dataDirectory>.owner`.
 * The record is never written in place: it is linked under its name, which fails when another
 * application was quicker, and a dead application's record is moved aside before.
 *
 * @throws DataDirectoryInUse when the application on record lives, and is not just about to end
 */
export async function claim(dataDirectory: string): Promise<Claim> {
  const ownerFile = `${dataDirectory}.owner`;
  const me = identify(process.pid);
  if (me === undefined) throw new Error(`process ${process.pid} cannot identify itself`);
  const content = JSON.stringify({ ...me, claim: randomUUID() });
  const deadline = performance.now() + 1_500;
  let successor = false;
  for (;;) {
    const present = read(ownerFile);
    if (present === undefined) {
      if (linkNew(ownerFile, content)) break;
      continue;
    }
    const owner = parse(present);
    if (owner !== undefined && isAlive(owner)) {
      if (performance.now() < deadline) {
        await delay(50);
        continue;
      }
      throw new DataDirectoryInUse(
        `数据目录正被另一个运行中的研训使用（进程 ${owner.pid}，目录 ${dataDirectory}）。` +
          '请先停止那一个，或者为这一个另设数据目录。',
      );
    }
    removeExactly(ownerFile, present);
    successor = true;
  }
  return {
    successor,
    release: () => {
      if (read(ownerFile) === content) rmSync(ownerFile);
    },
  };
}

/** False when a record is there already. */
function linkNew(ownerFile: string, content: string): boolean {
  const draft = `${ownerFile}.${randomUUID()}`;
  writeFileSync(draft, content, { flag: 'wx', mode: 0o644 });
  try {
    linkSync(draft, ownerFile);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft);
  }
}

/** Removes the record judged dead, and not one that a quicker application has put there since. */
function removeExactly(ownerFile: string, judged: string): void {
  const aside = `${ownerFile}.${randomUUID()}`;
  try {
    renameSync(ownerFile, aside);
  } catch {
    return;
  }
  const moved = read(aside);
  if (moved !== undefined && moved !== judged) linkNew(ownerFile, moved);
  rmSync(aside, { force: true });
}

function parse(content: string): ProcessIdentity | undefined {
  try {
    const { pid, startedAt }: Partial<ProcessIdentity> = JSON.parse(content);
    return typeof pid === 'number' && typeof startedAt === 'string' ? { pid, startedAt } : undefined;
  } catch {
    return undefined;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
