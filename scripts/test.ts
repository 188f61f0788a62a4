/**
 * `npm test`: checks, unit and database tests, browser specs.
 * `npm test -- check`, `npm test -- unit [file …]` and `npm test -- e2e` do one part.
 */
import { globSync } from 'node:fs';
import { browserSpecs } from './browser-specs.ts';
import { checkSteps } from './check-steps.ts';
import { inSteps, run } from './steps.ts';
import { withTestCluster } from './test-cluster.ts';

const [part, ...files] = process.argv.slice(2);
const wants = (name: string): boolean => part === undefined || part === name;

const unitTests = (environment: Readonly<Record<string, string>>): Promise<void> =>
  run(
    process.execPath,
    [
      '--test',
      '--test-concurrency=2',
      '--test-reporter=spec',
      ...(files.length > 0 ? files : globSync('src/**/*.test.ts').sort()),
    ],
    // Every file is a process of its own and reads much the same modules.
    { ...environment, NODE_COMPILE_CACHE: 'var/compile-cache' },
  );

const passed = await withTestCluster((environment) =>
  inSteps([
    ...(wants('check') ? checkSteps(environment) : []),
    ...(wants('unit') ? [['unit and database tests', () => unitTests(environment)] as const] : []),
  ]),
);
process.exitCode = passed && (!wants('e2e') || (await browserSpecs())) ? 0 : 1;
