import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import {
  type ArchiveFault,
  type OpenArchive,
  openZip,
  UnreadableArchive,
} from '#platform/archive/read-archive.ts';
import { isStorable } from '#platform/http/storable.ts';
import { isRecord } from '#platform/is-record.ts';
import { invalid, type Refusal } from '#platform/refusal.ts';
import { readLink } from '../../attachment/rules.ts';
import {
  itemFileName,
  type Manifest,
  type ManifestFile,
  type ManifestItem,
  manifest,
  manifestPath,
  type PackagedItem,
  packagedItem,
  packageFormat,
  packageVersion,
} from '../format/contract.ts';

/** A package that was opened and whose list fits what lies in it; the contents are read when asked for. */
export interface OpenPackage {
  readonly list: Manifest;
  /** Throws where it is not what the list says, or does not fit the format. */
  readItem(listed: ManifestItem): Promise<PackagedItem>;
  openFile(path: string): Promise<Readable>;
  /** Reads everything once against its hash; throws for the first that is not it. */
  verify(): Promise<void>;
  close(): void;
}

const limits = { entries: 200_000, ratio: 200 } as const;
/** In bytes: more text than a book has in all its versions. */
const longestItem = 32 * 2 ** 20;
const longestManifest = 64 * 2 ** 20;

const original = '请使用从“下载资源包”得到的原文件，不要解压后重新打包。';
const faults: Readonly<Record<ArchiveFault, string>> = {
  'not-an-archive': '这不是 .zip 文件。请选择从“下载资源包”得到的 .zip 文件。',
  'cut-off': '文件没有传完整，或者已经损坏。请重新下载资源包，再上传一次。',
  'unsafe-path': `包里有不安全的文件路径，已拒绝读取。${original}`,
  encrypted: `包里的文件加了密码，无法读取。${original}`,
  'too-many': '包里的文件过多，无法读取。请分几次导出，再分别导入。',
  bomb: `文件解开后会异常地大，可能是压缩炸弹，已拒绝读取。${original}`,
};

const refusalOf = (error: unknown): unknown =>
  error instanceof UnreadableArchive ? invalid(faults[error.fault]) : error;

const broken = (): Refusal => invalid(faults['cut-off']);

const foreign = (what: string): Refusal =>
  invalid(`这个 .zip 不是研训资源包：${what}。请选择从“下载资源包”得到的 .zip 文件。`);

