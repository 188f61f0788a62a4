import { type ExpressionBuilder, type ExpressionWrapper, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Subject } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { DB } from '#platform/database/tables.ts';
import type { Day } from '#platform/dates.ts';
import type {
  FindingAct,
  FindingFlag,
  FindingKind,
  FindingRole,
  FindingRow,
  FindingSide,
  FindingSource,
  FindingState,
  FindingType,
  NewFinding,
  ResponsiblePost,
} from './contract.ts';
import type { FindingScope, WaitingScope } from './policy.ts';
import { openStates, type Recorded, type Standing } from './rules.ts';

type Joined = DB & { f: DB['classroom.finding']; school: DB['organisation.school'] };
type Where = ExpressionBuilder<Joined, 'f' | 'school'>;
type Condition = ExpressionWrapper<Joined, 'f' | 'school', SqlBool>;

const findings = (db: Queryable) =>
  db
    .selectFrom('classroom.finding as f')
    .innerJoin('organisation.school as school', 'school.id', 'f.schoolId');

const isOpen = sql<boolean>`f.state in (${sql.join(openStates.map((state) => sql.lit(state)))})`;
const isOverdue = (today: Day) =>
  sql<boolean>`(${isOpen} and coalesce(f.done_on, ${today}::date) > f.deadline_on)`;
/** Stands in the district's figures: the same as the rule, in SQL. */
export const isCountedOn = (today: Day) =>
  sql<boolean>`(f.kind = 'district' and (${isOpen} or f.state = 'closed')
    and (f.accepted_on is not null or coalesce(f.answer_until < ${today}::date, false)))`;

/** What a figure counts and a list is narrowed to. */
export const flagged = (flag: FindingFlag, today: Day) =>
  ({
    open: isOpen,
    overdue: isOverdue(today),
    closed: sql<boolean>`f.state = 'closed'`,
    rechecked: sql<boolean>`(f.state = 'closed' or f.sent_back > 0)`,
    'sent-back': sql<boolean>`f.sent_back > 0`,
    repeated: sql<boolean>`f.repeats_id is not null`,
  })[flag];

const rowColumns = (today: Day) =>
  [
    'f.id',
    sql<FindingKind>`f.kind`.as('kind'),
    sql<FindingSource>`f.source`.as('source'),
    'f.schoolId',
    'school.name as schoolName',
    sql<Subject | null>`f.subject`.as('subject'),
    'f.grade',
    'f.place',
    sql<FindingType>`f.type`.as('type'),
    'f.description',
    'f.foundOn',
    sql<FindingState>`f.state`.as('state'),
    'f.deadlineOn',
    sql<boolean>`coalesce(${isOverdue(today)}, false)`.as('overdue'),
    'f.sentBack',
    sql<boolean>`f.repeats_id is not null`.as('repeated'),
    isCountedOn(today).as('counted'),
  ] as const;

const mine = (where: Where, personId: string): Condition =>
  where.or([
    where('f.foundBy', '=', personId),
    where.and([
      where('f.kind', '=', 'school'),
      where.or([where('f.responsibleId', '=', personId), where('f.checkerId', '=', personId)]),
    ]),
  ]);

/** Within a scope. */
export const isVisible = (where: Where, { personId, allDistrict, ledSchoolIds }: FindingScope): Condition =>
  where.or([
    ...(allDistrict ? [where('f.kind', '=', 'district')] : []),
    ...(ledSchoolIds.length > 0
      ? [
          where.and([
            where('f.schoolId', 'in', [...ledSchoolIds]),
            where.or([where('f.kind', '=', 'school'), where('f.handedOverOn', 'is not', null)]),
          ]),
        ]
      : []),
    ...(personId === null ? [] : [mine(where, personId)]),
  ]);

/** One finding within a scope; with `lock` until the transaction ends. */
export const findFinding = async (
  db: Queryable,
  id: string,
  scope: FindingScope,
  { today, lock = false }: { today: Day; lock?: boolean },
) => {
  if (lock) await db.selectFrom('classroom.finding').select('id').where('id', '=', id).forUpdate().execute();
  return findings(db)
    .where('f.id', '=', id)
    .where((where) => isVisible(where, scope))
    .leftJoin('organisation.person as finder', 'finder.id', 'f.foundBy')
    .leftJoin('organisation.person as responsible', 'responsible.id', 'f.responsibleId')
    .leftJoin('organisation.person as checker', 'checker.id', 'f.checkerId')
    .select(rowColumns(today))
    .select([
      'f.version',
      'f.sourceId',
      'f.advice',
      'f.foundBy',
      'finder.name as foundByName',
      'responsible.name as responsibleName',
      'checker.name as checkerName',
      'f.checkerId',
      'f.handedOverBy',
      'f.repeatsId',
    ])
    .executeTakeFirst();
};

