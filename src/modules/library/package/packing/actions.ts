import type { Actor } from '#modules/organisation/contract.ts';
import { extensionOf } from '#platform/files/file-name.ts';
import type { FileStore } from '#platform/files/file-store.ts';
import { isDamaged, type StoredFile } from '#platform/files/uploads.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { mostAttachments, readLink } from '../../attachment/rules.ts';
import { countAttachments, listAttachments } from '../../attachment/store.ts';
import { pictureFiles } from '../../content/rules.ts';
import { creditsOf } from '../../item/actions.ts';
import { itemScope } from '../../item/policy.ts';
import { findItem, listNames, type StoredItem } from '../../item/store.ts';
import type { pictureActions } from '../../picture/actions.ts';
import { listCredits } from '../../suggestion/store.ts';
import { findTextbookPaths } from '../../textbook/store.ts';
import type {
  ItemCameWith,
  PackagedAttachment,
  PackagedItem,
  PackagedVersion,
  PlaceInWords,
  Writers,
} from '../format/contract.ts';
import { depthOf, inWords, placesIn, placeToken, withPlaces } from '../format/rules.ts';
import * as store from '../store.ts';

type Context = Pick<ActionContext<Actor>, 'db' | 'actor' | 'origin'>;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const moment = (at: string): string => new Date(at).toISOString();

/** By name, as the page of the versions shows them. */
const writersOf = async (
  { db }: Pick<Context, 'db'>,
  version: Awaited<ReturnType<typeof store.listWholeVersions>>[number],
  credits: Awaited<ReturnType<typeof listCredits>>,
): Promise<Writers> => {
  const { cameWith } = version;
  const names = await listNames(db, version.contributors);
  const suggested = creditsOf(credits, version.number)
    .map(({ name, schoolName, sections }) => ({ name, school: schoolName, sections: sections.toSorted() }))
    .toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
  return {
    contributors: [
      ...names.map(({ name, schoolName }) => ({ name, school: schoolName })),
      ...(cameWith?.contributors ?? []),
    ],
    credits: [...suggested, ...(cameWith?.credits ?? [])],
    publishedBy: version.publishedByName ?? cameWith?.publishedBy ?? '—',
  };
};

/** What stands in cells for places, as words, by what a package puts there instead. */
interface Places {
  readonly textbook: Record<string, PlaceInWords>;
  readonly tokenOf: (standing: string) => string;
}

const placesOf = async (
  { db }: Pick<Context, 'db'>,
  standing: readonly string[],
  cameWith: ItemCameWith | null,
): Promise<Places> => {
  const paths = await findTextbookPaths(
    db,
    standing.filter((one) => uuid.test(one)),
  );
  const textbook: Record<string, PlaceInWords> = {};
  const tokens = new Map<string, string>();
  for (const one of standing) {
    const path = paths.get(one);
    const place = path === undefined ? cameWith?.textbook[one] : inWords(path);
    if (place === undefined) continue;
    const token = placeToken(place);
    textbook[token] = place;
    tokens.set(one, token);
  }
  return { textbook, tokenOf: (one) => tokens.get(one) ?? one };
};

/** Every published version in words and names, without an id of this district's people or books. */
export const packVersions = async (
  context: Pick<Context, 'db'>,
  { id, kind }: Pick<StoredItem, 'id' | 'kind'>,
  cameWith: ItemCameWith | null,
): Promise<{ versions: PackagedVersion[]; textbook: Record<string, PlaceInWords> }> => {
  const stored = await store.listWholeVersions(context.db, id);
  const credits = await listCredits(context.db, id);
  const standing = [...new Set(stored.flatMap(({ content }) => placesIn(kind, content)))];
  const { textbook, tokenOf } = await placesOf(context, standing, cameWith);
  const versions: PackagedVersion[] = [];
  for (const version of stored)
    versions.push({
      number: version.number,
      title: version.title,
      note: version.note,
      publishedAt: moment(version.publishedAt),
      ...(await writersOf(context, version, credits)),
      content: withPlaces(kind, version.content, tokenOf),
    });
  return { versions, textbook };
};

