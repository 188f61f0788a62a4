import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { unzipSync, zipSync } from 'fflate';
import type { Actor } from '#modules/organisation/contract.ts';
import { insertRows } from '#platform/database/bulk-insert.ts';
import type { Database } from '#platform/database/database.ts';
import type { FileStore } from '#platform/files/file-store.ts';
import { storeParts } from '#platform/files/storing.ts';
import { createTestFiles, makePng } from '#platform/files/testing.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { findDraft } from '../actions.ts';
import { attachmentActions } from '../attachment/actions.ts';
import { replaceDraftContent } from '../co-editing/store.ts';
import type { Content } from '../content/contract.ts';
import { findItemAccess, startItem } from '../item/actions.ts';
import { pictureActions } from '../picture/actions.ts';
import {
  aLessonDesign,
  aLibraryDistrict,
  contextOf,
  type LibraryDistrict,
  primaryMaths,
  publishOpenRound,
} from '../testing.ts';
import type { ItemKind } from '../vocabulary/contract.ts';
import { packageActions } from './actions.ts';

export type Parts = Record<string, Uint8Array>;

/** A package as somebody downloads it, unpacked. */
export const downloaded = async (
  context: ActionContext<Actor>,
  files: FileStore,
  query: Readonly<Record<string, string>> = {},
): Promise<{ bytes: Buffer; parts: Parts }> => {
  const answer = await packageActions(findDraft, files).downloadPackage(context, { params: {}, query });
  if (answer.bytes instanceof Uint8Array) throw new Error('not a stream');
  const bytes = await buffer(answer.bytes);
  return { bytes, parts: unzipSync(bytes) };
};

export const jsonOf = (parts: Parts, path: string) =>
  JSON.parse(Buffer.from(parts[path] ?? new Uint8Array()).toString('utf8'));

/** Parts of a package put together again, with a list that fits what was changed. */
export const repacked = (
  path: string,
  parts: Parts,
  change: Readonly<Record<string, string | Uint8Array | null>>,
  { listed = true }: { listed?: boolean } = {},
): string => {
  const next: Parts = { ...parts };
  for (const [name, bytes] of Object.entries(change))
    if (bytes === null) delete next[name];
    else next[name] = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  if (listed) {
    const list = jsonOf(next, 'manifest.json');
    list.files = Object.entries(next)
      .filter(([name]) => name !== 'manifest.json')
      .map(([name, bytes]) => ({
        path: name,
        size: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      }));
    next['manifest.json'] = Buffer.from(JSON.stringify(list));
  }
  writeFileSync(path, zipSync(next));
  return path;
};

export interface District {
  readonly db: Database;
  readonly files: FileStore;
  readonly people: LibraryDistrict;
}
export const aDistrict = async (): Promise<District> => {
  const { db } = await createTestDatabase();
  return { db, files: createTestFiles(), people: await aLibraryDistrict(db) };
};

/** The same book under ids of the district's own. */
export const aBook = async (
  db: Database,
  ids: { editionId: string; volumeId: string; unitId: string; lessonId: string },
) => {
  await insertRows(db, 'library.edition', [
    {
      id: ids.editionId,
      subject: 'mathematics',
      stage: 'primary',
      publisher: '某版',
      revisionYear: 2024,
      version: 1,
    },
  ]);
  await insertRows(db, 'library.volume', [
    { id: ids.volumeId, editionId: ids.editionId, grade: 3, part: 'first' },
  ]);
  await insertRows(db, 'library.unit', [
    { id: ids.unitId, volumeId: ids.volumeId, number: 2, title: '两位数乘法', position: 0 },
  ]);
  await insertRows(db, 'library.lesson', [
    { id: ids.lessonId, unitId: ids.unitId, number: 1, title: '口算', position: 0 },
  ]);
};

const upload = async ({ db, files }: District, accountId: string, name: string, bytes: Buffer) => {
  await storeParts(db, files, accountId, [{ name, bytes }]);
  const { id } = await db
    .selectFrom('platform.upload')
    .select('id')
    .where('accountId', '=', accountId)
    .where('name', '=', name)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  return id;
};

interface Made {
  readonly kind?: ItemKind;
  readonly content?: Content;
  readonly place?: { volumeId: string; unitId: string; lessonId: string | null };
  readonly files?: readonly Buffer[];
}
/** A published item of the district with files, a link and a picture. */
export const made = async (
  district: District,
  title: string,
  { kind = 'lesson-design', content, place, files = [] }: Made = {},
): Promise<string> => {
  const { db, people } = district;
  const context = await contextOf(db, people.writer);
  const { id, roundId } = await startItem(context, {
    ...primaryMaths,
    ...place,
    kind,
    title,
    schoolId: null,
    shared: true,
    content: content ?? aLessonDesign(),
  });
  const attach = attachmentActions(findItemAccess);
  for (const [at, bytes] of files.entries()) {
    const uploadId = await upload(district, context.origin.accountId, `课件${at}.pptx`, bytes);
    await attach.attachFile(context, { itemId: id, uploadId, title: `课件 ${at}` });
  }
  await publishOpenRound(db, people, roundId);
  return id;
};

const png = makePng(4, 4);
export const withPicture = async (district: District): Promise<string> => {
  const { db, people } = district;
  const context = await contextOf(db, people.writer);
  const { id, roundId } = await startItem(context, {
    ...primaryMaths,
    kind: 'lesson-design',
    title: '有图片的课',
    schoolId: null,
    shared: true,
    content: aLessonDesign(),
  });
  const uploadId = await upload(district, context.origin.accountId, '图片.png', png);
  const { file } = await pictureActions(findDraft).addPicture(context, { documentId: roundId, uploadId });
  const content = aLessonDesign({
    board: [{ type: 'paragraph', content: [{ type: 'picture', attrs: { file, alt: '板书', width: 40 } }] }],
  });
  await replaceDraftContent(db, roundId, content, people.writer);
  const link = { url: 'https://pan.baidu.com/s/1abc', accessCode: 'ab12', expiresOn: '2030-01-01' };
  await attachmentActions(findItemAccess).attachLink(context, { itemId: id, title: '网盘', ...link });
  await publishOpenRound(db, people, roundId);
  return id;
};

/** Everything of a package as text, but for when it was made. */
export const comparable = (parts: Parts): Record<string, string> =>
  Object.fromEntries(
    Object.entries(parts).map(([path, bytes]) => {
      const text = Buffer.from(bytes).toString('latin1');
      return [path, path === 'manifest.json' ? text.replace(/"madeAt": "[^"]+"/, '') : text];
    }),
  );
