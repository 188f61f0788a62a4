import { type SqlBool, sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';

/** How many lessons a week most classes of the schools have by the timetable; null where it says nothing. */
export const findWeeklyLessons = async (
  db: Queryable,
  where: {
    readonly schoolIds: readonly string[];
    readonly termId: string;
    readonly subject: string;
    readonly grade: number;
  },
): Promise<number | null> => {
  const { rows } = await sql<{ weekly: number | null }>`
    select mode() within group (order by lessons) as weekly from (
      select sum(case entry.week_parity when 'every' then 1 else 0.5 end)::float8 as lessons
      from organisation.timetable_entry as entry
      join organisation.teaching_assignment as assignment on assignment.id = entry.assignment_id
      where assignment.school_id = any(${[...where.schoolIds]}::uuid[]) and assignment.term_id = ${where.termId}
        and assignment.subject = ${where.subject} and assignment.grade = ${where.grade}
        and assignment.class_id is not null
      group by assignment.class_id) as class`.execute(db);
  return rows[0]?.weekly ?? null;
};

/** On which days schools taught a unit of a volume, by their reflections; whose they are is not asked. */
export const listTaughtDays = async (
  db: Queryable,
  where: {
    readonly schoolIds: readonly string[];
    readonly volumeId: string;
    readonly from: Day;
    readonly to: Day;
  },
): Promise<{ unitId: string | null; taughtOn: Day }[]> =>
  db
    .selectFrom('library.reflection as reflection')
    .innerJoin('library.adaptation as adaptation', 'adaptation.id', 'reflection.adaptationId')
    .innerJoin('library.item as item', 'item.id', 'adaptation.itemId')
    .where(sql<SqlBool>`adaptation.school_id = any(${[...where.schoolIds]}::uuid[])`)
    .where('item.volumeId', '=', where.volumeId)
    .where('item.unitId', 'is not', null)
    .where('reflection.withdrawnAt', 'is', null)
    .where('reflection.taughtOn', '>=', where.from)
    .where('reflection.taughtOn', '<=', where.to)
    .select(['item.unitId', 'reflection.taughtOn'])
    .distinct()
    .orderBy('reflection.taughtOn')
    .execute();
