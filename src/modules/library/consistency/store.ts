import { type SqlBool, sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { readSetting } from '#platform/district-setting.ts';
import type { Content } from '../content/contract.ts';
import type { ItemScope } from '../item/policy.ts';
import { isVisible } from '../item/store.ts';
import { type HomeworkBands, homeworkLimitsKey } from './sums/rules.ts';

export const readHomeworkBands = (db: Queryable, on: Day): Promise<HomeworkBands> =>
  readSetting<HomeworkBands>(db, homeworkLimitsKey, on, { bands: [] });

/** The district's published unit and lesson designs of units, unit designs first. */
export const listUnitDesigns = (
  db: Queryable,
  unitIds: readonly string[],
  scope: ItemScope,
): Promise<{ unitId: string | null; kind: string; content: Content }[]> =>
  db
    .selectFrom('library.item as item')
    .innerJoin('library.version as version', (join) =>
      join.onRef('version.itemId', '=', 'item.id').onRef('version.number', '=', 'item.published'),
    )
    .where(isVisible(scope))
    .where('item.schoolId', 'is', null)
    .where('item.withdrawnAt', 'is', null)
    .where('item.kind', 'in', ['unit-design', 'lesson-design'])
    .where(sql<SqlBool>`item.unit_id = any(${[...unitIds]}::uuid[])`)
    .select(['item.unitId', 'item.kind', sql<Content>`version.content`.as('content')])
    .orderBy('item.kind', 'desc')
    .orderBy('item.id')
    .execute();
