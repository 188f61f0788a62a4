import { type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { DB } from '#platform/database/tables.ts';
import type { Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import type {
  Block,
  BulletinTopic,
  CircularKind,
  CircularRow,
  CircularState,
  Figures,
  Letterhead,
  Receipt,
} from './contract.ts';
import type { CircularScope } from './policy.ts';

type Where = ExpressionBuilder<{ circular: DB['circulars.circular'] }, 'circular'>;

const isWithin = (is: Where, scope: CircularScope) => {
  if (scope.kind === 'all') return sql<SqlBool>`true`;
  return is.and([
    sql<SqlBool>`(circular.school_id is null or circular.school_id = any(${[...scope.schoolIds]}::uuid[]))`,
    is.or([
      is('circular.state', '=', 'issued'),
      is.and([
        is('circular.state', '=', 'voided'),
        sql<SqlBool>`exists (select from circulars.recipient
          where recipient.circular_id = circular.id and recipient.person_id = ${scope.personId})`,
      ]),
    ]),
  ]);
};

const circulars = (db: Queryable, scope: CircularScope) =>
  db.selectFrom('circulars.circular as circular').where((is) => isWithin(is, scope));
type Circulars = ReturnType<typeof circulars>;

const withRow = (query: Circulars, readerId: string | null) =>
  query.select([
    'circular.id',
    'circular.title',
    'circular.periodFrom',
    'circular.periodTo',
    'circular.series',
    'circular.year',
    'circular.number',
    'circular.draftedAt',
    'circular.issuedAt',
    sql<CircularKind>`circular.kind`.as('kind'),
    sql<string | null>`(select name from organisation.school where id = circular.school_id)`.as('schoolName'),
    sql<BulletinTopic | null>`circular.topic`.as('topic'),
    sql<CircularState>`circular.state`.as('state'),
    sql<string>`(select name from organisation.person where id = circular.drafted_by)`.as('draftedByName'),
    sql<number>`(select count(*) from circulars.recipient where circular_id = circular.id)`.as('recipients'),
    sql<number>`(select count(*) from circulars.receipt where circular_id = circular.id)`.as('receipts'),
    sql<boolean | null>`(
      select exists (select from circulars.receipt
        where receipt.circular_id = circular.id and receipt.person_id = recipient.person_id)
      from circulars.recipient where recipient.circular_id = circular.id and recipient.person_id = ${readerId}
    )`.as('readByMe'),
  ]);

type StoredRow = Omit<CircularRow, 'documentNumber'> & {
  series: string | null;
  year: number | null;
  number: number | null;
};

const toRow = <Row extends StoredRow>({ series, year, number, ...row }: Row) => ({
  ...row,
  documentNumber: series === null || year === null || number === null ? null : { series, year, number },
});

export interface CircularFilter {
  readonly state?: CircularState | undefined;
  readonly kind?: CircularKind | undefined;
  /** Only letters about this finding. */
  readonly finding?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Newest draft first; the cursor is the last row's id, which sorts by the moment of drafting. */
export const listCirculars = async (
  db: Queryable,
  scope: CircularScope,
  readerId: string | null,
  filter: CircularFilter,
): Promise<{ rows: CircularRow[]; nextCursor: string | null }> => {
  let query = circulars(db, scope);
  if (filter.state !== undefined) query = query.where('circular.state', '=', filter.state);
  if (filter.kind !== undefined) query = query.where('circular.kind', '=', filter.kind);
  if (filter.finding !== undefined)
    query = query.where(
      sql<SqlBool>`exists (select from circulars.letter_finding as about
        where about.circular_id = circular.id and about.finding_id = ${filter.finding})`,
    );
  if (filter.cursor !== undefined) query = query.where('circular.id', '<', filter.cursor);
  const rows = await withRow(query, readerId)
    .orderBy('circular.id', 'desc')
    .limit(filter.limit + 1)
    .execute();
  const page = rows.slice(0, filter.limit).map(toRow);
  return { rows: page, nextCursor: rows.length > filter.limit ? (page.at(-1)?.id ?? null) : null };
};

export const findCircular = async (
  db: Queryable,
  scope: CircularScope,
  readerId: string | null,
  id: string,
) => {
  const row = await withRow(circulars(db, scope).where('circular.id', '=', id), readerId)
    .select([
      sql<Block[]>`circular.body`.as('body'),
      sql<Figures | null>`circular.figures`.as('figures'),
      sql<Letterhead | null>`circular.letterhead`.as('letterhead'),
      'circular.version',
      'circular.schoolId',
      'circular.draftedBy',
      'circular.editedBy',
      'circular.editedAt',
      'circular.checkedAt',
      'circular.signedAt',
      'circular.issuedOn',
      'circular.voidReason',
      'circular.returnedReason',
      sql<string>`(select name from organisation.person where id = circular.edited_by)`.as('editedByName'),
      sql<string | null>`(select name from organisation.person where id = circular.checked_by)`.as(
        'checkedByName',
      ),
      sql<string | null>`(select name from organisation.person where id = circular.signed_by)`.as(
        'signedByName',
      ),
      sql<string | null>`(select name from organisation.person where id = circular.issued_by)`.as(
        'issuedByName',
      ),
    ])
    .executeTakeFirst();
  return row === undefined ? undefined : toRow(row);
};

export const findForUpdate = async (db: Queryable, id: string) =>
  db
    .selectFrom('circulars.circular as circular')
    .where('id', '=', id)
    .select([
      'id',
      'title',
      'version',
      'draftedBy',
      'editedBy',
      'schoolId',
      sql<CircularKind>`kind`.as('kind'),
      sql<string | null>`(select name from organisation.school where id = circular.school_id)`.as(
        'schoolName',
      ),
      sql<BulletinTopic | null>`topic`.as('topic'),
      'series',
      'year',
      'number',
      'periodFrom',
      'periodTo',
      sql<CircularState>`state`.as('state'),
      sql<Block[]>`body`.as('body'),
    ])
    .forUpdate()
    .executeTakeFirst();

export type LockedCircular = NonNullable<Awaited<ReturnType<typeof findForUpdate>>>;

/** The bulletin that stands for a period, whatever its state but voided. */
export const findBulletinOf = async (db: Queryable, topic: BulletinTopic, from: Day, to: Day) =>
  db
    .selectFrom('circulars.circular')
    .where('topic', '=', topic)
    .where('periodFrom', '=', from)
    .where('periodTo', '=', to)
    .where('state', '<>', 'voided')
    .select(['id', 'title'])
    .executeTakeFirst();

/** Letters that stand and were issued from–to, both inside. */
export const countLetters = async (db: Queryable, { from, to }: { from: Day; to: Day }): Promise<number> => {
  const { letters } = await db
    .selectFrom('circulars.circular')
    .where('kind', '=', 'rectification-letter')
    .where('state', '=', 'issued')
    .where('issuedOn', '>=', from)
    .where('issuedOn', '<=', to)
    .select(sql<number>`count(*)`.as('letters'))
    .executeTakeFirstOrThrow();
  return letters;
};

export interface NewCircular {
  readonly kind: CircularKind;
  readonly topic: BulletinTopic | null;
  readonly title: string;
  /** The only school it goes to. */
  readonly schoolId?: string;
  readonly periodFrom: Day | null;
  readonly periodTo: Day | null;
  readonly body: readonly Block[];
  readonly figures: Figures | null;
  readonly draftedBy: string;
}

/** Null when a bulletin of the same period stands already, also one being made at this moment. */
export const insertCircular = async (db: Queryable, circular: NewCircular): Promise<string | null> => {
  const row = await db
    .insertInto('circulars.circular')
    .values({
      ...circular,
      id: newId(),
      body: JSON.stringify(circular.body),
      figures: circular.figures === null ? null : JSON.stringify(circular.figures),
      state: 'draft',
      editedBy: circular.draftedBy,
    })
    .onConflict((target) =>
      target
        .columns(['topic', 'periodFrom', 'periodTo'])
        .where('topic', 'is not', null)
        .where('state', '<>', 'voided')
        .doNothing(),
    )
    .returning('id')
    .executeTakeFirst();
  if (row === undefined) return null;
  await keepVersion(db, row.id);
  return row.id;
};

const keepVersion = async (db: Queryable, id: string): Promise<void> => {
  await db
    .insertInto('circulars.circularVersion')
    .columns(['circularId', 'version', 'state', 'title', 'body', 'savedBy'])
    .expression((is) =>
      is
        .selectFrom('circulars.circular')
        .where('id', '=', id)
        .select(['id', 'version', 'state', 'title', 'body', 'editedBy']),
    )
    .execute();
};

export interface CircularChange {
  readonly state?: CircularState;
  readonly title?: string;
  readonly body?: readonly Block[];
  readonly figures?: Figures;
  readonly editedBy?: string;
  readonly checkedBy?: string | null;
  readonly signedBy?: string | null;
  readonly issuedBy?: string;
  readonly voidedBy?: string;
  readonly voidReason?: string;
  readonly returnedReason?: string | null;
  readonly documentNumber?: { readonly series: string; readonly year: number; readonly number: number };
  readonly issuedOn?: Day;
  readonly letterhead?: Letterhead;
}

/** Whoever is named is marked with the moment; returns the new version. */
export const updateCircular = async (
  db: Queryable,
  id: string,
  { documentNumber, body, figures, letterhead, ...change }: CircularChange,
): Promise<number> => {
  const now = sql<string>`clock_timestamp()`;
  const momentOf = (person: string | null | undefined) => (person === null ? null : now);
  const row = await db
    .updateTable('circulars.circular')
    .set((is) => ({
      ...change,
      ...documentNumber,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(figures === undefined ? {} : { figures: JSON.stringify(figures) }),
      ...(letterhead === undefined ? {} : { letterhead: JSON.stringify(letterhead) }),
      ...(change.editedBy === undefined ? {} : { editedAt: now }),
      ...(change.checkedBy === undefined ? {} : { checkedAt: momentOf(change.checkedBy) }),
      ...(change.signedBy === undefined ? {} : { signedAt: momentOf(change.signedBy) }),
      ...(change.issuedBy === undefined ? {} : { issuedAt: now }),
      ...(change.voidedBy === undefined ? {} : { voidedAt: now }),
      version: is('version', '+', 1),
    }))
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow();
  await keepVersion(db, id);
  return row.version;
};

/**
 * Everybody who leads a school of the district on the day, and the research office with the core groups' leads; each
 * person once. With a school named, only those who lead it.
 */
export const insertRecipients = async (
  db: Queryable,
  circularId: string,
  on: Day,
  schoolId: string | null = null,
): Promise<number> => {
  const rows = await db
    .insertInto('circulars.recipient')
    .columns(['circularId', 'personId', 'post', 'schoolId'])
    .expression((is) =>
      is
        .selectFrom('organisation.appointment as held')
        .leftJoin('organisation.body as body', 'body.id', 'held.bodyId')
        .where('held.activeFrom', '<=', on)
        .where((also) => also.or([also('held.activeTo', 'is', null), also('held.activeTo', '>', on)]))
        .where((also) =>
          also.or([
            also.and([
              also('held.bodyId', 'is', null),
              also('held.post', 'in', ['principal', 'vice-principal', 'dean']),
            ]),
            also('body.kind', '=', 'research-office'),
            also.and([also('body.kind', '=', 'core-group'), also('held.post', '=', 'lead')]),
          ]),
        )
        .$if(schoolId !== null, (query) => query.where('held.schoolId', '=', schoolId))
        .distinctOn('held.personId')
        .select([
          sql<string>`${circularId}::uuid`.as('circularId'),
          'held.personId',
          'held.post',
          'held.schoolId',
        ])
        .orderBy('held.personId')
        .orderBy(sql`array_position(array['principal', 'vice-principal', 'dean'], held.post)`),
    )
    .returning('personId')
    .execute();
  return rows.length;
};

/** Leaves the receipt of a recipient once; null when the circular was not sent to this person. */
export const insertReceipt = async (
  db: Queryable,
  circularId: string,
  personId: string,
): Promise<{ readAt: string; first: boolean } | null> => {
  const added = await db
    .insertInto('circulars.receipt')
    .columns(['circularId', 'personId'])
    .expression((is) =>
      is
        .selectFrom('circulars.recipient')
        .where('circularId', '=', circularId)
        .where('personId', '=', personId)
        .select(['circularId', 'personId']),
    )
    .onConflict((target) => target.doNothing())
    .returning('readAt')
    .executeTakeFirst();
  if (added !== undefined) return { readAt: added.readAt, first: true };
  const earlier = await db
    .selectFrom('circulars.receipt')
    .where('circularId', '=', circularId)
    .where('personId', '=', personId)
    .select('readAt')
    .executeTakeFirst();
  return earlier === undefined ? null : { readAt: earlier.readAt, first: false };
};

export const listReceipts = (db: Queryable, circularId: string): Promise<Receipt[]> =>
  db
    .selectFrom('circulars.recipient as recipient')
    .innerJoin('organisation.person as person', 'person.id', 'recipient.personId')
    .leftJoin('organisation.school as school', 'school.id', 'recipient.schoolId')
    .leftJoin('circulars.receipt as receipt', (join) =>
      join
        .onRef('receipt.circularId', '=', 'recipient.circularId')
        .onRef('receipt.personId', '=', 'recipient.personId'),
    )
    .where('recipient.circularId', '=', circularId)
    .select([
      'person.id as personId',
      'person.name as personName',
      sql<Receipt['post']>`recipient.post`.as('post'),
      'school.name as schoolName',
      'receipt.readAt',
    ])
    .orderBy(sql`school.name is null`)
    .orderBy('school.name')
    .orderBy(sql`array_position(array['principal', 'vice-principal', 'dean'], recipient.post)`)
    .orderBy('person.namePinyin')
    .execute();
