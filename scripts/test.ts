/**
 * `npm test`: checks, unit and database tests, browser specs.
 * `npm test -- unit [file …]` and `npm test -- check` and `npm test -- e2e` run one part.
 */
import { globSync } from 'node:fs';
import { browserSpecs } from './browser-specs.ts';
import { checkSteps } from './check-steps.ts';
import { inSteps, run } from './steps.ts';
import { startTestCluster } from './test-cluster.ts';

const [part, ...files] = process.argv.slice(2);
const wants = (name: string): boolean => part === undefined || part === name;

const unitFiles = files.length > 0 ? files : globSync('src/**/*.test.ts').sort();

const cluster = await startTestCluster();
const passed = await inSteps([
  ...(wants('check') ? checkSteps(cluster.environment) : []),
  ...(wants('unit')
    ? ([
        [
          'unit and database tests',
          () =>
            run(
              process.execPath,
              [
                '--test',
                '--test-concurrency=2',
                '--test-reporter=dot',
                '--test-reporter-destination=stdout',
                '--test-reporter=spec',
                '--test-reporter-destination=var/unit-tests.log',
                ...unitFiles,
              ],
              cluster.environment,
            ),
        ],
      ] as const)
    : []),
]).finally(cluster.stop);
process.exitCode = passed && (!wants('e2e') || (await browserSpecs())) ? 0 : 1;
