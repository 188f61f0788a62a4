/**
 * `npm run lockfile`, after a change of packages: adds to package-lock.json the optional packages of other systems
 * that npm left out because the registry at hand does not carry them. Without these entries `npm ci` refuses the
 * lockfile; with them it passes over whatever is for another system.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const entrySchema = z.looseObject({
  version: z.string().optional(),
  dev: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
const lockfileSchema = z.looseObject({ packages: z.record(z.string(), entrySchema) });

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const processors: readonly (readonly [part: string, name: string])[] = [
  ['arm64', 'arm64'],
  ['x64', 'x64'],
  ['ia32', 'ia32'],
  ['ppc64', 'ppc64'],
  ['riscv64', 'riscv64'],
  ['s390x', 's390x'],
  ['arm', 'arm'],
];

/** Where a package may run, as its name tells: `cli-linux-x64-musl`, `binding-linux-arm-gnueabihf`. */
const placeOf = (name: string): { os: string[]; cpu: string[]; libc?: string[] } => {
  const parts = name.split('/').at(-1)?.split('-') ?? [];
  const os = systems.filter((system) => parts.includes(system));
  const cpu = processors.filter(([part]) => parts.includes(part)).map(([, processor]) => processor);
  if (os.length !== 1 || cpu.length !== 1) throw new Error(`cannot tell which system ${name} is for`);
  const musl = parts.some((part) => part.startsWith('musl'));
  return { os, cpu, ...(os[0] === 'linux' ? { libc: [musl ? 'musl' : 'glibc'] } : {}) };
};

const path = 'package-lock.json';
const lockfile = lockfileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
const added: string[] = [];
for (const [place, entry] of Object.entries(lockfile.packages))
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    if (lockfile.packages[key] !== undefined || lockfile.packages[`${place}/${key}`] !== undefined) continue;
    if (!/^\d+\.\d+\.\d+/.test(range)) throw new Error(`${name} has no exact version: ${range}`);
    lockfile.packages[key] = {
      version: range,
      ...(entry.dev === true ? { dev: true } : {}),
      optional: true,
      ...placeOf(name),
    };
    added.push(name);
  }
const [root, ...others] = Object.entries(lockfile.packages);
if (root === undefined) throw new Error('the lockfile holds no packages');
lockfile.packages = Object.fromEntries([root, ...others.sort(([a], [b]) => a.localeCompare(b, 'en'))]);
writeFileSync(path, `${JSON.stringify(lockfile, null, 2)}\n`);
console.log(added.length === 0 ? 'the lockfile is complete' : `added: ${added.join(', ')}`);
