import { findSchoolByName } from '#modules/organisation/timetable-import/store.ts';
import { type Origin, recordAudit } from '#platform/audit/audit.ts';
import type { Database, Queryable } from '#platform/database/database.ts';
import type { FileStore } from '#platform/files/file-store.ts';
import { conflict, invalid } from '#platform/refusal.ts';
import { mostAttachments } from '../../attachment/rules.ts';
import { countAttachments, lockItemAttachments } from '../../attachment/store.ts';
import { unlawful } from '../../round/rules.ts';
import { refreshSearchEntries } from '../../search/actions.ts';
import { listEditions, listUnits, listVolumes } from '../../textbook/store.ts';
import type { PackagePlan, PackageRow } from '../contract.ts';
import type { ItemCameWith, PackagedItem, PlaceInWords } from '../format/contract.ts';
import { depthOf, placeSaid, versionHash, withPlaces } from '../format/rules.ts';
import { type Catalogue, depthFound, type FoundPlace, matchPlace } from '../matching/rules.ts';
import { packVersions } from '../packing/actions.ts';
import { type OpenPackage, openPackage } from '../reading/actions.ts';
import { type Verdict, verdictOf } from '../rules.ts';
import * as store from '../store.ts';
import { freshAttachments, type StoredFiles, storeFiles, takeFiles, wantedFiles } from '../taking/actions.ts';
import { mostPackageRows, type PackageStatus } from '../vocabulary/contract.ts';

/** A package on the disk, and for whom it is brought: a school, or the district (null). */
export interface BroughtPackage {
  readonly path: string;
  readonly fileName: string;
  readonly schoolId: string | null;
}

/** Different files that one package may bring. */
const mostFiles = 4_000;

interface Finder {
  readonly find: (place: PlaceInWords) => Promise<FoundPlace>;
  /** The one id that a cell means; undefined where it is not found here. */
  readonly idOf: (place: PlaceInWords) => Promise<string | undefined>;
}

const finderOf = (db: Queryable): Finder => {
  const read = new Map<string, Promise<Catalogue>>();
  const load = async ({ stage, subject }: PlaceInWords): Promise<Catalogue> => {
    const editions = await listEditions(db, { stage, subject });
    const volumes = await listVolumes(
      db,
      editions.map(({ id }) => id),
    );
    const units = await listUnits(
      db,
      volumes.map(({ id }) => id),
    );
    return { editions, volumes, units };
  };
  const find = async (place: PlaceInWords): Promise<FoundPlace> => {
    const key = `${place.stage} ${place.subject}`;
    const catalogue = read.get(key) ?? load(place);
    read.set(key, catalogue);
    return matchPlace(await catalogue, place);
  };
  return {
    find,
    idOf: async (place) => {
      const found = await find(place);
      if (depthFound(found) < depthOf(place)) return undefined;
      return found.lessonId ?? found.unitId ?? found.volumeId ?? undefined;
    },
  };
};

const isAdded = ({ status }: Verdict): boolean => status === 'new' || status === 'newer';

interface Judged {
  readonly item: PackagedItem;
  readonly verdict: Verdict;
  /** How many of its versions are here. */
  readonly standing: number;
  readonly place: FoundPlace;
  readonly sentences: readonly string[];
}

const nowhere: FoundPlace = { volumeId: null, unitId: null, lessonId: null };

/** An item has no more attachments by a package than by hand. */
const withRoom = async (db: Queryable, item: PackagedItem, verdict: Verdict): Promise<Verdict> => {
  const fresh = (await freshAttachments(db, item)).length;
  return fresh === 0 || fresh + (await countAttachments(db, item.id)) <= mostAttachments
    ? verdict
    : {
        status: 'conflict',
        sentence: `补上新版后附件会超过 ${mostAttachments} 个。请先移除这里不用的附件，再导入。`,
      };
};

/** What the law forbids here is not published by way of another district. */
const lawful = ({ kind, title, versions }: PackagedItem, verdict: Verdict): Verdict => {
  const last = versions.at(-1);
  const [problem] = last === undefined ? [] : unlawful({ kind, title }, last.content);
  return problem === undefined || !isAdded(verdict)
    ? verdict
    : { status: 'conflict', sentence: `${problem}原处改好、重新发布以后，再导出、导入。` };
};

