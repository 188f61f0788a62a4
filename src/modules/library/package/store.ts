import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { readSetting } from '#platform/district-setting.ts';
import { newId } from '#platform/ids.ts';
import { lexeme } from '#platform/text-search/query.ts';
import type { Content } from '../content/contract.ts';
import type { ItemScope } from '../item/policy.ts';
import { isVisible } from '../item/store.ts';
import { marked } from '../search/entry/rules.ts';
import type { Place } from '../shapes/contract.ts';
import type { ItemKind } from '../vocabulary/contract.ts';
import type { PackageSelection } from './contract.ts';
import type { ItemCameWith, Writers } from './format/contract.ts';

/** As it stands at the head of the district's documents. */
export const findDistrictName = async (db: Queryable, on: Day): Promise<string> =>
  (await readSetting(db, 'circulars.letterhead', on, { issuer: '唐山市丰南区教育局' })).issuer;

const columns = ['stage', 'subject', 'grade', 'volumeId', 'unitId', 'lessonId', 'kind'] as const;

/** Published items of a selection without words. */
const selected = (db: Queryable, scope: ItemScope, selection: PackageSelection) => {
  let query = db
    .selectFrom('library.item as item')
    .where(isVisible(scope))
    .where('item.published', 'is not', null)
    .where('item.withdrawnAt', 'is', null);
  for (const column of columns) {
    const value = selection[column];
    if (value !== undefined) query = query.where(`item.${column}`, '=', value);
  }
  const { ids, owner, lifeContext } = selection;
  if (ids !== undefined) query = query.where(sql<boolean>`item.id = any(${[...ids]}::uuid[])`);
  if (owner !== undefined) query = query.where('item.schoolId', owner === 'district' ? 'is' : 'is not', null);
  if (lifeContext === true)
    query = query.where(
      sql<boolean>`exists (select from library.search_entry as entry
        where entry.item_id = item.id and entry.lexemes @@ ${lexeme(marked('life', ''))}::tsquery)`,
    );
  return query.select('item.id');
};

