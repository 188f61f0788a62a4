import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import { docxType, pptxType, xlsxType } from '#platform/files/content-type.ts';
import { extensionOf } from '#platform/files/file-name.ts';
import { isPictureBomb } from '#platform/files/picture-size.ts';
import type { StoredFile } from '#platform/files/uploads.ts';
import { askAgain, askForJob, interrupted, listJobStates } from '#platform/jobs/jobs.ts';

export const pdfType = 'application/pdf';
/** Its job has the same name, and as its key the source's hash. */
export const derivedKinds = ['pdf', 'first-page'] as const;
export type DerivedKind = (typeof derivedKinds)[number];

/** Why there is no preview. */
export const failures = [
  'timeout',
  'broken',
  'too-large',
  'no-converter',
  'source-missing',
  interrupted,
] as const;
export type Failure = (typeof failures)[number];

const openDocument = 'application/vnd.oasis.opendocument.';
const officeTypes: readonly string[] = [
  docxType,
  xlsxType,
  pptxType,
  `${openDocument}text`,
  `${openDocument}spreadsheet`,
  `${openDocument}presentation`,
  'application/rtf',
];
/** Old Office files are told from other files of their container by the name alone. */
const oldContainer = 'application/x-cfb';
const oldEndings: readonly string[] = ['doc', 'xls', 'ppt', 'dot', 'pps', 'wps', 'et', 'dps'];

export interface Previewed {
  readonly name: string;
  readonly type: string;
}

/** An Office file without macros: LibreOffice makes pages of it. */
export const isOffice = ({ name, type }: Previewed): boolean =>
  officeTypes.includes(type) || (type === oldContainer && oldEndings.includes(extensionOf(name)));

/** The ending by which the converter is told what a file is; empty where it finds out by itself. */
export const endingOf = ({ name, type }: Previewed): string => {
  if (type === docxType) return 'docx';
  if (type === xlsxType) return 'xlsx';
  if (type === pptxType) return 'pptx';
  const ending = extensionOf(name);
  return oldEndings.includes(ending) || /^od[tsp]$/.test(ending) || ending === 'rtf' ? ending : '';
};

/** A picture so small that it shows itself in a list. */
const smallPicture = 400_000;

/** What a list shows of a file beside its name. */
export const isOwnFirstPage = ({ type, size, picture }: StoredFile): boolean =>
  type.startsWith('image/') && picture !== null && size <= smallPicture && !isPictureBomb(picture);

/** In the transaction that takes a file into a record: asks for what can be made of it. */
export const askForPreview = async (db: Queryable, file: StoredFile & Previewed): Promise<void> => {
  const { sha256 } = file;
  const kind = isOffice(file) ? 'pdf' : file.type === pdfType ? 'first-page' : null;
  if (kind === null || (await findDerived(db, sha256, kind)) !== undefined) return;
  await askForJob(db, { kind, key: sha256 });
};

/** What failed is tried once more; false where nothing had failed. */
export const askForPreviewAgain = (db: Queryable, sha256: string): Promise<boolean> =>
  askAgain(db, { kind: 'pdf', key: sha256 });

/** The stored result, for giving it out. */
export const findDerived = async (
  db: Queryable,
  sourceSha256: string,
  kind: DerivedKind,
): Promise<StoredFile | undefined> => {
  const row = await db
    .selectFrom('platform.derivedFile as derived')
    .innerJoin('platform.file as file', 'file.sha256', 'derived.sha256')
    .where('derived.sourceSha256', '=', sourceSha256)
    .where('derived.kind', '=', kind)
    .where('file.storedAt', 'is not', null)
    .select(['file.sha256', 'file.size', 'file.type', 'file.width', 'file.height'])
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { width, height, ...file } = row;
  return { ...file, picture: width === null || height === null ? null : { width, height } };
};

/** A result whose bytes are about to be put in their place; if that comes to nothing the sweep finds them. */
export const announceDerived = async (db: Queryable, { picture, ...file }: StoredFile): Promise<void> => {
  await db
    .insertInto('platform.file')
    .values({ ...file, width: picture?.width ?? null, height: picture?.height ?? null })
    .onConflict((target) => target.column('sha256').doNothing())
    .execute();
};

