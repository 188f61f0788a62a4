import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const sources = ['index.html', 'vite.config.ts', 'package-lock.json', 'public/**/*', 'src/**/*.{ts,tsx,css}'];
const output = 'dist/web';
const markFile = 'built-from';

/** What the web app is built from, by size and time of change: reading every file would cost a start its speed. */
const fingerprint = (root: string): string => {
  const hash = createHash('sha256');
  for (const name of globSync(sources, { cwd: root }).sort()) {
    if (name.endsWith('.test.ts')) continue;
    const { size, mtimeMs } = statSync(join(root, name));
    hash.update(`${name} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
};

/**
 * The directory of the built web app, built first when a source changed since.
 * Throws with the builder's own words when the build fails.
 */
export const ensureWebBuilt = async (root: string, log: (message: string) => void): Promise<string> => {
  const directory = join(root, output);
  const mark = join(directory, markFile);
  const now = fingerprint(root);
  if (existsSync(mark) && readFileSync(mark, 'utf8') === now) return directory;
  log('正在生成网页，请稍候…');
  await build(root);
  writeFileSync(mark, now);
  return directory;
};

const build = async (root: string): Promise<void> => {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const words: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => words.push(text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new Error(`网页没有生成成功：\n${words.join('')}`);
};
