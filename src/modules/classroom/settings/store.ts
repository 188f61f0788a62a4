import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { readSetting } from '#platform/district-setting.ts';
import { defaultSettings, type ObservationSettings, settingKeys } from '../rules.ts';

/** Every value of these settings, the latest first. */
export const listSettingValues = (db: Queryable, keys: readonly string[]) =>
  db
    .selectFrom('platform.setting as setting')
    .leftJoin('organisation.person as setter', 'setter.id', 'setting.setBy')
    .where('setting.key', 'in', [...keys])
    .select(['setting.key', 'setting.value', 'setting.fromOn', 'setting.clause', 'setter.name as setByName'])
    .orderBy('setting.fromOn', 'desc')
    .execute();

/** The numbers in force on a day. */
export const readObservationSettings = async (db: Queryable, on: Day): Promise<ObservationSettings> => ({
  lateDays: await readSetting<number>(db, settingKeys.lateDays, on, defaultSettings.lateDays),
  videoCounts: await readSetting<boolean>(db, settingKeys.videoCounts, on, defaultSettings.videoCounts),
  minSentences: await readSetting<number>(db, settingKeys.minSentences, on, defaultSettings.minSentences),
});