/** In a transaction that holds the lock of the result's bytes, once they are in their place; a source that is gone has none. */
export const insertDerived = async (
  db: Queryable,
  {
    sourceSha256,
    kind,
    sha256,
  }: { readonly sourceSha256: string; readonly kind: DerivedKind; readonly sha256: string },
): Promise<void> => {
  await db
    .updateTable('platform.file')
    .set({ storedAt: sql`coalesce(stored_at, clock_timestamp())`, damagedAt: null })
    .where('sha256', '=', sha256)
    .execute();
  await sql`insert into platform.derived_file (source_sha256, kind, sha256)
    select sha256, ${kind}, ${sha256} from platform.file where sha256 = ${sourceSha256} for key share
    on conflict (source_sha256, kind) do nothing`.execute(db);
};

export interface PreviewState {
  /** Of the pages: not asked for, on its way, there, or not to be had. */
  readonly pages: 'none' | 'waiting' | 'running' | 'ready' | 'failed';
  readonly failure: Failure | null;
  /** A small picture of the first page is there. */
  readonly firstPage: boolean;
}

export const noPreview: PreviewState = { pages: 'none', failure: null, firstPage: false };

/** By the source's hash, for every hash given. */
export const listPreviewStates = async (
  db: Queryable,
  sources: readonly string[],
): Promise<ReadonlyMap<string, PreviewState>> => {
  const derived = await db
    .selectFrom('platform.derivedFile')
    .where(sql<boolean>`source_sha256 = any(${[...sources]}::text[])`)
    .select(['sourceSha256', sql<DerivedKind>`kind`.as('kind')])
    .execute();
  const jobs = (await listJobStates(db, sources)).filter(({ kind }) => kind === 'pdf');
  const has = (source: string, kind: DerivedKind): boolean =>
    derived.some((one) => one.sourceSha256 === source && one.kind === kind);
  return new Map(
    sources.map((source): [string, PreviewState] => {
      const job = jobs.find(({ key }) => key === source);
      const ready = has(source, 'pdf');
      return [
        source,
        {
          pages: ready ? 'ready' : (job?.state ?? 'none'),
          failure:
            ready || job?.state !== 'failed'
              ? null
              : (failures.find((failure) => failure === job.reason) ?? interrupted),
          firstPage: has(source, 'first-page'),
        },
      ];
    }),
  );
};

/** A name under which the file was brought, which may say what it is. */
export const findNamedSource = async (
  db: Queryable,
  sha256: string,
): Promise<(Previewed & { readonly storedAt: string | null }) | undefined> => {
  const row = await db
    .selectFrom('platform.file as file')
    .innerJoin('platform.upload as upload', 'upload.sha256', 'file.sha256')
    .where('file.sha256', '=', sha256)
    .select(['upload.name', 'file.type', 'file.storedAt'])
    .orderBy(sql`upload.name ~* ${`[.](${oldEndings.join('|')})$`}`, 'desc')
    .orderBy('upload.id')
    .limit(1)
    .executeTakeFirst();
  return row;
};

/** Asks for the previews of files that records took up before there were any; safe to repeat. */
export const askForMissingPreviews = async (db: Queryable): Promise<void> => {
  const rows = await db
    .selectFrom('platform.file as file')
    .innerJoin('platform.upload as upload', 'upload.sha256', 'file.sha256')
    .where('upload.claimedAt', 'is not', null)
    .where('file.storedAt', 'is not', null)
    .where(
      sql<boolean>`(file.type = any(${[...officeTypes, oldContainer, pdfType]}::text[])
      and not exists (select from platform.derived_file as derived where derived.source_sha256 = file.sha256)
      and not exists (select from platform.job as job where job.key = file.sha256))`,
    )
    .select(['file.sha256', 'file.size', 'file.type', 'file.width', 'file.height', 'upload.name'])
    .limit(1_000)
    .execute();
  for (const { width, height, ...file } of rows)
    await askForPreview(db, {
      ...file,
      picture: width === null || height === null ? null : { width, height },
    });
};

/** Forgets what was asked for files that are gone. */
export const sweepPreviewJobs = async (db: Queryable): Promise<void> => {
  await db
    .deleteFrom('platform.job')
    .where(sql<boolean>`kind = any(${[...derivedKinds]}::text[])`)
    .where('state', '=', 'failed')
    .where(sql<boolean>`not exists (select from platform.file as file where file.sha256 = job.key)`)
    .execute();
};
