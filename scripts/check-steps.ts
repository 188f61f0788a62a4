import { run } from './steps.ts';

/** The checks of `npm run check`; `environment` names a database migrated to the newest schema. */
export const checkSteps = (
  environment: Readonly<Record<string, string>>,
): (readonly [name: string, work: () => Promise<void>])[] => [
  ['types', () => run('tsc', [])],
  ['lint', () => run('oxlint', ['--type-aware'])],
  ['format', () => run('biome', ['ci', '--log-level=error', '.'])],
  ['boundaries', () => run(process.execPath, ['scripts/check-boundaries.ts'])],
  ['unused code', () => run('knip', ['--no-progress'])],
  [
    'generated types are fresh',
    () => run('kysely-codegen', ['--config-file', '.kysely-codegenrc.json', '--verify'], environment),
  ],
];