/** Where it stands here, or, where that was never found, where its package said. */
const placeOf = async (
  { db }: Pick<Context, 'db'>,
  item: StoredItem,
  cameWith: ItemCameWith | null,
): Promise<PlaceInWords | null> => {
  const deepest = item.lessonId ?? item.unitId ?? item.volumeId;
  const path = deepest === null ? undefined : (await findTextbookPaths(db, [deepest])).get(deepest);
  const here = path === undefined ? null : inWords(path);
  const given = cameWith?.place ?? null;
  const fits = given !== null && given.subject === item.subject && given.stage === item.stage;
  return fits && depthOf(given) > depthOf(here) ? given : here;
};

/** A file that lies in the package, by hash, once. */
export interface PackedFile {
  readonly path: string;
  readonly stored: StoredFile;
}

export interface Packed {
  readonly item: PackagedItem;
  readonly stored: StoredItem;
  readonly cameWith: ItemCameWith | null;
  readonly files: readonly PackedFile[];
  readonly leftOut: readonly string[];
}

interface Sources {
  readonly files: FileStore;
  readonly district: string;
  readonly findPicture: ReturnType<typeof pictureActions>['findPicture'];
  /** Where files already lie in the package, by hash. */
  readonly paths: Map<string, string>;
}

const isWhole = async (
  { db }: Pick<Context, 'db'>,
  files: FileStore,
  { sha256, size }: StoredFile,
): Promise<boolean> => {
  const open = (await isDamaged(db, sha256)) ? null : await files.open(sha256);
  await open?.close();
  return open?.size === size;
};

/** An item as a package holds it; undefined where the caller may not read it, or nothing of it is published. */
export const packItem = async (
  context: Context,
  { files, district, findPicture, paths }: Sources,
  id: string,
): Promise<Packed | undefined> => {
  const stored = await findItem(context.db, id, itemScope(context.actor));
  if (stored === undefined || stored.published === null || stored.withdrawn) return undefined;
  const cameWith = await store.findCameWith(context.db, id);
  const { versions, textbook } = await packVersions(context, stored, cameWith);
  const packed: PackedFile[] = [];
  const leftOut: string[] = [];
  /** Null where its bytes are not what they were. */
  const pack = async (file: StoredFile, name: string) => {
    if (!(await isWhole(context, files, file))) {
      leftOut.push(`“${name}”在服务器上已损坏或缺失，没有放进资源包。`);
      return null;
    }
    const ending = extensionOf(name);
    const path = paths.get(file.sha256) ?? `files/${file.sha256}${ending === '' ? '' : `.${ending}`}`;
    paths.set(file.sha256, path);
    packed.push({ path, stored: file });
    return { path, name, size: file.size, sha256: file.sha256 };
  };
  const attachments: PackagedAttachment[] = [];
  const attached = await countAttachments(context.db, id);
  if (attached > mostAttachments)
    leftOut.push(
      `“${stored.title}”的附件超过 ${mostAttachments} 个，最后的 ${attached - mostAttachments} 个没有放进资源包。`,
    );
  for (const row of await listAttachments(context.db, id, null, mostAttachments)) {
    const { title, url, accessCode, expiresOn, sha256, size, type, fileName } = row;
    if (url !== null && readLink(url, accessCode).ok)
      attachments.push({ title, link: { url, accessCode, expiresOn } });
    else if (url !== null) leftOut.push(`“${title}”的链接不是网盘分享链接，没有放进资源包。`);
    if (sha256 === null || size === null || type === null) continue;
    const file = await pack({ sha256, size, type, picture: null }, fileName ?? title);
    if (file !== null) attachments.push({ title, file });
  }
  const pictures: PackagedItem['pictures'] = [];
  for (const sha256 of [...new Set(versions.flatMap(({ content }) => pictureFiles(content)))].toSorted()) {
    const found = await findPicture(context, sha256);
    if (found === undefined) {
      leftOut.push(`“${stored.title}”有一张图片这里没有，或您不能看，没有放进资源包。`);
      continue;
    }
    const file = await pack(found.stored, found.fileName);
    if (file !== null) pictures.push(file);
  }
  const item: PackagedItem = {
    id,
    kind: stored.kind,
    title: stored.title,
    summary: stored.summary,
    stage: stored.stage,
    subject: stored.subject,
    grade: stored.grade,
    place: await placeOf(context, stored, cameWith),
    origin: cameWith?.origin ?? { district, school: stored.schoolName },
    shared: stored.shared,
    locked: stored.locked,
    versions,
    textbook,
    attachments,
    pictures,
  };
  return { item, stored, cameWith, files: packed, leftOut };
};
