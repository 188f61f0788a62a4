import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSecurityRules } from '../security/contract.ts';
import { deviceText } from './device/rules.ts';
import { needsTouch, sessionLimits } from './rules.ts';

const now = new Date('2024-03-04T01:00:00Z');

test('administrators are let in for a shorter time', () => {
  assert.deepEqual(sessionLimits(defaultSecurityRules, { holdsDuty: true }, now), {
    idleMinutes: 30,
    expiresAt: new Date('2024-03-04T13:00:00Z'),
  });
  assert.deepEqual(sessionLimits(defaultSecurityRules, { holdsDuty: false }, now), {
    idleMinutes: 720,
    expiresAt: new Date('2024-03-11T01:00:00Z'),
  });
});

test('the last use is written when a minute has passed', () => {
  assert.equal(needsTouch('2024-03-04T00:59:01Z', now), false);
  assert.equal(needsTouch('2024-03-04T00:59:00Z', now), true);
});

test('devices are named so that one knows one’s own', () => {
  const cases: readonly (readonly [userAgent: string, text: string])[] = [
    [
      'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36',
      '安卓手机，Chrome',
    ],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) MicroMessenger/8.0.40', 'iPhone，微信'],
    ['Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0', 'Windows 电脑，Edge'],
    ['curl/8.0', '其他设备'],
  ];
  for (const [userAgent, text] of cases) assert.equal(deviceText(userAgent), text);
});