const judge = async (
  db: Queryable,
  finder: Finder,
  item: PackagedItem,
  schoolId: string | null,
): Promise<Judged> => {
  const found = await store.findStanding(db, item.id);
  const hashes =
    found === undefined
      ? []
      : (await packVersions({ db }, found, await store.findCameWith(db, item.id))).versions.map((version) =>
          versionHash(found.kind, version),
        );
  const upToRoom = lawful(
    item,
    verdictOf(item, schoolId, found === undefined ? undefined : { ...found, hashes }),
  );
  const verdict = upToRoom.status === 'newer' ? await withRoom(db, item, upToRoom) : upToRoom;
  const { place: given } = item;
  const fits =
    given !== null &&
    given.stage === item.stage &&
    given.subject === item.subject &&
    given.grade === item.grade;
  const place = fits ? await finder.find(given) : nowhere;
  const lost = verdict.status === 'new' && given !== null && depthFound(place) < depthOf(given);
  return {
    item,
    verdict,
    standing: hashes.length,
    place,
    sentences: [
      ...(verdict.sentence === null ? [] : [verdict.sentence]),
      ...(lost
        ? [
            `待归位：教材目录里没有“${placeSaid(given)}”，先放在年级和学科下，导入后在资源页的“修改信息”里选定。`,
          ]
        : []),
    ],
  };
};

interface Bringing {
  readonly db: Queryable;
  readonly origin: Origin;
  readonly stored: StoredFiles;
  readonly finder: Finder;
}

const write = async (
  bringing: Bringing,
  { item, standing, place, verdict }: Judged,
  schoolId: string | null,
): Promise<void> => {
  const { db, origin, finder } = bringing;
  const here = new Map<string, string>();
  const lost: Record<string, PlaceInWords> = {};
  for (const [token, words] of Object.entries(item.textbook)) {
    const id = await finder.idOf(words);
    if (id === undefined) lost[token] = words;
    else here.set(token, id);
  }
  const before = await store.findCameWith(db, item.id);
  const cameWith: ItemCameWith = {
    origin: before?.origin ?? item.origin,
    place: before?.place ?? item.place,
    textbook: { ...before?.textbook, ...lost },
  };
  const { id, kind, title, summary, stage, subject, grade, locked, versions } = item;
  const shared = schoolId === null || item.shared;
  if (verdict.status === 'new')
    await store.insertArriving(db, {
      id,
      kind,
      title,
      summary,
      stage,
      subject,
      grade,
      ...place,
      schoolId,
      shared,
      locked,
      cameWith,
    });
  for (const version of versions.slice(standing)) {
    const { number, note, publishedAt, contributors, credits, publishedBy } = version;
    await store.insertArrivingVersion(db, id, {
      number,
      title: version.title,
      note,
      publishedAt,
      content: withPlaces(kind, version.content, (token) => here.get(token) ?? token),
      cameWith: { contributors, credits, publishedBy },
    });
  }
  const last = versions.at(-1);
  if (last !== undefined)
    await store.markArrived(db, id, { published: last.number, publishedAt: last.publishedAt }, cameWith);
  await takeFiles(bringing, item);
  await recordAudit(db, origin, {
    action: `library.item-${verdict.status === 'new' ? 'brought' : 'continued'}`,
    objectKind: 'library-item',
    objectId: id,
    after: { kind, title, schoolId, ...place, from: item.origin, versions: versions.length, standing },
  });
};

const noticesOf = ({ list }: OpenPackage): string[] => {
  const adaptations = list.items.reduce((sum, one) => sum + one.adaptations, 0);
  return [
    ...list.leftOut.map(({ sentence }) => `导出时没有带上：${sentence}`).slice(0, 20),
    ...(adaptations === 0 ? [] : [`包里有 ${adaptations} 份校本化，只供查看，导入时不写入。`]),
  ];
};

/** The most urgent first: what is in conflict, then what would be written. */
const urgency: readonly PackageStatus[] = ['conflict', 'newer', 'new', 'older', 'same'];

const planOf = (opened: OpenPackage, rows: readonly PackageRow[], fileName: string): PackagePlan => {
  const count = (status: PackageStatus): number => rows.filter((row) => row.status === status).length;
  return {
    fileName,
    district: opened.list.from.district,
    madeAt: opened.list.madeAt,
    counts: {
      new: count('new'),
      newer: count('newer'),
      conflict: count('conflict'),
      older: count('older'),
      same: count('same'),
    },
    rows: urgency.flatMap((status) => rows.filter((row) => row.status === status)).slice(0, mostPackageRows),
    notices: noticesOf(opened),
  };
};

const rowOf = ({ item: { id, title, kind }, verdict, sentences }: Judged): PackageRow => ({
  id,
  title,
  kind,
  status: verdict.status,
  sentences: [...sentences],
});