/** The hash of what is read to its end; its bytes go into `kept`, where a part is short enough to be held. */
const hashOf = async (source: Readable, kept: Buffer[] | null): Promise<string> => {
  const hash = createHash('sha256');
  try {
    for await (const bytes of source) {
      if (!Buffer.isBuffer(bytes)) throw broken();
      hash.update(bytes);
      kept?.push(bytes);
    }
  } catch {
    // What zlib and the directory's sizes object to is the file's fault, not ours.
    throw broken();
  }
  return hash.digest('hex');
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const textOf = async (archive: OpenArchive, path: string, most: number) => {
  if ((archive.sizes.get(path) ?? 0) > most) throw invalid(`“${path}”过大，无法读取。${original}`);
  const kept: Buffer[] = [];
  const sha256 = await hashOf(await archive.read(path), kept);
  return { sha256, value: parsed(Buffer.concat(kept).toString('utf8')) };
};

const field = (value: unknown, key: string): unknown => (isRecord(value) ? value[key] : undefined);

/** `versions.0.content` */
const firstFault = ({ issues: [issue] }: z.ZodError): string => issue?.path.join('.') || '开头';

const readManifest = async (archive: OpenArchive): Promise<Manifest> => {
  if (!archive.sizes.has(manifestPath)) throw foreign(`里面没有 ${manifestPath}`);
  const { value } = await textOf(archive, manifestPath, longestManifest);
  if (field(value, 'format') !== packageFormat) throw foreign(`${manifestPath} 不是资源包的清单`);
  const version = field(value, 'version');
  if (typeof version === 'number' && version > packageVersion)
    throw invalid('这个资源包由更新的平台导出，这里还不认识它的格式。请先升级本平台，再导入。');
  if (!isStorable(value)) throw invalid(`资源包的清单里有无法保存的内容，没有读取。${original}`);
  const list = manifest.safeParse(value);
  if (!list.success)
    throw invalid(
      `资源包的清单不符合格式（${manifestPath} 的 ${firstFault(list.error)}），没有读取。${original}`,
    );
  return list.data;
};

/** The list names what is there, no more and no less. */
const checkFiles = (
  { sizes }: OpenArchive,
  { files, items }: Manifest,
): ReadonlyMap<string, ManifestFile> => {
  const listed = new Map(files.map((file) => [file.path, file]));
  if (listed.size !== files.length) throw invalid(`资源包的清单里同一个文件写了两次，没有读取。${original}`);
  for (const { path, size } of files) {
    const actual = sizes.get(path);
    if (actual === undefined) throw invalid(`包里缺少清单上的“${path}”，可能没有传完整。${original}`);
    if (actual !== size) throw invalid(`“${path}”的大小和清单不一致，文件可能被改动过。${original}`);
  }
  for (const path of sizes.keys())
    if (path !== manifestPath && !listed.has(path))
      throw invalid(`包里有清单上没有的“${path.slice(0, 120)}”，没有读取。${original}`);
  if (new Set(items.map(({ id }) => id)).size !== items.length)
    throw invalid(`资源包的清单里同一份资源写了两次，没有读取。${original}`);
  for (const { folder, title } of items)
    if (!listed.has(`${folder}/${itemFileName}`))
      throw invalid(`包里缺少“${title}”的 ${itemFileName}，可能没有传完整。${original}`);
  return listed;
};

const isSound = (item: PackagedItem, listed: ReadonlyMap<string, ManifestFile>): boolean =>
  (item.stage === 'primary') === item.grade <= 6 &&
  item.versions.every(({ number }, at) => number === at + 1) &&
  [...item.attachments.flatMap((one) => ('file' in one ? [one.file] : [])), ...item.pictures].every(
    ({ path, size, sha256 }) => {
      const file = listed.get(path);
      return file !== undefined && file.size === size && file.sha256 === sha256;
    },
  );

/** With its links as they are kept here; throws for one that would not be taken on the page. */
const withLinks = (item: PackagedItem): PackagedItem => ({
  ...item,
  attachments: item.attachments.map((one) => {
    if ('file' in one) return one;
    const link = readLink(one.link.url, one.link.accessCode);
    if (!link.ok)
      throw invalid(
        `“${item.title}”的网盘链接“${one.title}”不能用，没有写入。${link.sentence}改好后重新导出资源包，再导入。`,
      );
    return { title: one.title, link: { ...one.link, url: link.url, accessCode: link.accessCode } };
  }),
});

/** Opens what somebody brought; throws a sentence for anything that is not a whole package. */
export const openPackage = async (path: string): Promise<OpenPackage> => {
  const archive = await openZip(path, limits).catch((error: unknown) => {
    throw refusalOf(error);
  });
  try {
    const list = await readManifest(archive);
    const listed = checkFiles(archive, list);
    const read = (name: string): Promise<Readable> =>
      archive.read(name).catch((error: unknown) => {
        throw refusalOf(error);
      });
    const wrong = (name: string): Refusal =>
      invalid(`“${name}”的内容和清单里的校验值不符，文件已损坏或被改动过，没有写入。${original}`);
    return {
      list,
      close: () => archive.close(),
      openFile: read,
      verify: async () => {
        for (const { path: name, sha256 } of list.files)
          if ((await hashOf(await read(name), null)) !== sha256) throw wrong(name);
      },
      readItem: async ({ id, folder, title, kind }) => {
        const name = `${folder}/${itemFileName}`;
        const { sha256, value } = await textOf(archive, name, longestItem);
        if (sha256 !== listed.get(name)?.sha256) throw wrong(name);
        if (!isStorable(value)) throw invalid(`“${title}”里有无法保存的内容，没有写入。${original}`);
        const item = packagedItem.safeParse(value);
        if (!item.success)
          throw invalid(
            `“${title}”不符合资源包的格式（${itemFileName} 的 ${firstFault(item.error)}），没有写入。${original}`,
          );
        const sound = item.data.id === id && item.data.kind === kind && isSound(item.data, listed);
        if (!sound) throw invalid(`“${title}”前后不一致（编号、版本、年级或附件），没有写入。${original}`);
        return withLinks(item.data);
      },
    };
  } catch (error) {
    archive.close();
    throw refusalOf(error);
  }
};
