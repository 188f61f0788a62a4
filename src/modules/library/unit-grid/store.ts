import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { ItemScope } from '../item/policy.ts';
import { isInside, isVisible } from '../item/store.ts';
import { nineParts, type RoundState } from '../vocabulary/contract.ts';
import type { GridItem } from './contract.ts';
import type { Part } from './rules.ts';

export interface PlacedItem extends Omit<GridItem, 'cover'> {
  readonly kind: Part;
  readonly volumeId: string | null;
  readonly unitId: string | null;
}

const isPart: RawBuilder<SqlBool> = sql<SqlBool>`item.kind = any(${[...nineParts]})`;

/** The district's items of volumes, as far as the caller may see them, the oldest first. */
export const listGridItems = (
  db: Queryable,
  volumeIds: readonly string[],
  scope: ItemScope,
): Promise<PlacedItem[]> =>
  db
    .selectFrom('library.item as item')
    .leftJoin('library.round as round', (join) =>
      join.onRef('round.itemId', '=', 'item.id').on('round.endedAt', 'is', null).on(isInside(scope)),
    )
    .where(isVisible(scope))
    .where(isPart)
    .where('item.schoolId', 'is', null)
    .where('item.withdrawnAt', 'is', null)
    .where(sql<SqlBool>`item.volume_id = any(${[...volumeIds]}::uuid[])`)
    .where((is) => is.or([is('item.published', 'is not', null), is('round.id', 'is not', null)]))
    .select([
      'item.id',
      sql<Part>`item.kind`.as('kind'),
      'item.title',
      'item.volumeId',
      'item.unitId',
      'item.lessonId',
      'item.published',
      sql<RoundState | null>`round.state`.as('roundState'),
    ])
    .orderBy('item.madeAt')
    .orderBy('item.id')
    .execute();

export interface VolumeCount {
  readonly volumeId: string;
  /** Null: of the volume as a whole. */
  readonly unitId: string | null;
  /** Standing lessons of the unit. */
  readonly unitLessons: number;
  readonly kind: Part | null;
  readonly lessons: number;
  readonly whole: number;
}

/** Every standing unit of the volumes with what is published of each part; a unit with nothing has one row without. */
export const countPublishedParts = async (
  db: Queryable,
  volumeIds: readonly string[],
): Promise<VolumeCount[]> => {
  const ids = [...volumeIds];
  const { rows } = await sql<VolumeCount>`
    with place as (
      select volume.id as volume_id, null::uuid as unit_id, 0 as lessons
        from library.volume as volume where volume.id = any(${ids}::uuid[])
      union all
      select unit.volume_id, unit.id, (select count(*)::int from library.lesson as lesson
          where lesson.unit_id = unit.id and lesson.withdrawn_on is null)
        from library.unit as unit where unit.volume_id = any(${ids}::uuid[]) and unit.withdrawn_on is null
    )
    select place.volume_id as "volumeId", place.unit_id as "unitId", place.lessons as "unitLessons", item.kind,
      count(distinct lesson.id)::int as lessons,
      count(item.id) filter (where item.lesson_id is null or item.kind <> 'lesson-design')::int as whole
    from place
    left join library.item as item on item.volume_id = place.volume_id
      and item.unit_id is not distinct from place.unit_id
      and item.school_id is null and item.published is not null and item.withdrawn_at is null and ${isPart}
    left join library.lesson as lesson on lesson.id = item.lesson_id and lesson.withdrawn_on is null
    group by 1, 2, 3, 4`.execute(db);
  return rows;
};
