import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool, sql } from 'kysely';
import type { Stage, Subject } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { DB } from '#platform/database/tables.ts';
import type { Day } from '#platform/dates.ts';
import type {
  Capacity,
  LessonType,
  Mode,
  ObservationContent,
  ObservationRow,
  Occasion,
  State,
  Step,
} from './contract.ts';
import { isCounted } from './count/store.ts';
import type { ObservationScope } from './policy.ts';
import { tidyCriteria } from './rules.ts';

type Joined = DB & {
  o: DB['classroom.observation'];
  observer: DB['organisation.person'];
  school: { [Column in keyof DB['organisation.school']]: DB['organisation.school'][Column] | null };
};
type Where = ExpressionBuilder<Joined, 'o' | 'observer' | 'school'>;
type Condition = ExpressionWrapper<Joined, 'o' | 'observer' | 'school', SqlBool>;

const observations = (db: Queryable) =>
  db
    .selectFrom('classroom.observation as o')
    .innerJoin('organisation.person as observer', 'observer.id', 'o.observerId')
    .leftJoin('organisation.school as school', 'school.id', 'o.schoolId');

const rowColumns = [
  'o.id',
  'o.observerId',
  'observer.name as observerName',
  sql<Capacity>`o.capacity`.as('capacity'),
  'o.schoolId',
  'school.name as schoolName',
  'o.dayOn',
  'o.slotFrom',
  'o.slotTo',
  'o.lessons',
  'o.classLabel',
  'o.grade',
  sql<Subject | null>`o.subject`.as('subject'),
  'o.teacherName',
  'o.topic',
  sql<LessonType | null>`o.lesson_type`.as('lessonType'),
  sql<Mode>`o.mode`.as('mode'),
  sql<State>`o.state`.as('state'),
  'o.late',
  'o.away',
  sql<boolean>`o.withdrawn_at is not null`.as('withdrawn'),
  'o.savedAt',
  'o.receipt',
] as const;

const isOfStage = (where: Where, stage: Stage | null): Condition =>
  stage === null ? where.and([]) : where('o.grade', stage === 'primary' ? '<=' : '>', 6);

const heldByPost = (where: Where, scope: ObservationScope): Condition =>
  where.and([
    where('o.finalisedAt', 'is not', null),
    where('o.withdrawnAt', 'is', null),
    where.or([
      ...(scope.ledSchoolIds.length > 0 ? [where('o.schoolId', 'in', [...scope.ledSchoolIds])] : []),
      ...scope.headedSubjects.map(({ schoolId, subject, stage }) =>
        where.and([
          where('o.schoolId', '=', schoolId),
          where('o.subject', '=', subject),
          isOfStage(where, stage),
        ]),
      ),
      ...scope.researchedSubjects.map(({ subject, stage }) =>
        where.and([where('o.subject', '=', subject), isOfStage(where, stage)]),
      ),
    ]),
  ]);

const fedBackTo = (where: Where, personId: string): Condition =>
  where.and([
    where('o.teacherId', '=', personId),
    where('o.fedBackAt', 'is not', null),
    where('o.withdrawnAt', 'is', null),
  ]);

const isReadable = (where: Where, scope: ObservationScope): Condition =>
  where.or([
    ...(scope.personId === null
      ? []
      : [where('o.observerId', '=', scope.personId), fedBackTo(where, scope.personId)]),
    heldByPost(where, scope),
  ]);

/** One record with what its author wrote; `state` and `version` as they stand. */
const findWhere = async (db: Queryable, id: string, condition: (where: Where) => Condition) => {
  const row = await observations(db)
    .where('o.id', '=', id)
    .where((where) => condition(where))
    .select(rowColumns)
    .select([
      'o.version',
      'o.contentNumber',
      'o.rubricId',
      'o.termId',
      'o.classId',
      'o.teacherId',
      sql<Occasion>`o.occasion`.as('occasion'),
      'o.announced',
      'o.offDayReason',
      'o.strengths',
      'o.toImprove',
      'o.suggestion',
      'o.agreedChange',
      'o.finalisedAt',
      'o.fedBackAt',
      'o.withdrawnReason',
    ])
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const criteria = await db
    .selectFrom('classroom.observationCriterion')
    .select(['code', 'evidence', sql<Step | null>`step`.as('step')])
    .where('observationId', '=', id)
    .execute();
  const content: ObservationContent = {
    capacity: row.capacity,
    dayOn: row.dayOn,
    slotFrom: row.slotFrom,
    slotTo: row.slotTo,
    schoolId: row.schoolId,
    classId: row.classId,
    classLabel: row.classLabel,
    grade: row.grade,
    subject: row.subject,
    teacherId: row.teacherId,
    teacherName: row.teacherName,
    topic: row.topic,
    lessonType: row.lessonType,
    occasion: row.occasion,
    announced: row.announced,
    mode: row.mode,
    offDayReason: row.offDayReason,
    criteria: tidyCriteria(criteria),
    strengths: row.strengths,
    toImprove: row.toImprove,
    suggestion: row.suggestion,
  };
  return { row, content };
};
export type StoredObservation = NonNullable<Awaited<ReturnType<typeof findWhere>>>;

