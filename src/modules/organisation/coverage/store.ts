import { type ExpressionBuilder, sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { DB } from '#platform/database/tables.ts';
import type { Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import type { NominationScope } from '../policy.ts';
import { activeOn } from '../store.ts';
import { type NominationState, namedHonours, type Stage, type Subject } from '../vocabulary/contract.ts';
import type { Backbone } from './contract.ts';
import type { GroupMember, HonouredMember, Offer } from './rules.ts';

export interface ConsortiumRow {
  readonly id: string;
  readonly name: string;
  readonly stage: Stage;
}

export const listConsortia = (db: Queryable, on: Day): Promise<ConsortiumRow[]> =>
  db
    .selectFrom('organisation.body as body')
    .where('body.kind', '=', 'consortium')
    .where('body.stage', 'is not', null)
    .where(activeOn('body', on))
    .select(['body.id', 'body.name', sql<Stage>`body.stage`.as('stage')])
    .orderBy('body.stage')
    .orderBy('body.id')
    .execute();

/** Members of the subject groups of one consortium, or of all. */
export const listGroupMembers = (
  db: Queryable,
  on: Day,
  options: { readonly consortiumId?: string; readonly exceptAppointmentIds?: readonly string[] } = {},
): Promise<(GroupMember & { readonly consortiumId: string })[]> =>
  db
    .selectFrom('organisation.appointment as appointment')
    .innerJoin('organisation.body as body', 'body.id', 'appointment.bodyId')
    .innerJoin('organisation.person as person', 'person.id', 'appointment.personId')
    .innerJoin('organisation.school as school', (join) =>
      join.on(sql`coalesce(appointment.school_id, person.home_school_id)`, '=', sql.ref('school.id')),
    )
    .leftJoin('organisation.consortiumSchool as place', (join) =>
      join
        .onRef('place.consortiumId', '=', 'body.parentId')
        .onRef('place.schoolId', '=', 'school.id')
        .on(activeOn('place', on)),
    )
    .where('body.kind', '=', 'subject-group')
    .where(activeOn('appointment', on))
    .where(activeOn('person', on))
    .$if(options.consortiumId !== undefined, (query) =>
      query.where('body.parentId', '=', options.consortiumId ?? null),
    )
    .$if((options.exceptAppointmentIds ?? []).length > 0, (query) =>
      query.where('appointment.id', 'not in', options.exceptAppointmentIds ?? []),
    )
    .select([
      sql<string>`body.parent_id`.as('consortiumId'),
      sql<string>`case when place.id is null then coalesce(school.parent_id, school.id) else school.id end`.as(
        'schoolId',
      ),
      sql<Subject>`body.subject`.as('subject'),
      'appointment.gradeFrom',
      'appointment.gradeTo',
      'person.id as personId',
      'person.name',
    ])
    .orderBy('appointment.id')
    .execute();

/** People of a consortium's subject groups with each named honour that holds on the day, by name. */
export const listHonouredMembers = async (
  db: Queryable,
  consortiumId: string,
  on: Day,
): Promise<HonouredMember[]> => {
  const rows = await db
    .selectFrom('organisation.appointment as appointment')
    .innerJoin('organisation.body as body', 'body.id', 'appointment.bodyId')
    .innerJoin('organisation.person as person', 'person.id', 'appointment.personId')
    .leftJoin('organisation.school as school', 'school.id', 'person.homeSchoolId')
    .leftJoin('organisation.honour as honour', (join) =>
      join
        .onRef('honour.personId', '=', 'person.id')
        .on(
          'honour.kind',
          'in',
          namedHonours.map(({ kind }) => kind),
        )
        .on(activeOn('honour', on)),
    )
    .where('body.kind', '=', 'subject-group')
    .where('body.parentId', '=', consortiumId)
    .where(activeOn('body', on))
    .where(activeOn('appointment', on))
    .where(activeOn('person', on))
    .select([
      sql<Subject>`body.subject`.as('subject'),
      'person.id as personId',
      'person.name',
      'person.namePinyin',
      'school.name as schoolName',
      'honour.kind',
      sql<Backbone['people'][number]['honours'][number]['level'] | null>`honour.level`.as('level'),
    ])
    .distinct()
    .orderBy('person.namePinyin')
    .orderBy('person.id')
    .orderBy('honour.kind')
    .execute();
  return rows.map(({ subject, personId, name, schoolName, kind, level }) => ({
    subject,
    personId,
    name,
    schoolName,
    honour: kind === null || level === null ? null : { kind, level },
  }));
};

/** Consortia in which a person, or a school of theirs, takes part. */
export const listConsortiaOfPerson = async (
  db: Queryable,
  personId: string,
  on: Day,
): Promise<ReadonlySet<string>> => {
  const rows = await db
    .selectFrom('organisation.consortiumSchool as place')
    .where(activeOn('place', on))
    .where((is) =>
      is.or([
        is.exists(
          is
            .selectFrom('organisation.appointment as appointment')
            .select('appointment.id')
            .where('appointment.personId', '=', personId)
            .where(activeOn('appointment', on))
            .where(
              sql<boolean>`(appointment.body_id = place.consortium_id or appointment.school_id = place.school_id)`,
            ),
        ),
        is.exists(
          is
            .selectFrom('organisation.person as person')
            .select('person.id')
            .where('person.id', '=', personId)
            .whereRef('person.homeSchoolId', '=', 'place.schoolId'),
        ),
      ]),
    )
    .select('place.consortiumId')
    .distinct()
    .execute();
  return new Set(rows.map(({ consortiumId }) => consortiumId));
};

/** Cells of a consortium somebody is put forward for, still unanswered. */
export const listRequestedCells = (
  db: Queryable,
  consortiumId: string,
): Promise<(Offer & { readonly schoolId: string })[]> =>
  db
    .selectFrom('organisation.nomination')
    .where('consortiumId', '=', consortiumId)
    .where('state', '=', 'requested')
    .select(['schoolId', 'grade', sql<Subject>`subject`.as('subject')])
    .execute();

export interface NominationFields extends Offer {
  readonly consortiumId: string;
  readonly schoolId: string;
  readonly personId: string;
  readonly requestedBy: string;
}

export const insertNomination = async (db: Queryable, fields: NominationFields): Promise<string> => {
  const id = newId();
  await db
    .insertInto('organisation.nomination')
    .values({ id, state: 'requested', ...fields })
    .execute();
  return id;
};

type NominationTables = DB & {
  nomination: DB['organisation.nomination'];
};

/** A scope as a WHERE clause: what lies outside does not exist. */
const inScope = (scope: NominationScope) => (is: ExpressionBuilder<NominationTables, 'nomination'>) => {
  if (scope.all) return sql<boolean>`true`;
  return is.or([
    ...(scope.schoolIds.length > 0 ? [is('nomination.schoolId', 'in', scope.schoolIds)] : []),
    ...(scope.consortiumIds.length > 0 ? [is('nomination.consortiumId', 'in', scope.consortiumIds)] : []),
    ...scope.subjectGroups.map(({ consortiumId, subject }) =>
      is.and([is('nomination.consortiumId', '=', consortiumId), is('nomination.subject', '=', subject)]),
    ),
  ]);
};

const nominationRows = (db: Queryable, scope: NominationScope) =>
  db
    .selectFrom('organisation.nomination as nomination')
    .innerJoin('organisation.body as consortium', 'consortium.id', 'nomination.consortiumId')
    .innerJoin('organisation.school as school', 'school.id', 'nomination.schoolId')
    .innerJoin('organisation.person as person', 'person.id', 'nomination.personId')
    .innerJoin('organisation.person as requester', 'requester.id', 'nomination.requestedBy')
    .where(inScope(scope))
    .select([
      'nomination.id',
      'nomination.consortiumId',
      'consortium.name as consortiumName',
      'nomination.schoolId',
      'school.name as schoolName',
      sql<Stage>`consortium.stage`.as('stage'),
      'nomination.grade',
      sql<Subject>`nomination.subject`.as('subject'),
      'nomination.personId',
      'person.name as personName',
      sql<NominationState>`nomination.state`.as('state'),
      'requester.name as requestedBy',
      'nomination.requestedAt',
      'nomination.reason',
      'nomination.version',
    ]);

export type NominationRecord = Awaited<ReturnType<ReturnType<typeof nominationRows>['execute']>>[number];

/** Newest first; one row more than the limit tells that there is a next page. */
export const listNominations = (
  db: Queryable,
  scope: NominationScope,
  filter: {
    readonly state?: NominationState | undefined;
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
): Promise<NominationRecord[]> =>
  nominationRows(db, scope)
    .$if(filter.state !== undefined, (query) => query.where('nomination.state', '=', filter.state ?? ''))
    .$if(filter.cursor !== undefined, (query) => query.where('nomination.id', '<', filter.cursor ?? ''))
    .orderBy('nomination.id', 'desc')
    .limit(filter.limit + 1)
    .execute();

export const findNomination = (
  db: Queryable,
  scope: NominationScope,
  nominationId: string,
): Promise<NominationRecord | undefined> =>
  nominationRows(db, scope).where('nomination.id', '=', nominationId).executeTakeFirst();

export const findOpenNomination = (
  db: Queryable,
  fields: Omit<NominationFields, 'requestedBy'>,
): Promise<{ id: string } | undefined> =>
  db
    .selectFrom('organisation.nomination')
    .where('consortiumId', '=', fields.consortiumId)
    .where('schoolId', '=', fields.schoolId)
    .where('grade', '=', fields.grade)
    .where('subject', '=', fields.subject)
    .where('personId', '=', fields.personId)
    .where('state', '=', 'requested')
    .select('id')
    .executeTakeFirst();

/** False when somebody else decided in the meantime. */
export const markNominationDecided = async (
  db: Queryable,
  nominationId: string,
  version: number,
  decision: {
    readonly state: Exclude<NominationState, 'requested'>;
    readonly decidedBy: string | null;
    readonly decidedAt: Date;
    readonly reason?: string;
  },
): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('organisation.nomination')
    .set({ ...decision, decidedAt: decision.decidedAt.toISOString(), version: version + 1 })
    .where('id', '=', nominationId)
    .where('version', '=', version)
    .where('state', '=', 'requested')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
};

/** The consortium's group of a subject; made when the first member is accepted. */
export const ensureSubjectGroup = async (
  db: Queryable,
  group: {
    readonly consortiumId: string;
    readonly stage: Stage;
    readonly subject: Subject;
    readonly name: string;
  },
  on: Day,
): Promise<string> => {
  await db
    .selectFrom('organisation.body')
    .where('id', '=', group.consortiumId)
    .select('id')
    .forUpdate()
    .execute();
  const known = await db
    .selectFrom('organisation.body as body')
    .where('body.kind', '=', 'subject-group')
    .where('body.parentId', '=', group.consortiumId)
    .where('body.subject', '=', group.subject)
    .where(activeOn('body', on))
    .select('body.id')
    .executeTakeFirst();
  if (known !== undefined) return known.id;
  const id = newId();
  await db
    .insertInto('organisation.body')
    .values({
      id,
      kind: 'subject-group',
      name: group.name,
      stage: group.stage,
      subject: group.subject,
      parentId: group.consortiumId,
      activeFrom: on,
    })
    .execute();
  return id;
};
