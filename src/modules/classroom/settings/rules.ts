import { defaultFindingSettings } from '../finding/rules.ts';
import { defaultSettings } from '../rules.ts';
import type { ClassroomSetting } from './contract.ts';
import type { ClassroomSettingKey } from './vocabulary/contract.ts';

/** What holds until somebody sets it. The limits of homework and the library's hours came with their rules. */
const defaults: readonly ClassroomSetting[] = [
  { key: 'observation.late-days', value: defaultSettings.lateDays },
  { key: 'observation.video-counts', value: defaultSettings.videoCounts },
  { key: 'observation.min-sentences', value: defaultSettings.minSentences },
  { key: 'finding.answer-days', value: defaultFindingSettings.answerDays },
  { key: 'finding.deadline-days', value: defaultFindingSettings.deadlineDays },
];

export const defaultOf = (key: ClassroomSettingKey): ClassroomSetting | undefined =>
  defaults.find((one) => one.key === key);
