import { postLabels, subjectLabels } from '#modules/organisation/contract.ts';
import type { SecurityRules } from '../security/contract.ts';
import type { HeldPost } from './contract.ts';

const MINUTE_MS = 60_000;

/** Administrators' sessions are short; a teacher's phone stays signed in through a working day. */
export const sessionLimits = (
  rules: SecurityRules,
  holder: { readonly holdsDuty: boolean },
  now: Date,
): { readonly idleMinutes: number; readonly expiresAt: Date } => {
  const hours = holder.holdsDuty ? rules.administratorSessionHours : rules.sessionHours;
  return {
    idleMinutes: holder.holdsDuty ? rules.administratorIdleMinutes : rules.idleMinutes,
    expiresAt: new Date(now.getTime() + hours * 60 * MINUTE_MS),
  };
};

/** The time of last use is kept to the minute, so that reading pages does not write at every request. */
export const needsTouch = (lastSeenAt: string, now: Date): boolean =>
  now.getTime() - Date.parse(lastSeenAt) >= MINUTE_MS;

/** `学校或组织 学科 职务`, as the shell shows whose work one is doing. */
export const heldPostLabel = (held: Omit<HeldPost, 'label'>): string => {
  const place = held.bodyName ?? held.schoolName ?? '';
  const subject = held.subject === null ? '' : subjectLabels[held.subject];
  const title = held.bodyKind === 'leading-group' && held.post === 'head' ? '组长' : postLabels[held.post];
  return [place, place.includes(subject) ? '' : subject, title].filter((part) => part !== '').join(' ');
};

const systems: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS|OpenHarmony/, '鸿蒙设备'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, '安卓手机'],
  [/Windows/, 'Windows 电脑'],
  [/Macintosh/, 'Mac 电脑'],
  [/Linux/, 'Linux 电脑'],
];
const browsers: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger/, '微信'],
  [/DingTalk/, '钉钉'],
  [/Edg\//, 'Edge'],
  [/QQBrowser/, 'QQ 浏览器'],
  [/HuaweiBrowser/, '华为浏览器'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

/** A browser's user agent in words; enough to recognise one's own phone. */
export const deviceText = (userAgent: string): string => {
  const system = systems.find(([pattern]) => pattern.test(userAgent))?.[1] ?? '其他设备';
  const browser = browsers.find(([pattern]) => pattern.test(userAgent))?.[1];
  return browser === undefined ? system : `${system}，${browser}`;
};
