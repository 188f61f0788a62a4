import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';

/** The same font from WOFF 1.0 back to what typesetters read; anything else unchanged. */
export const unpackWoff = (font: Buffer): Buffer => {
  if (font.toString('latin1', 0, 4) !== 'wOFF') return font;
  const count = font.readUInt16BE(12);
  const head = Buffer.alloc(12 + count * 16);
  font.copy(head, 0, 4, 8);
  head.writeUInt16BE(count, 4);
  const power = Math.floor(Math.log2(count));
  head.writeUInt16BE(2 ** power * 16, 6);
  head.writeUInt16BE(power, 8);
  head.writeUInt16BE((count - 2 ** power) * 16, 10);
  const chunks = [head];
  let offset = head.length;
  for (let index = 0; index < count; index += 1) {
    const from = 44 + index * 20;
    const to = 12 + index * 16;
    const start = font.readUInt32BE(from + 4);
    const packed = font.subarray(start, start + font.readUInt32BE(from + 8));
    const length = font.readUInt32BE(from + 12);
    const data = packed.length < length ? inflateSync(packed) : packed;
    font.copy(head, to, from, from + 4);
    font.copy(head, to + 4, from + 16, from + 20);
    head.writeUInt32BE(offset, to + 8);
    head.writeUInt32BE(data.length, to + 12);
    const padded = Buffer.alloc(Math.ceil(data.length / 4) * 4);
    data.copy(padded);
    chunks.push(padded);
    offset += padded.length;
  }
  return Buffer.concat(chunks);
};

/** Free fonts (OFL) that come as packages, for machines without Chinese fonts of their own. */
const packaged: Readonly<Record<string, readonly string[]>> = {
  '@fontsource/noto-serif-sc': [
    'files/noto-serif-sc-chinese-simplified-400-normal.woff',
    'files/noto-serif-sc-chinese-simplified-700-normal.woff',
  ],
  '@fontsource/lxgw-wenkai': ['files/lxgw-wenkai-latin-500-normal.woff'],
  '@embedpdf/fonts-sc': ['fonts/NotoSansHans-Regular.otf'],
};

const require = createRequire(import.meta.url);

/** The folder of an installed package, or null. */
const packageFolder = (name: string): string | null => {
  for (const folder of require.resolve.paths(name) ?? []) {
    if (existsSync(join(folder, name, 'package.json'))) return join(folder, name);
  }
  return null;
};

export type FindPackage = (name: string) => string | null;

/** Font files of whichever of the packages are installed. */
export const packagedFonts = (find: FindPackage = packageFolder): Buffer[] =>
  Object.entries(packaged).flatMap(([name, files]) => {
    const folder = find(name);
    if (folder === null) return [];
    return files
      .map((file) => join(folder, file))
      .filter((path) => existsSync(path))
      .map((path) => unpackWoff(readFileSync(path)));
  });

const serif = ['Noto Serif SC', 'Noto Serif CJK SC', 'Source Han Serif SC', 'Songti SC', 'SimSun', 'STSong'];
const sans = [
  'Noto Sans S Chinese',
  'Noto Sans SC',
  'Noto Sans CJK SC',
  'Source Han Sans SC',
  'Microsoft YaHei',
];
/** For rare characters that the fonts before do not have, 酄 among them. */
const last = [
  'LXGW WenKai',
  ...serif,
  ...sans,
  'SimSun-ExtB',
  'HanaMinA',
  'HanaMinB',
  'WenQuanYi Zen Hei',
  'Droid Sans Fallback',
];

const latin = ['Times New Roman', 'Liberation Serif', 'TeX Gyre Termes', 'Libertinus Serif'].map((name) => ({
  name,
  covers: 'latin-in-cjk',
}));

const unique = (families: readonly string[]): string[] => [...new Set(families)];

/** Families by use, the prescribed ones first: a machine that has 仿宋 prints 仿宋. */
export const families = {
  fang: [...latin, ...unique(['FangSong', 'STFangsong', 'FandolFang', 'FangSong_GB2312', ...serif, ...last])],
  kai: [...latin, ...unique(['KaiTi', 'STKaiti', 'Kaiti SC', 'FandolKai', 'KaiTi_GB2312', ...last])],
  hei: [...latin, ...unique(['SimHei', 'STHeiti', 'Heiti SC', 'FandolHei', ...sans, ...last])],
  mark: [
    ...latin,
    ...unique(['FZXiaoBiaoSong-B05S', 'FZXiaoBiaoSong-B05', 'STZhongsong', ...serif, ...last]),
  ],
  song: unique(['SimSun', 'STSong', 'FandolSong', ...serif, ...last]),
};
