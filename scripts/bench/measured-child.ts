import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';

export interface MeasuredChild {
  readonly seconds: number;
  readonly peakMiB: number;
  readonly output: string;
}

const longest = 300_000;

/** Most memory the process has held so far, in KiB; 0 once it is gone. */
const peakOf = (pid: number): number => {
  const path = `/proc/${pid}/status`;
  if (!existsSync(path)) return 0;
  const [, kibibytes = '0'] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(path, 'utf8')) ?? [];
  return Number(kibibytes);
};

/** Runs a script with this Node to its end and says how long it took and how much memory it held. */
export const runMeasured = async (
  script: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<MeasuredChild> => {
  const begun = performance.now();
  const child = spawn(process.execPath, [...script], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid ?? 0));
  }, 20);
  const limit = setTimeout(() => child.kill('SIGKILL'), longest);
  try {
    await once(child, 'close');
  } finally {
    clearInterval(watch);
    clearTimeout(limit);
  }
  if (child.exitCode !== 0) throw new Error(`${script.join(' ')} ended with ${child.exitCode}:\n${output}`);
  return { seconds: (performance.now() - begun) / 1000, peakMiB: peak / 1024, output };
};
