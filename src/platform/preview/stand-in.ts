/**
 * Stands for LibreOffice in tests: makes a PDF of the file it is given, or does what the file says. `hang <path>`: starts
 * another process, writes the numbers of both to the path, and never ends. `reach <port> <path>`: writes whether it could
 * connect to the port of this machine. `fail`, `nothing`, `hold` (takes memory), `slow <path>`: writes its
 * number beside the path and waits until the path is there.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { makePdf } from './testing.ts';

const argument = (name: string): string => process.argv[process.argv.indexOf(name) + 1] ?? '';
const source = process.argv.at(-1) ?? '';
const [what = '', ...rest] = readFileSync(source, 'latin1')
  .replace(/^\{\\rtf1\\ansi |\}$/g, '')
  .split(' ');
const path = rest.at(-1) ?? '';

const reached = (port: number): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => resolve('reached'));
    socket.on('error', () => resolve('not reached'));
  });

if (what === 'hang') {
  const other = spawn('sleep', ['600'], { stdio: 'ignore' });
  writeFileSync(path, `${process.pid} ${other.pid ?? 0}`);
  await delay(600_000);
}
if (what === 'reach') writeFileSync(path, await reached(Number(rest[0])));
if (what === 'hold') {
  const held: Buffer[] = [];
  for (;;) held.push(Buffer.alloc(64 * 2 ** 20, 1));
}
if (what === 'slow') {
  writeFileSync(`${path}.pid`, String(process.pid));
  while (!existsSync(path)) await delay(20);
}
if (what === 'fail') process.exit(1);
if (what !== 'nothing') writeFileSync(join(argument('--outdir'), 'source.pdf'), makePdf(2));
process.exit(0);