export const findReadable = (db: Queryable, id: string, scope: ObservationScope) =>
  findWhere(db, id, (where) => isReadable(where, scope));

/** The observer's own record, locked until the transaction ends. */
export const findOwn = async (db: Queryable, id: string, observerId: string) => {
  await db
    .selectFrom('classroom.observation')
    .select('id')
    .where('id', '=', id)
    .where('observerId', '=', observerId)
    .forUpdate()
    .execute();
  return findWhere(db, id, (where) => where('o.observerId', '=', observerId));
};

/** Locked until the transaction ends, when the caller is one of the two the record is about. */
export const findBetween = async (db: Queryable, id: string, personId: string) => {
  await db
    .selectFrom('classroom.observation')
    .select('id')
    .where('id', '=', id)
    .where((is) => is.or([is('observerId', '=', personId), is('teacherId', '=', personId)]))
    .forUpdate()
    .execute();
  return findWhere(db, id, (where) =>
    where.or([where('o.observerId', '=', personId), fedBackTo(where, personId)]),
  );
};

/** One observer's finalising and correcting happen one after another, so that an overlap is found and named. */
export const lockObserver = async (db: Queryable, observerId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`classroom.observer:${observerId}`}, 0))`.execute(
    db,
  );
};

export interface Slots {
  readonly observerId: string;
  readonly dayOn: Day;
  readonly slotFrom: number;
  readonly slotTo: number;
}

export const findOverlapping = (db: Queryable, slots: Slots, exceptId: string) =>
  db
    .selectFrom('classroom.observation')
    .select(['id', 'slotFrom', 'slotTo', 'classLabel', 'teacherName'])
    .where('observerId', '=', slots.observerId)
    .where('dayOn', '=', slots.dayOn)
    .where('finalisedAt', 'is not', null)
    .where('withdrawnAt', 'is', null)
    .where('slotFrom', '<=', slots.slotTo)
    .where('slotTo', '>=', slots.slotFrom)
    .where('id', '<>', exceptId)
    .executeTakeFirst();

const contentColumns = ({ criteria: _criteria, ...columns }: ObservationContent) => columns;

/** What the server works out from content, calendar and posts. */
export interface Derived {
  readonly termId: string | null;
  readonly observerSchoolId: string | null;
  readonly away: boolean;
}

/** `undefined` when the id is taken. */
export const insertDraft = async (
  db: Queryable,
  draft: { id: string; observerId: string; rubricId: string; content: ObservationContent } & Derived,
) => {
  const { content, ...columns } = draft;
  const row = await db
    .insertInto('classroom.observation')
    .values({ ...columns, ...contentColumns(content) })
    .onConflict((target) => target.column('id').doNothing())
    .returning(['id', 'version', 'savedAt', 'receipt'])
    .executeTakeFirst();
  if (row !== undefined) await replaceCriteria(db, draft.id, content);
  return row;
};

export interface Finalised {
  readonly state: State;
  readonly late: boolean;
  readonly finalisedAt: string;
  readonly contentNumber: number;
}

/** Takes the record from `version` to the next one; the caller holds its lock and has compared the version. */
export const updateContent = async (
  db: Queryable,
  id: string,
  content: ObservationContent,
  derived: Derived & Partial<Finalised>,
) => {
  await replaceCriteria(db, id, content);
  return db
    .updateTable('classroom.observation')
    .set((row) => ({
      ...contentColumns(content),
      ...derived,
      version: row('version', '+', 1),
      savedAt: sql<string>`clock_timestamp()`,
    }))
    .where('id', '=', id)
    .returning(savedColumns)
    .executeTakeFirstOrThrow();
};

const savedColumns = ['id', 'version', 'savedAt', 'receipt', sql<State>`state`.as('state')] as const;

const replaceCriteria = async (db: Queryable, observationId: string, content: ObservationContent) => {
  const criteria = tidyCriteria(content.criteria);
  const codes = criteria.map(({ code }) => code);
  await db
    .updateTable('classroom.observationCriterion')
    .set({ step: null, evidence: '' })
    .where('observationId', '=', observationId)
    .$if(codes.length > 0, (query) => query.where('code', 'not in', codes))
    .execute();
  if (criteria.length === 0) return;
  await db
    .insertInto('classroom.observationCriterion')
    .values(criteria.map(({ code, step, evidence }) => ({ observationId, code, step, evidence })))
    .onConflict((target) =>
      target.columns(['observationId', 'code']).doUpdateSet({
        step: (row) => row.ref('excluded.step'),
        evidence: (row) => row.ref('excluded.evidence'),
      }),
    )
    .execute();
};

const mark = (
  db: Queryable,
  id: string,
  marks: {
    state?: State;
    fedBackAt?: string;
    agreedChange?: string;
    withdrawnAt?: string;
    withdrawnBy?: string;
    withdrawnReason?: string;
  },
) =>
  db
    .updateTable('classroom.observation')
    .set((row) => ({ ...marks, version: row('version', '+', 1), savedAt: sql<string>`clock_timestamp()` }))
    .where('id', '=', id)
    .returning(savedColumns)
    .executeTakeFirstOrThrow();

export const markFedBack = (db: Queryable, id: string, at: string) =>
  mark(db, id, { state: 'fed-back', fedBackAt: at });
export const markReplied = (db: Queryable, id: string) => mark(db, id, { state: 'replied' });
export const setAgreedChange = (db: Queryable, id: string, agreedChange: string) =>
  mark(db, id, { agreedChange });
export const markWithdrawn = (db: Queryable, id: string, by: string, at: string, reason: string) =>
  mark(db, id, { withdrawnAt: at, withdrawnBy: by, withdrawnReason: reason });

export interface ListFilters {
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly states?: readonly State[] | undefined;
  readonly grade?: number | undefined;
  readonly subject?: Subject | undefined;
  readonly teacherId?: string | undefined;
  readonly schoolId?: string | undefined;
  readonly late?: boolean | undefined;
  readonly withdrawn?: boolean | undefined;
  readonly counted?: boolean | undefined;
}
export interface Page {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** `mine`: what one wrote; `post`: others' records one may read by a post; `feedback`: what was said to one. */
export type ListedFor =
  | { readonly kind: 'mine'; readonly personId: string }
  | { readonly kind: 'post'; readonly scope: ObservationScope }
  | { readonly kind: 'feedback'; readonly personId: string };

export const listObservations = async (
  db: Queryable,
  listedFor: ListedFor,
  filters: ListFilters,
  page: Page,
): Promise<{ rows: ObservationRow[]; nextCursor: string | null }> => {
  const given = <Value>(value: Value | undefined): value is Value => value !== undefined;
  const [dayOn, id] = page.cursor?.split('_') ?? [];
  const rows = await observations(db)
    .where((where) => {
      if (listedFor.kind === 'mine') return where('o.observerId', '=', listedFor.personId);
      if (listedFor.kind === 'feedback') return fedBackTo(where, listedFor.personId);
      return heldByPost(where, listedFor.scope);
    })
    .where((where) =>
      where.and([
        ...(given(filters.from) ? [where('o.dayOn', '>=', filters.from)] : []),
        ...(given(filters.to) ? [where('o.dayOn', '<=', filters.to)] : []),
        ...(given(filters.states) && filters.states.length > 0
          ? [where('o.state', 'in', [...filters.states])]
          : []),
        ...(given(filters.grade) ? [where('o.grade', '=', filters.grade)] : []),
        ...(given(filters.subject) ? [where('o.subject', '=', filters.subject)] : []),
        ...(given(filters.teacherId) ? [where('o.teacherId', '=', filters.teacherId)] : []),
        ...(given(filters.schoolId) ? [where('o.schoolId', '=', filters.schoolId)] : []),
        ...(given(filters.late) ? [where('o.late', '=', filters.late)] : []),
        ...(given(filters.withdrawn)
          ? [where('o.withdrawnAt', filters.withdrawn ? 'is not' : 'is', null)]
          : []),
        ...(given(filters.counted) ? [where(isCounted, '=', filters.counted)] : []),
        ...(given(dayOn) && given(id) ? [sql<boolean>`(o.day_on, o.id) < (${dayOn}, ${id})`] : []),
      ]),
    )
    .select(rowColumns)
    .orderBy('o.dayOn', 'desc')
    .orderBy('o.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    rows: shown,
    nextCursor: rows.length > page.limit && last !== undefined ? `${last.dayOn}_${last.id}` : null,
  };
};
