/** `npm run bench -- NAME [--json]`: measures on this machine; with --json prints one object and nothing else. */
import { type BenchResult, machine } from './bench/measure.ts';

const benches: Readonly<Record<string, () => Promise<() => Promise<BenchResult>>>> = {
  list: async () => (await import('./bench/list.ts')).benchList,
  start: async () => (await import('./bench/start.ts')).benchStart,
  import: async () => (await import('./bench/import.ts')).benchImport,
  observe: async () => (await import('./bench/observe.ts')).benchObserve,
  coedit: async () => (await import('./bench/coedit.ts')).benchCoedit,
  page: async () => (await import('./bench/page.ts')).benchPage,
  merge: async () => (await import('./bench/merge.ts')).benchMerge,
  upload: async () => (await import('./bench/upload.ts')).benchUpload,
  search: async () => (await import('./bench/search.ts')).benchSearch,
};

const [name = ''] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const asJson = process.argv.includes('--json');
const load = benches[name];
if (load === undefined) {
  console.error(`usage: npm run bench -- ${Object.keys(benches).join('|')} [--json]`);
  process.exit(2);
}
// Progress of what the bench starts goes to the error output, so that --json prints one object only.
console.log = console.error;
const { figures, ratios } = await (await load())();
if (asJson) process.stdout.write(`${JSON.stringify({ name, machine: machine(), figures, ratios })}\n`);
else {
  process.stdout.write(`${name} on ${Object.values(machine()).join(', ')}\n`);
  for (const [title, values] of [
    ['figures', figures],
    ['ratios', ratios],
  ] as const) {
    process.stdout.write(`\n${title}\n`);
    for (const [key, value] of Object.entries(values)) process.stdout.write(`  ${key.padEnd(44)} ${value}\n`);
  }
}