/** Of a selection without words those after one, in the order of their beginning. */
export const listPackageIds = async (
  db: Queryable,
  scope: ItemScope,
  selection: PackageSelection,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<string[]> => {
  const query = selected(db, scope, selection);
  const rows = await (after === null ? query : query.where('item.id', '>', after))
    .orderBy('item.id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
};

interface SelectionSums {
  readonly items: number;
  readonly attachments: number;
  readonly bytes: number;
}

/** How many items a selection without words has, how many files hang on them, and how large they are together. */
export const sumSelection = async (
  db: Queryable,
  scope: ItemScope,
  selection: PackageSelection,
): Promise<SelectionSums> => {
  const { rows } = await sql<SelectionSums>`
    with chosen as materialized (${selected(db, scope, selection)})
    select (select count(*) from chosen)::int as items, count(*)::int as attachments,
      coalesce(sum(file.size), 0)::bigint as bytes
    from chosen
    join library.attachment as attachment on attachment.item_id = chosen.id and attachment.removed_at is null
    join platform.upload as upload on upload.id = attachment.upload_id
    join platform.file as file on file.sha256 = upload.sha256`.execute(db);
  return rows[0] ?? { items: 0, attachments: 0, bytes: 0 };
};

/** What an item keeps of the package it came in by; null where it was made here. */
export const findCameWith = async (db: Queryable, itemId: string): Promise<ItemCameWith | null> => {
  const row = await db
    .selectFrom('library.item')
    .where('id', '=', itemId)
    .select(sql<ItemCameWith | null>`came_with`.as('cameWith'))
    .executeTakeFirst();
  return row?.cameWith ?? null;
};

/** Every version of an item from the first on, with its text. */
export const listWholeVersions = (db: Queryable, itemId: string) =>
  db
    .selectFrom('library.version as version')
    .leftJoin('organisation.person as publisher', 'publisher.id', 'version.publishedBy')
    .where('version.itemId', '=', itemId)
    .select([
      'version.number',
      'version.title',
      'version.note',
      'version.contributors',
      'publisher.name as publishedByName',
      'version.publishedAt',
      sql<Content>`version.content`.as('content'),
      sql<Writers | null>`version.came_with`.as('cameWith'),
    ])
    .orderBy('version.number')
    .execute();

/** Of an item in schools: the forms that people there made of it and still keep. */
export const listSchoolAdaptations = (db: Queryable, itemId: string, schoolIds: readonly string[]) =>
  db
    .selectFrom('library.adaptation as adaptation')
    .innerJoin('organisation.person as person', 'person.id', 'adaptation.personId')
    .innerJoin('organisation.school as school', 'school.id', 'adaptation.schoolId')
    .where('adaptation.itemId', '=', itemId)
    .where('adaptation.endedAt', 'is', null)
    .where(sql<boolean>`adaptation.school_id = any(${[...schoolIds]}::uuid[])`)
    .select([
      'adaptation.id',
      'person.name as makerName',
      'school.name as schoolName',
      'adaptation.basedOn',
      'adaptation.savedAt',
      sql<
        Readonly<Record<string, { title: string; body: Content['sections'][number]['body'] }>>
      >`adaptation.touched`.as('touched'),
    ])
    .orderBy('adaptation.id')
    .execute();

export interface StandingItem {
  readonly id: string;
  readonly kind: ItemKind;
  readonly schoolId: string | null;
  readonly published: number | null;
  readonly withdrawn: boolean;
  readonly inWork: boolean;
}

/** Whatever stands under these ids, whosever it is: an id is given once. */
export const findStanding = async (db: Queryable, id: string): Promise<StandingItem | undefined> => {
  const { rows } = await sql<StandingItem>`
    select item.id, item.kind, item.school_id as "schoolId", item.published,
      item.withdrawn_at is not null as withdrawn,
      exists (select from library.round as round where round.item_id = item.id and round.ended_at is null) as "inWork"
    from library.item as item where item.id = ${id}::uuid`.execute(db);
  return rows[0];
};

/** Before its state is looked at: no round starts and no version comes before the end of the transaction. */
export const lockStanding = async (db: Queryable, id: string): Promise<void> => {
  await db.selectFrom('library.item').select('id').where('id', '=', id).forNoKeyUpdate().execute();
};

/** One package after the other: two of them may bring the same items. */
export const lockPackages = async (db: Queryable): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('library.package', 0))`.execute(db);
};

export interface ArrivingItem extends Place {
  readonly id: string;
  readonly kind: ItemKind;
  readonly title: string;
  readonly summary: string;
  readonly schoolId: string | null;
  readonly shared: boolean;
  readonly locked: readonly string[];
  readonly cameWith: ItemCameWith;
}

export const insertArriving = async (
  db: Queryable,
  { cameWith, locked, ...item }: ArrivingItem,
): Promise<void> => {
  await db
    .insertInto('library.item')
    .values({ ...item, locked: [...locked], cameWith: JSON.stringify(cameWith) })
    .execute();
};

export const insertArrivingVersion = async (
  db: Queryable,
  itemId: string,
  version: {
    readonly number: number;
    readonly title: string;
    readonly note: string;
    readonly publishedAt: string;
    readonly content: Content;
    readonly cameWith: Writers;
  },
): Promise<void> => {
  const { content, cameWith, ...facts } = version;
  await db
    .insertInto('library.version')
    .values({
      ...facts,
      itemId,
      contributors: [],
      content: JSON.stringify(content),
      cameWith: JSON.stringify(cameWith),
    })
    .execute();
};

/** What is read from now on, and what is kept of the package with it; its title is its own here. */
export const markArrived = async (
  db: Queryable,
  itemId: string,
  arrived: { readonly published: number; readonly publishedAt: string },
  cameWith: ItemCameWith,
): Promise<void> => {
  await db
    .updateTable('library.item')
    .set((row) => ({ ...arrived, cameWith: JSON.stringify(cameWith), version: row('version', '+', 1) }))
    .where('id', '=', itemId)
    .execute();
};

export type ArrivingAttachment =
  | { readonly title: string; readonly uploadId: string }
  | {
      readonly title: string;
      readonly url: string;
      readonly accessCode: string;
      readonly expiresOn: Day | null;
    };

export const insertArrivingAttachment = async (
  db: Queryable,
  itemId: string,
  attachment: ArrivingAttachment,
): Promise<void> => {
  const kind = 'uploadId' in attachment ? 'file' : 'link';
  await db
    .insertInto('library.attachment')
    .values({ id: newId(), itemId, kind, ...attachment })
    .execute();
};

/** Hashes and addresses of what hangs on an item, or once hung. */
export const listEverAttached = async (db: Queryable, itemId: string): Promise<ReadonlySet<string>> => {
  const { rows } = await sql<{ what: string }>`
    select coalesce(upload.sha256, attachment.url) as what from library.attachment as attachment
    left join platform.upload as upload on upload.id = attachment.upload_id
    where attachment.item_id = ${itemId}::uuid`.execute(db);
  return new Set(rows.map(({ what }) => what));
};
