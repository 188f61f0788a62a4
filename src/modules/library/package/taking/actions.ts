import type { Origin } from '#platform/audit/audit.ts';
import type { Database, Queryable } from '#platform/database/database.ts';
import { cleanFileName } from '#platform/files/file-name.ts';
import type { FileStore } from '#platform/files/file-store.ts';
import { storeExpected } from '#platform/files/storing.ts';
import { type ClaimedUpload, claimUpload } from '#platform/files/uploads.ts';
import { askForPreview } from '#platform/preview/previews.ts';
import { conflict } from '#platform/refusal.ts';
import { insertPicture, insertStanding } from '../../picture/store.ts';
import type { PackagedAttachment, PackagedItem } from '../format/contract.ts';
import type { OpenPackage } from '../reading/actions.ts';
import * as store from '../store.ts';

/** What the command line brings belongs to nobody's account. */
const noAccount = '00000000-0000-0000-0000-000000000000';
const accountOf = ({ accountId }: Origin): string => accountId ?? noAccount;

type PackedFile = PackagedItem['pictures'][number];

/** Attachments of a package that never hung on the item here. */
export const freshAttachments = async (
  db: Queryable,
  { id, attachments }: Pick<PackagedItem, 'id' | 'attachments'>,
): Promise<PackagedAttachment[]> => {
  const ever = await store.listEverAttached(db, id);
  return attachments.filter((one) => !ever.has('link' in one ? one.link.url : one.file.sha256));
};

/** By what the files of an item are told apart: an item may have the same one twice, each is an upload then. */
const keyed = (files: readonly PackedFile[]): (readonly [key: string, file: PackedFile])[] => {
  const times = new Map<string, number>();
  return files.map((file) => {
    const name = `${file.sha256} ${cleanFileName(file.name)}`;
    const nth = (times.get(name) ?? 0) + 1;
    times.set(name, nth);
    return [`${nth} ${name}`, file];
  });
};

const filesOf = (attachments: readonly PackagedAttachment[]): PackedFile[] =>
  attachments.flatMap((one) => ('file' in one ? [one.file] : []));

/** Files that were put away, by key. */
export type StoredFiles = ReadonlyMap<string, string>;

/** What items will take up. */
export const wantedFiles = async (
  db: Queryable,
  item: PackagedItem,
): Promise<ReadonlyMap<string, PackedFile>> =>
  new Map([...keyed(filesOf(await freshAttachments(db, item))), ...keyed(item.pictures)]);

/**
 * Before the transaction: puts files of a package away as uploads of the account, for the items to take up; what they do
 * not take up is swept.
 */
export const storeFiles = async (
  db: Database,
  files: FileStore,
  { origin, opened }: { readonly origin: Origin; readonly opened: OpenPackage },
  wanted: ReadonlyMap<string, PackedFile>,
): Promise<StoredFiles> => {
  const keys = [...wanted.keys()];
  const ids = await storeExpected(
    db,
    files,
    { accountId: accountOf(origin), bounded: origin.accountId !== null },
    [...wanted.values()].map(({ path, name, size, sha256 }) => ({
      name: cleanFileName(name),
      size,
      sha256,
      open: () => opened.openFile(path),
    })),
  );
  return new Map(keys.map((key, at) => [key, ids[at] ?? '']));
};

interface Taking {
  readonly db: Queryable;
  readonly origin: Origin;
  readonly stored: StoredFiles;
}

/** The upload of a file of the package, taken up. */
const takeFile = async (
  { db, origin, stored }: Taking,
  key: string,
): Promise<{ readonly uploadId: string; readonly upload: ClaimedUpload }> => {
  const uploadId = stored.get(key);
  if (uploadId === undefined) throw conflict('资源库刚刚有了变化，没有写入。请重新看一遍预览，再导入。');
  return { uploadId, upload: await claimUpload(db, { uploadId, accountId: accountOf(origin) }) };
};

/** In the transaction, with the item's attachments locked: hangs on it what the package has and it never had. */
export const takeFiles = async (taking: Taking, item: PackagedItem): Promise<void> => {
  const { db } = taking;
  const { id, pictures } = item;
  const fresh = await freshAttachments(db, item);
  const keys = new Map(keyed(filesOf(fresh)).map(([key, file]) => [file, key]));
  for (const one of fresh) {
    if ('link' in one) {
      await store.insertArrivingAttachment(db, id, { title: one.title, ...one.link });
      continue;
    }
    const { uploadId, upload } = await takeFile(taking, keys.get(one.file) ?? '');
    await askForPreview(db, upload);
    await store.insertArrivingAttachment(db, id, { title: one.title, uploadId });
  }
  if (pictures.length === 0) return;
  const here = { documentId: id, itemId: id };
  for (const [key, { sha256 }] of keyed(pictures)) {
    const { uploadId } = await takeFile(taking, key);
    await insertPicture(db, { ...here, sha256, uploadId });
  }
  await insertStanding(
    db,
    here,
    'published',
    pictures.map(({ sha256 }) => sha256),
  );
};
