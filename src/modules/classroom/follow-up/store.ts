import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Subject } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import type { OpenFollowUp } from './contract.ts';

/** Of a closing `c` of the record `o`: it stands while its look does; the same as `lookProblem`. */
const closingStands: RawBuilder<SqlBool> = sql`(c.look_id is null or exists (
  select from classroom.observation as look where look.id = c.look_id and look.finalised_at is not null
    and look.withdrawn_at is null and look.teacher_id is not distinct from o.teacher_id
    and (o.teacher_id is not null or look.teacher_name = o.teacher_name)
    and (look.day_on, coalesce(look.slot_from, 0)) > (o.day_on, coalesce(o.slot_from, 0))))`;

const isOpen: RawBuilder<SqlBool> = sql`not exists (
  select from classroom.follow_up_closing as c where c.observation_id = o.id and ${closingStands})`;

/** Begins with the first change that is agreed on after a record. */
export const insertFollowUp = async (
  db: Queryable,
  observationId: string,
  openedBy: string,
): Promise<void> => {
  await db
    .insertInto('classroom.followUp')
    .values({ observationId, openedBy })
    .onConflict((target) => target.column('observationId').doNothing())
    .execute();
};

/** Locked until the transaction ends, so that a look and an end do not both close it. */
export const findFollowUpForUpdate = (db: Queryable, observationId: string) =>
  db
    .selectFrom('classroom.followUp')
    .where('observationId', '=', observationId)
    .select(['plannedOn', 'plannedSlot', 'version'])
    .forUpdate()
    .executeTakeFirst();

export const findFollowUp = (db: Queryable, observationId: string) =>
  db
    .selectFrom('classroom.followUp')
    .where('observationId', '=', observationId)
    .select(['plannedOn', 'plannedSlot', 'version'])
    .executeTakeFirst();

/** The closing that stands, with its look; undefined while the follow-up is open. */
export const findClosing = (db: Queryable, observationId: string) =>
  db
    .selectFrom('classroom.followUpClosing as c')
    .innerJoin('classroom.observation as o', 'o.id', 'c.observationId')
    .innerJoin('organisation.person as closer', 'closer.id', 'c.closedBy')
    .leftJoin('classroom.observation as seen', 'seen.id', 'c.lookId')
    .where('c.observationId', '=', observationId)
    .where(closingStands)
    .select([
      'c.reason',
      'c.closedAt as at',
      'closer.name as byName',
      'seen.id as lookId',
      'seen.dayOn',
      'seen.slotFrom',
      'seen.slotTo',
      'seen.classLabel',
      'seen.grade',
      sql<Subject | null>`seen.subject`.as('subject'),
      'seen.topic',
    ])
    .orderBy('c.id')
    .limit(1)
    .executeTakeFirst();

const raised = (db: Queryable, observationId: string) =>
  db
    .updateTable('classroom.followUp')
    .set((row) => ({ version: row('version', '+', 1) }))
    .where('observationId', '=', observationId)
    .returning('version');

export const updatePlan = (
  db: Queryable,
  observationId: string,
  plan: { plannedOn: Day | null; plannedSlot: number | null },
) => raised(db, observationId).set(plan).executeTakeFirstOrThrow();

export const insertClosing = async (
  db: Queryable,
  closing: { observationId: string; lookId: string | null; reason: string; closedBy: string },
) => {
  await db
    .insertInto('classroom.followUpClosing')
    .values({ id: newId(), ...closing })
    .execute();
  return raised(db, closing.observationId).executeTakeFirstOrThrow();
};

/** Of the observer who agreed on them, or of the teacher they were agreed with. */
export type FollowUpsOf = { readonly observerId: string } | { readonly teacherId: string };

export interface FollowUpFilter {
  readonly teacherId?: string | undefined;
  readonly teacherName?: string | undefined;
  /** The day the next look is planned for, inclusive; what has no day is left out. */
  readonly dueBy?: Day | undefined;
  /** Agreed on after a lesson before this one. */
  readonly before?: { readonly dayOn: Day; readonly slotFrom: number | null } | undefined;
}