const withPackage = async <Result>(
  path: string,
  work: (opened: OpenPackage) => Promise<Result>,
): Promise<Result> => {
  const opened = await openPackage(path);
  try {
    return await work(opened);
  } finally {
    opened.close();
  }
};

const isWritten = ({ verdict }: Judged): boolean => isAdded(verdict);

/** Every item with what would be done with it; throws for more files than a package may bring. */
async function* judgeAll(db: Queryable, opened: OpenPackage, schoolId: string | null) {
  const finder = finderOf(db);
  const hashes = new Set<string>();
  for (const listed of opened.list.items) {
    const judged = await judge(db, finder, await opened.readItem(listed), schoolId);
    for (const one of judged.item.attachments) if ('file' in one) hashes.add(one.file.sha256);
    for (const { sha256 } of judged.item.pictures) hashes.add(sha256);
    if (hashes.size > mostFiles)
      throw conflict(`包里的附件和图片超过 ${mostFiles} 个。请分几次导出，再分别导入。`);
    yield judged;
  }
}

/** What bringing it would do. Every file is read against its hash; nothing is written. */
export const previewPackageAt = (
  db: Queryable,
  { path, fileName, schoolId }: BroughtPackage,
): Promise<PackagePlan> =>
  withPackage(path, async (opened) => {
    await opened.verify();
    const rows: PackageRow[] = [];
    for await (const judged of judgeAll(db, opened, schoolId)) rows.push(rowOf(judged));
    return planOf(opened, rows, fileName);
  });

/** Judged again behind the item's lock where something would be added to it. */
const judgeLocked = async (
  db: Queryable,
  finder: Finder,
  item: PackagedItem,
  schoolId: string | null,
): Promise<Judged> => {
  const judged = await judge(db, finder, item, schoolId);
  if (judged.verdict.status !== 'newer') return judged;
  await store.lockStanding(db, item.id);
  if (item.attachments.length > 0) await lockItemAttachments(db, item.id);
  return judge(db, finder, item, schoolId);
};

const writePackage = (
  context: Pick<Bringing, 'db' | 'origin' | 'stored'>,
  { path, fileName, schoolId }: BroughtPackage,
): Promise<PackagePlan> =>
  withPackage(path, async (opened) => {
    const { db, origin } = context;
    await store.lockPackages(db);
    const bringing = { ...context, finder: finderOf(db) };
    const rows: PackageRow[] = [];
    const written: string[] = [];
    for (const listed of opened.list.items) {
      const judged = await judgeLocked(db, bringing.finder, await opened.readItem(listed), schoolId);
      rows.push(rowOf(judged));
      if (!isWritten(judged)) continue;
      await write(bringing, judged, schoolId);
      written.push(judged.item.id);
    }
    await refreshSearchEntries(db, written);
    const plan = planOf(opened, rows, fileName);
    await recordAudit(db, origin, {
      action: 'library.package-brought',
      objectKind: 'library-package',
      objectId: null,
      after: { fileName, schoolId, from: plan.district, madeAt: plan.madeAt, counts: plan.counts },
    });
    return plan;
  });

/**
 * Outside of any transaction: reads every file against its hash, and puts away what the items will take up. Gives what
 * is done in the transaction: it writes what is new, leaves what is here or in conflict, and says what was done.
 */
export const preparePackage = (
  db: Database,
  origin: Origin,
  files: FileStore,
  brought: BroughtPackage,
): Promise<(transaction: Queryable) => Promise<PackagePlan>> =>
  withPackage(brought.path, async (opened) => {
    await opened.verify();
    const wanted = new Map<string, PackagedItem['pictures'][number]>();
    for await (const judged of judgeAll(db, opened, brought.schoolId))
      if (isWritten(judged))
        for (const [key, file] of await wantedFiles(db, judged.item)) wanted.set(key, file);
    const stored = await storeFiles(db, files, { origin, opened }, wanted);
    return (transaction) => writePackage({ db: transaction, origin, stored }, brought);
  });

/** For whom the command line brings it, by the school's name. */
export const schoolNamed = async (db: Queryable, name: string): Promise<string> => {
  const [found, second] = await findSchoolByName(db, name);
  if (found === undefined) throw invalid(`没有找到学校“${name}”，请写学校的全称或已确认的简称。`);
  if (second !== undefined) throw invalid(`“${name}”可以是几所学校，请写全称。`);
  return found.id;
};

/** The same for the command line, in a transaction of its own. */
export const applyPackageAt = async (
  db: Database,
  origin: Origin,
  files: FileStore,
  brought: BroughtPackage,
): Promise<PackagePlan> => {
  const bring = await preparePackage(db, origin, files, brought);
  return db.transaction().execute(bring);
};
