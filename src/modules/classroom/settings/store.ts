import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { readSetting } from '#platform/district-setting.ts';
import { defaultSettings, type ObservationSettings, settingKeys } from '../rules.ts';

/** The numbers in force on a day. */
export const readObservationSettings = async (db: Queryable, on: Day): Promise<ObservationSettings> => ({
  lateDays: await readSetting<number>(db, settingKeys.lateDays, on, defaultSettings.lateDays),
  videoCounts: await readSetting<boolean>(db, settingKeys.videoCounts, on, defaultSettings.videoCounts),
  minSentences: await readSetting<number>(db, settingKeys.minSentences, on, defaultSettings.minSentences),
});