export interface StoredEvent extends Recorded {
  readonly number: number;
  readonly personName: string;
  readonly role: FindingRole;
  readonly side: FindingSide;
  readonly text: string;
  readonly at: string;
}

/** All acts upon a finding, the first first. */
export const listEvents = (db: Queryable, findingId: string): Promise<StoredEvent[]> =>
  db
    .selectFrom('classroom.findingEvent as event')
    .innerJoin('organisation.person as person', 'person.id', 'event.personId')
    .where('event.findingId', '=', findingId)
    .select([
      'event.number',
      sql<FindingAct>`event.act`.as('act'),
      'event.personId',
      'person.name as personName',
      sql<FindingRole>`event.role`.as('role'),
      sql<FindingSide>`event.side`.as('side'),
      'event.text',
      'event.dayOn',
      sql<ResponsiblePost | null>`event.responsible_post`.as('responsiblePost'),
      'event.responsibleId',
      'event.checkerId',
      'event.answerUntil',
      'event.doneOn',
      'event.at',
    ])
    .orderBy('event.number')
    .execute();

const columnsOf = ({ workedBy: _workedBy, ...standing }: Standing) => standing;

export const insertFinding = async (
  db: Queryable,
  {
    handOver: _handOver,
    ...finding
  }: NewFinding & { id: string; foundBy: string; foundOn: Day; sourcePart: string | null },
): Promise<void> => {
  await db
    .insertInto('classroom.finding')
    .values({ ...finding, state: 'found', version: 1 })
    .execute();
};

export interface NewEvent extends Recorded {
  readonly role: FindingRole;
  readonly side: FindingSide;
  readonly text: string;
}

/** Appends an act and writes what follows from all of them; the caller holds the finding's lock. */
export const insertEvent = async (
  db: Queryable,
  findingId: string,
  number: number,
  event: NewEvent,
  standing: Standing,
): Promise<void> => {
  await db
    .insertInto('classroom.findingEvent')
    .values({ findingId, number, ...event })
    .execute();
  await db
    .updateTable('classroom.finding')
    .set({ ...columnsOf(standing), version: number })
    .where('id', '=', findingId)
    .execute();
};

export interface FindingFilter {
  readonly kind?: FindingKind | undefined;
  readonly state?: FindingState | undefined;
  readonly type?: FindingType | undefined;
  readonly flag?: FindingFlag | undefined;
  readonly schoolId?: string | undefined;
  readonly subject?: Subject | undefined;
  readonly source?: FindingSource | undefined;
  readonly sourceId?: string | undefined;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly counted?: boolean | undefined;
}

const given = <Value>(value: Value | undefined): value is Value => value !== undefined;

const matches = (where: Where, filter: FindingFilter, today: Day): Condition =>
  where.and([
    ...(given(filter.kind) ? [where('f.kind', '=', filter.kind)] : []),
    ...(given(filter.state) ? [where('f.state', '=', filter.state)] : []),
    ...(given(filter.type) ? [where('f.type', '=', filter.type)] : []),
    ...(given(filter.flag) ? [flagged(filter.flag, today)] : []),
    ...(given(filter.schoolId) ? [where('f.schoolId', '=', filter.schoolId)] : []),
    ...(given(filter.subject) ? [where('f.subject', '=', filter.subject)] : []),
    ...(given(filter.source) ? [where('f.source', '=', filter.source)] : []),
    ...(given(filter.sourceId) ? [where('f.sourceId', '=', filter.sourceId)] : []),
    ...(given(filter.from) ? [where('f.foundOn', '>=', filter.from)] : []),
    ...(given(filter.to) ? [where('f.foundOn', '<=', filter.to)] : []),
    ...(given(filter.counted) ? [where(isCountedOn(today), '=', filter.counted)] : []),
  ]);

/** Newest first, by keyset. */
export const listFindings = async (
  db: Queryable,
  scope: FindingScope,
  filter: FindingFilter,
  { cursor, limit, today }: { cursor?: string | undefined; limit: number; today: Day },
): Promise<{ rows: FindingRow[]; nextCursor: string | null }> => {
  const [foundOn, id] = cursor?.split('_') ?? [];
  const rows = await findings(db)
    .where((where) => isVisible(where, scope))
    .where((where) => matches(where, filter, today))
    .$if(foundOn !== undefined, (query) =>
      query.where(sql<boolean>`(f.found_on, f.id) < (${foundOn}::date, ${id}::uuid)`),
    )
    .select(rowColumns(today))
    .orderBy('f.foundOn', 'desc')
    .orderBy('f.id', 'desc')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown,
    nextCursor: rows.length > limit && last !== undefined ? `${last.foundOn}_${last.id}` : null,
  };
};