export const listOpenFollowUps = async (
  db: Queryable,
  of: FollowUpsOf,
  filter: FollowUpFilter,
  page: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ rows: OpenFollowUp[]; nextCursor: string | null }> => {
  const [dayOn, id] = page.cursor?.split('_') ?? [];
  const { teacherId, teacherName, dueBy, before } = filter;
  const rows = await db
    .selectFrom('classroom.observation as o')
    .innerJoin('classroom.followUp as f', 'f.observationId', 'o.id')
    .innerJoin('organisation.person as observer', 'observer.id', 'o.observerId')
    .where((is) =>
      'observerId' in of ? is('o.observerId', '=', of.observerId) : is('o.teacherId', '=', of.teacherId),
    )
    .where('o.fedBackAt', 'is not', null)
    .where('o.withdrawnAt', 'is', null)
    .where(isOpen)
    .$if(teacherId !== undefined, (query) => query.where('o.teacherId', '=', teacherId ?? ''))
    .$if(teacherName !== undefined, (query) =>
      query.where('o.teacherId', 'is', null).where('o.teacherName', '=', teacherName ?? ''),
    )
    .$if(dueBy !== undefined, (query) => query.where('f.plannedOn', '<=', dueBy ?? ''))
    .$if(before !== undefined, (query) =>
      query.where(
        sql<boolean>`(o.day_on, coalesce(o.slot_from, 0)) < (${before?.dayOn}, ${before?.slotFrom ?? 0})`,
      ),
    )
    .$if(dayOn !== undefined, (query) => query.where(sql<boolean>`(o.day_on, o.id) > (${dayOn}, ${id})`))
    .select([
      'o.id as observationId',
      'o.dayOn',
      'o.slotFrom',
      'o.slotTo',
      'o.classLabel',
      'o.grade',
      sql<Subject | null>`o.subject`.as('subject'),
      'o.topic',
      'observer.name as observerName',
      'o.teacherName',
      'o.agreedChange',
      'f.plannedOn',
      'f.plannedSlot',
      'f.version',
    ])
    .orderBy('o.dayOn')
    .orderBy('o.id')
    .limit(page.limit + 1)
    .execute();
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    rows: shown,
    nextCursor: rows.length > page.limit && last !== undefined ? `${last.dayOn}_${last.observationId}` : null,
  };
};

/** Teachers with whom an observer agreed on a change that is not looked at again yet. */
export const listTeachersToLookAt = async (db: Queryable, observerId: string): Promise<string[]> => {
  const rows = await db
    .selectFrom('classroom.observation as o')
    .innerJoin('classroom.followUp as f', 'f.observationId', 'o.id')
    .where('o.observerId', '=', observerId)
    .where('o.fedBackAt', 'is not', null)
    .where('o.withdrawnAt', 'is', null)
    .where(isOpen)
    .select('o.teacherId')
    .distinct()
    .execute();
  return rows.flatMap(({ teacherId }) => (teacherId === null ? [] : [teacherId]));
};

export interface FollowUpCounts {
  readonly agreed: number;
  /** In a later lesson. */
  readonly lookedAt: number;
  readonly ended: number;
}

/** Of one observer in one term: what was agreed on, and what came of it. */
export const countFollowUps = async (
  db: Queryable,
  of: { readonly observerId: string; readonly termId: string },
): Promise<FollowUpCounts> => {
  const { rows } = await sql<FollowUpCounts>`
    select count(*) as agreed,
      count(*) filter (where exists (select from classroom.follow_up_closing as c
        where c.observation_id = o.id and c.look_id is not null and ${closingStands})) as looked_at,
      count(*) filter (where not exists (select from classroom.follow_up_closing as c
          where c.observation_id = o.id and c.look_id is not null and ${closingStands})
        and exists (select from classroom.follow_up_closing as c
          where c.observation_id = o.id and c.look_id is null)) as ended
    from classroom.observation as o
    join classroom.follow_up as f on f.observation_id = o.id
    where o.observer_id = ${of.observerId} and o.term_id = ${of.termId}
      and o.finalised_at is not null and o.withdrawn_at is null`.execute(db);
  return rows[0] ?? { agreed: 0, lookedAt: 0, ended: 0 };
};
