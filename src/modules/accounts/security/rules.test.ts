import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSecurityRules, securityRules } from './contract.ts';
import { dutiesGivenAway, ruleGroups } from './rules.ts';

test('the form holds every rule once, with the bounds the contract enforces', () => {
  const fields = ruleGroups.flatMap((group) => group.fields);
  assert.deepEqual(fields.map(({ key }) => key).sort(), Object.keys(defaultSecurityRules).sort());
  for (const { key, least, most, optional } of fields) {
    const accepts = (value: number | null): boolean =>
      securityRules.safeParse({ ...defaultSecurityRules, [key]: value }).success;
    assert.deepEqual(
      [accepts(least), accepts(most), accepts(least - 1), accepts(most + 1), accepts(null)],
      [true, true, false, false, optional === true],
      key,
    );
  }
});

test('a duty granted to another is given away by whoever holds a second one', () => {
  const first = { accountId: 'first', duty: 'system' } as const;
  const firstSecurity = { accountId: 'first', duty: 'security' } as const;
  const other = { accountId: 'other', duty: 'security' } as const;
  assert.deepEqual(dutiesGivenAway([first, firstSecurity], 'security'), [firstSecurity]);
  assert.deepEqual(dutiesGivenAway([first, firstSecurity], 'system'), [first]);
  assert.deepEqual(dutiesGivenAway([first, firstSecurity], 'audit'), []);
  assert.deepEqual(dutiesGivenAway([first, other], 'security'), []);
});
