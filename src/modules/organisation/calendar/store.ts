import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { RowSet } from '#platform/database/row-set.ts';
import type { Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import type { Stage } from '../vocabulary/contract.ts';
import type { BellSlot } from './contract.ts';
import type { SpecialDay, TermCalendar } from './rules.ts';

export interface TermRecord extends TermCalendar {
  readonly id: string;
  readonly schoolYear: number;
  readonly term: number;
  readonly version: number;
}

/** Terms with their special days, the newest first. */
export const listTerms = async (db: Queryable): Promise<TermRecord[]> => {
  const terms = await db
    .selectFrom('organisation.term')
    .select(['id', 'schoolYear', 'term', 'startsOn', 'endsOn', 'version'])
    .orderBy('startsOn', 'desc')
    .execute();
  const days = await db
    .selectFrom('organisation.calendarDay')
    .select(['termId', 'dayOn', 'isTeachingDay', 'followsWeekday', 'note'])
    .orderBy('dayOn')
    .execute();
  return terms.map((term) => ({
    ...term,
    specialDays: days
      .filter(({ termId }) => termId === term.id)
      .map(({ dayOn, isTeachingDay, followsWeekday, note }) => ({
        dayOn,
        isTeachingDay,
        followsWeekday,
        note,
      })),
  }));
};

export const findTerm = async (db: Queryable, termId: string): Promise<TermRecord | undefined> =>
  (await listTerms(db)).find(({ id }) => id === termId);

/** The term a day lies in; undefined in the holidays. */
export const findTermOn = async (db: Queryable, on: Day): Promise<TermRecord | undefined> =>
  (await listTerms(db)).find(({ startsOn, endsOn }) => startsOn <= on && on <= endsOn);

/** The term a day lies in, or the latest that began before it, or the first there is. */
export const findCurrentTerm = async (db: Queryable, on: Day): Promise<TermRecord | undefined> => {
  const terms = await listTerms(db);
  return terms.find(({ startsOn }) => startsOn <= on) ?? terms.at(-1);
};

/** The first day of a school year's first term; undefined where none is entered. */
export const findSchoolYearStart = async (db: Queryable, schoolYear: number): Promise<Day | undefined> =>
  (await listTerms(db))
    .filter((term) => term.schoolYear === schoolYear)
    .map(({ startsOn }) => startsOn)
    .toSorted()[0];

export const insertTerm = async (
  db: Queryable,
  term: {
    readonly schoolYear: number;
    readonly term: number;
    readonly startsOn: Day;
    readonly endsOn: Day;
  },
): Promise<string> => {
  const id = newId();
  await db
    .insertInto('organisation.term')
    .values({ id, ...term })
    .execute();
  return id;
};

/** Every change of a term's calendar raises the term's version; false when somebody was faster. */
export const updateTerm = async (
  db: Queryable,
  termId: string,
  version: number,
  dates: { readonly startsOn?: Day; readonly endsOn?: Day } = {},
): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('organisation.term')
    .set({ ...dates, version: version + 1 })
    .where('id', '=', termId)
    .where('version', '=', version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
};

export const putCalendarDay = async (db: Queryable, termId: string, day: SpecialDay): Promise<void> => {
  const { dayOn, ...rest } = day;
  await db
    .insertInto('organisation.calendarDay')
    .values({ termId, dayOn, ...rest })
    .onConflict((target) => target.columns(['termId', 'dayOn']).doUpdateSet(rest))
    .execute();
};

export const removeCalendarDay = async (db: Queryable, termId: string, dayOn: Day): Promise<void> => {
  await db
    .deleteFrom('organisation.calendarDay')
    .where('termId', '=', termId)
    .where('dayOn', '=', dayOn)
    .execute();
};

/** The rows of a school's own bell table, or with null of the district's default. */
export const bellTable = (schoolId: string | null, stage: Stage): RowSet => ({
  table: 'organisation.bellSlot',
  where: { schoolId, stage },
});

/** A school's own bell table, or with null the district's default; empty where there is none. */
export const listOwnBellSlots = (db: Queryable, schoolId: string | null, stage: Stage): Promise<BellSlot[]> =>
  db
    .selectFrom('organisation.bellSlot')
    .where(sql<boolean>`school_id is not distinct from ${schoolId}::uuid`)
    .where('stage', '=', stage)
    .select([
      'slot',
      sql<string>`to_char(starts_at, 'HH24:MI')`.as('startsAt'),
      sql<string>`to_char(ends_at, 'HH24:MI')`.as('endsAt'),
    ])
    .orderBy('slot')
    .execute();

/** The bell times a school keeps: its own table, else the district's. */
export const listBellSlots = async (db: Queryable, schoolId: string, stage: Stage): Promise<BellSlot[]> => {
  const own = await listOwnBellSlots(db, schoolId, stage);
  return own.length > 0 ? own : listOwnBellSlots(db, null, stage);
};

export const replaceBellSlots = async (
  db: Queryable,
  schoolId: string | null,
  stage: Stage,
  slots: readonly BellSlot[],
): Promise<void> => {
  await db
    .deleteFrom('organisation.bellSlot')
    .where(sql<boolean>`school_id is not distinct from ${schoolId}::uuid`)
    .where('stage', '=', stage)
    .execute();
  if (slots.length > 0)
    await db
      .insertInto('organisation.bellSlot')
      .values(slots.map((slot) => ({ id: newId(), schoolId, stage, ...slot })))
      .execute();
};
