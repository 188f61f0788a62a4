import type { Queryable } from '#platform/database/database.ts';
import type { RowSet } from '#platform/database/row-set.ts';
import type { Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import { isRecord } from '#platform/is-record.ts';

/** All values of a setting, past and planned. */
export const valuesOfSetting = (key: string): RowSet => ({ table: 'platform.setting', where: { key } });

/**
 * The value of a dated setting on a day, or `fallback` where none is set yet. An object is laid over
 * `fallback`, so that a field added later has its default in values saved before.
 */
export const readSetting = async <T>(db: Queryable, key: string, on: Day, fallback: T): Promise<T> => {
  const row = await db
    .selectFrom('platform.setting')
    .select('value')
    .where('key', '=', key)
    .where('fromOn', '<=', on)
    .orderBy('fromOn', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return fallback;
  const value: unknown = row.value;
  return (isRecord(value) && isRecord(fallback) ? { ...fallback, ...value } : value) as T;
};

/** Sets a value from a day on; set twice for one day, the later one stands. */
export const writeSetting = async (
  db: Queryable,
  setting: {
    readonly key: string;
    readonly value: unknown;
    readonly fromOn: Day;
    /** Where the number comes from, e.g. a clause of the notice. */
    readonly clause: string;
    readonly setBy: string | null;
  },
): Promise<void> => {
  const value = JSON.stringify(setting.value);
  await db
    .insertInto('platform.setting')
    .values({ id: newId(), ...setting, value })
    .onConflict((target) =>
      target.columns(['key', 'fromOn']).doUpdateSet({
        value,
        clause: setting.clause,
        setBy: setting.setBy,
        setAt: new Date().toISOString(),
      }),
    )
    .execute();
};
