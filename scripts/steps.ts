import { spawn } from 'node:child_process';

/** Runs a program of node_modules/.bin or this Node with its output shown; rejects when it fails. */
export const run = async (
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<void> => {
  const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...environment } });
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status, signal) => resolve(status ?? (signal === null ? 1 : 128)));
  });
  if (code !== 0) throw new StepFailed(`${program} ${args.join(' ')} ended with ${code}`);
};

export class StepFailed extends Error {
  override readonly name = 'StepFailed';
}

/** Carries out named steps in order, says how long each took, and stops at the first that fails. */
export const inSteps = async (
  steps: readonly (readonly [name: string, work: () => Promise<void>])[],
): Promise<boolean> => {
  for (const [name, work] of steps) {
    const begun = performance.now();
    console.log(`\n── ${name}`);
    try {
      await work();
    } catch (error) {
      console.error(error instanceof StepFailed ? error.message : error);
      console.error(`✘ ${name}`);
      return false;
    }
    console.log(`✔ ${name} (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
  }
  return true;
};