/** Somebody of the finding who holds no post any more. */
const hasLeft = (column: 'handed_over_by' | 'checker_id', today: Day): RawBuilder<SqlBool> =>
  sql`not exists (select from organisation.appointment as held where held.person_id = ${sql.ref(`f.${column}`)}
    and held.active_from <= ${today}::date and (held.active_to is null or held.active_to > ${today}::date))`;

const isWaitingFor = (where: Where, scope: WaitingScope, today: Day): Condition => {
  const { personId, allDistrict, ledSchoolIds, postsHeld, standsInForDistrict } = scope;
  if (personId === null) return where.or([]);
  const principalOf = postsHeld.flatMap(({ schoolId, post }) => (post === 'principal' ? [schoolId] : []));
  const standsIn = where.or([
    ...(standsInForDistrict ? [where('f.kind', '=', 'district')] : []),
    ...(principalOf.length > 0
      ? [where.and([where('f.kind', '=', 'school'), where('f.schoolId', 'in', principalOf)])]
      : []),
  ]);
  return where.or([
    where.and([
      where('f.state', 'in', ['found', 'registered']),
      where.or([
        ...(allDistrict ? [where('f.kind', '=', 'district')] : []),
        ...(ledSchoolIds.length > 0
          ? [where.and([where('f.kind', '=', 'school'), where('f.schoolId', 'in', [...ledSchoolIds])])]
          : []),
      ]),
    ]),
    where.and([
      where('f.state', 'in', ['handed-over', 'accepted', 'planned', 'sent-back']),
      where('f.checkerId', '<>', personId),
      where.or([
        where('f.responsibleId', '=', personId),
        where.and([
          where('f.responsibleId', 'is', null),
          where.or([
            ...postsHeld.map(({ schoolId, post }) =>
              where.and([where('f.schoolId', '=', schoolId), where('f.responsiblePost', '=', post)]),
            ),
            ...(principalOf.length > 0
              ? [where.and([where('f.kind', '=', 'district'), where('f.schoolId', 'in', principalOf)])]
              : []),
          ]),
        ]),
      ]),
    ]),
    where.and([
      where('f.state', 'in', ['done', 'recheck']),
      where.or([where('f.checkerId', '=', personId), where.and([standsIn, hasLeft('checker_id', today)])]),
    ]),
    where.and([
      where.or([
        where('f.handedOverBy', '=', personId),
        where.and([standsIn, hasLeft('handed_over_by', today)]),
      ]),
      where.or([
        where.and([
          where('f.state', 'in', ['handed-over', 'accepted', 'planned', 'sent-back']),
          where('f.extensionOn', 'is not', null),
        ]),
        where.and([
          where('f.state', 'in', ['handed-over', 'accepted', 'planned', 'done', 'sent-back']),
          where('f.answerOpen', '=', true),
        ]),
      ]),
    ]),
  ]);
};

/** What waits for a person, the nearest deadline first. */
export const listFindingsWaiting = async (
  db: Queryable,
  scope: WaitingScope,
  { limit, today }: { limit: number; today: Day },
): Promise<{ rows: FindingRow[]; total: number }> => {
  const rows = await findings(db)
    .where((where) => isVisible(where, scope))
    .where((where) => isWaitingFor(where, scope, today))
    .select(rowColumns(today))
    .select(sql<number>`count(*) over ()`.as('waiting'))
    .orderBy(sql`f.deadline_on asc nulls last`)
    .orderBy('f.id')
    .limit(limit)
    .execute();
  return { rows: rows.map(({ waiting: _waiting, ...row }) => row), total: rows[0]?.waiting ?? 0 };
};

/** Earlier findings of the school that a new one may repeat: of the same type, then of the same subject, first. */
export const listEarlier = (
  db: Queryable,
  scope: FindingScope,
  like: {
    kind: FindingKind;
    schoolId: string;
    type?: FindingType | undefined;
    subject?: Subject | undefined;
    except?: string | undefined;
  },
  today: Day,
): Promise<FindingRow[]> =>
  findings(db)
    .where((where) => isVisible(where, scope))
    .where('f.kind', '=', like.kind)
    .where('f.schoolId', '=', like.schoolId)
    .where('f.state', '<>', 'cancelled')
    .$if(like.except !== undefined, (query) => query.where('f.id', '<>', like.except ?? ''))
    .$if(like.type !== undefined, (query) => query.where('f.type', '=', like.type ?? ''))
    .select(rowColumns(today))
    .orderBy(sql`(f.subject is distinct from ${like.subject ?? null})`)
    .orderBy('f.foundOn', 'desc')
    .orderBy('f.id', 'desc')
    .limit(8)
    .execute();

/** For the slices findings come from: those of one visit, patrol or check, within what the reader may see. */
export const listFindingsOf = async (
  db: Queryable,
  scope: FindingScope,
  from: { readonly source: FindingSource; readonly sourceId: string },
  today: Day,
): Promise<FindingRow[]> => (await listFindings(db, scope, from, { limit: 200, today })).rows;
