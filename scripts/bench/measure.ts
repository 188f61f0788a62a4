import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { cpus, platform, release, totalmem } from 'node:os';

/** What one bench found: figures with their unit in the name, and ratios between them. */
export interface BenchResult {
  readonly figures: Readonly<Record<string, number>>;
  readonly ratios: Readonly<Record<string, number>>;
}

export const machine = () => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryMiB: Math.round(totalmem() / 2 ** 20),
  system: `${platform()} ${release()}`,
  node: process.version,
});

export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));

/** By the nearest-rank method; `share` between 0 and 1. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
};

export const median = (values: readonly number[]): number => percentile(values, 0.5);

const ticksPerSecond = (): number => Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** From the third field on: the command before it, in brackets, may hold spaces. */
const statOf = (pid: number): string[] => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
};

const inMilliseconds = (ticks: readonly (string | undefined)[]): number =>
  (ticks.reduce((sum, one) => sum + Number(one), 0) / ticksPerSecond()) * 1000;

/** Processor time a process of this machine has used so far, in milliseconds (its children's not counted). */
export const processorTimeOf = (pid: number): number => inMilliseconds(statOf(pid).slice(11, 13));

/** The same of all its children together, those that have ended and were waited for too. */
export const processorTimeOfChildren = (pid: number): number => {
  let sum = inMilliseconds(statOf(pid).slice(13, 15));
  for (const child of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    try {
      const stat = statOf(Number(child));
      if (stat[1] === String(pid)) sum += inMilliseconds(stat.slice(11, 13));
    } catch {
      // It ended between the two looks.
    }
  return sum;
};

export const ownProcessorTime = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Runs `work` one after another, first unmeasured, and gives each measured run's milliseconds. */
export const timeRuns = async (
  counts: { warmUp: number; measured: number },
  work: (index: number) => Promise<void>,
  beforeMeasured: () => void,
): Promise<number[]> => {
  for (let index = 0; index < counts.warmUp; index += 1) await work(index);
  beforeMeasured();
  const times: number[] = [];
  for (let index = 0; index < counts.measured; index += 1) {
    const begun = performance.now();
    await work(index);
    times.push(performance.now() - begun);
  }
  return times;
};
