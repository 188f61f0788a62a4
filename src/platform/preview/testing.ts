import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

/** A PDF of some empty pages in A4, with a black square on the first. */
export const makePdf = (pages = 1): Buffer => {
  const kids = Array.from({ length: pages }, (_, at) => `${4 + at} 0 R`).join(' ');
  const drawing = '100 100 200 200 re f';
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`,
    `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
    ...Array.from(
      { length: pages },
      (_, at) =>
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${at === 0 ? '/Contents 3 0 R ' : ''}>>`,
    ),
  ];
  let text = '%PDF-1.4\n';
  const starts: number[] = [];
  for (const [at, object] of objects.entries()) {
    starts.push(text.length);
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
  }
  const table = text.length;
  const rows = starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
};

/** An Office file for the stand-in, which does what is told in it. */
export const makeRtf = (told: string): Buffer => Buffer.from(`{\\rtf1\\ansi ${told}}`, 'latin1');

/** A folder of the calling test file's own, removed afterwards. */
export const makeTestFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'yanxun-preview-'));
  after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
};

/** A program that stands for LibreOffice, with its arguments; a process like any other, so that it must be killed like one. */
export const makeStandIn = (folder: string): string => {
  const path = join(folder, 'stand-in');
  const program = fileURLToPath(new URL('./stand-in.ts', import.meta.url));
  writeFileSync(path, `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  chmodSync(path, 0o755);
  return path;
};
