import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

export interface ChildLimits {
  readonly seconds: number;
  /** Address space of each of its processes. */
  readonly megabytes: number;
  /** Of each file it writes. */
  readonly fileMegabytes: number;
}

interface ChildOptions extends ChildLimits {
  readonly command: readonly [program: string, ...args: string[]];
  /** Where it works; also its home. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

export type ChildOutcome = { readonly kind: 'ended'; readonly code: number } | { readonly kind: 'timeout' };

/**
 * Sets the limits, then runs the program. The standard input is a line to the server that says nothing: when the
 * server is gone it closes, and the whole group is killed.
 */
const script = `
megabytes=$1; seconds=$2; blocks=$3; shift 3
ulimit -v $((megabytes * 1024)) 2>/dev/null
ulimit -t $seconds 2>/dev/null
ulimit -f $blocks 2>/dev/null
ulimit -c 0 2>/dev/null
exec 3<&0
(read -r _ <&3; kill -9 0) &
"$@" </dev/null 3<&- &
wait $!
`;

/** Whether programs can be started in a network of their own, in which there is nothing. */
export const canIsolateNetwork = (): boolean =>
  process.platform === 'linux' && spawnSync('unshare', ['-rn', 'true'], { stdio: 'ignore' }).status === 0;

let isolation: readonly string[] | undefined;
const isolated = (): readonly string[] => {
  isolation ??= canIsolateNetwork() ? ['unshare', '-rn', '--'] : [];
  return isolation;
};

const killGroup = (pid: number): void => {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
};

/**
 * Runs a program in a process group of its own: no network where the system can withhold it, limits of time, memory and
 * written bytes, nothing of the server's environment. However it ends, nothing of its group is left. Throws when the
 * signal is given.
 */
export const runLimited = async ({
  command,
  folder,
  seconds,
  megabytes,
  fileMegabytes,
  signal,
}: ChildOptions): Promise<ChildOutcome> => {
  signal.throwIfAborted();
  const limits = [megabytes, seconds, fileMegabytes * 2048].map(String);
  const child = spawn('/bin/sh', ['-c', script, 'sh', ...limits, ...isolated(), ...command], {
    cwd: folder,
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { HOME: folder, TMPDIR: folder, LANG: 'C.UTF-8', PATH: process.env['PATH'] ?? '/usr/bin:/bin' },
  });
  const { pid } = child;
  if (pid === undefined) {
    await once(child, 'error');
    throw new Error('/bin/sh could not be started');
  }
  const ended = once(child, 'exit');
  const over = new AbortController();
  try {
    const first = await Promise.race([
      ended.then(() => 'ended' as const),
      delay(seconds * 1000, 'timeout' as const, { signal: AbortSignal.any([signal, over.signal]) }),
    ]);
    if (first === 'timeout') return { kind: 'timeout' };
    return { kind: 'ended', code: child.exitCode ?? 1 };
  } finally {
    over.abort();
    killGroup(pid);
    await ended;
  }
};
