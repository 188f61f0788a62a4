import assert from 'node:assert/strict';
import test from 'node:test';
import { namePinyin } from './rules.ts';

const readings: readonly [name: string, namePinyin: string, nameInitials: string][] = [
  ['薄云霞', 'bo yun xia', 'byx'],
  ['翟山', 'zhai shan', 'zs'],
  ['么岚', 'yao lan', 'yl'],
  ['单立', 'shan li', 'sl'],
  ['车行远', 'che xing yuan', 'cxy'],
  ['芦青', 'lu qing', 'lq'],
  ['曾思源', 'zeng si yuan', 'zsy'],
  ['吕文', 'lv wen', 'lw'],
  ['李 敏', 'li min', 'lm'],
  ['欧阳晓', 'ou yang xiao', 'oyx'],
];

for (const [name, spelling, initials] of readings) {
  test(`${name} reads ${spelling}`, () => {
    assert.deepEqual(namePinyin(name), { namePinyin: spelling, nameInitials: initials });
  });
}
