import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * A process that cannot be mistaken for a later one: pids are reused, a pid together with the
 * moment it started (and the boot it started in) is not.
 */
export type ProcessIdentity = { pid: number; startedAt: string };

const hasProc = existsSync('/proc/self/stat');

/** Undefined when there is no such process, and when only its exit status is left (zombie). */
export function identify(pid: number): ProcessIdentity | undefined {
  const startedAt = hasProc ? startInProc(pid) : startInPs(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

export function isAlive(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startedAt === identity.startedAt;
}

/**
 * Pids of all living PostgreSQL processes whose working directory is `dataDirectory`, postmaster
 * and backends alike. This is the one sound sign that a cluster is in use: postmaster.pid outlives
 * its process, and its pid may by now belong to something else.
 */
export function postgresProcessesIn(dataDirectory: string): number[] {
  return hasProc ? listInProc(dataDirectory) : listInPs(dataDirectory);
}

/** The pid in the first line of postmaster.pid, which may be stale, reused or absent. */
export function recordedPostmaster(dataDirectory: string): number | undefined {
  const pid = Number.parseInt(readIfThere(`${dataDirectory}/postmaster.pid`) ?? '', 10);
  return pid > 0 ? pid : undefined;
}

type Patience = { fast: number; orphaned: number; immediate: number; kill: number };

/**
 * Ends every PostgreSQL process of the data directory, gently first, and returns when none is left:
 * fast shutdown, then immediate, then kill, each with its patience in milliseconds. Backends whose
 * postmaster is gone get a moment (`orphaned`) to notice it by themselves.
 */
export async function endProcesses(
  dataDirectory: string,
  patience: Patience = { fast: 60_000, orphaned: 1_000, immediate: 2_000, kill: 10_000 },
): Promise<void> {
  const running = () => postgresProcessesIn(dataDirectory);
  const postmaster = running().find((pid) => pid === recordedPostmaster(dataDirectory));
  if (postmaster !== undefined) {
    signal([postmaster], 'SIGINT');
    await holdsWithin(patience.fast, () => !running().includes(postmaster));
  }
  const gone = () => running().length === 0;
  if (await holdsWithin(running().includes(postmaster ?? 0) ? 0 : patience.orphaned, gone)) return;
  signal(running(), 'SIGQUIT');
  if (await holdsWithin(patience.immediate, gone)) return;
  signal(running(), 'SIGKILL');
  if (await holdsWithin(patience.kill, gone)) return;
  throw new Error(`PostgreSQL 的旧进程（${running().join('、')}）无法结束。请重启这台机器后再启动研训。`);
}

/** Signals processes that may be gone by now. */
export function signal(pids: number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
}

async function holdsWithin(milliseconds: number, condition: () => boolean): Promise<boolean> {
  const deadline = performance.now() + milliseconds;
  while (!condition()) {
    if (performance.now() >= deadline) return false;
    await delay(20);
  }
  return true;
}

/** The fields of /proc/<pid>/stat after the name, which itself may hold spaces and brackets. */
function procStat(pid: number): string[] | undefined {
  const stat = readIfThere(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function startInProc(pid: number): string | undefined {
  const fields = procStat(pid);
  const state = fields?.[0];
  const ticksSinceBoot = fields?.[19];
  if (ticksSinceBoot === undefined || state === 'Z' || state === 'X') return undefined;
  const boot = readIfThere('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
  return `${boot}:${ticksSinceBoot}`;
}

function listInProc(dataDirectory: string): number[] {
  const wanted = statSync(dataDirectory, { throwIfNoEntry: false });
  if (wanted === undefined) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && readIfThere(`/proc/${name}/comm`) === 'postgres\n')
    .filter((name) => {
      try {
        const found = statSync(`/proc/${name}/cwd`);
        return found.dev === wanted.dev && found.ino === wanted.ino;
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** For systems without /proc (macOS): the start time as `ps` prints it, to the second. */
function startInPs(pid: number): string | undefined {
  const [line] = ps(['-p', String(pid), '-o', 'state=,lstart=']);
  const [state, ...start] = line?.trim().split(/\s+/) ?? [];
  return state === undefined || state.startsWith('Z') ? undefined : start.join(' ');
}

/** For systems without /proc (macOS): the recorded pid, if it runs on this directory, and its children. */
function listInPs(dataDirectory: string): number[] {
  const postmaster = recordedPostmaster(dataDirectory);
  const rows = ps(['-axo', 'pid=,ppid=,state=,command=']).flatMap((line) => {
    const [pid, parent, state, ...command] = line.trim().split(/\s+/);
    return state === undefined || state.startsWith('Z')
      ? []
      : [{ pid: Number(pid), parent: Number(parent), command: command.join(' ') }];
  });
  const itself = rows.find(
    (row) => row.pid === postmaster && row.command.includes(`postgres -D ${dataDirectory}`),
  );
  if (itself === undefined) return [];
  return [itself.pid, ...rows.filter((row) => row.parent === itself.pid).map((row) => row.pid)];
}

function ps(args: string[]): string[] {
  try {
    const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
    return execFileSync('ps', args, { encoding: 'utf8', env }).split('\n').filter(Boolean);
  } catch {
    return [];
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
