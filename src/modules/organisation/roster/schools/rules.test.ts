import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Stage } from '../../contract.ts';
import { editDistance, nearest, readSchoolName, resolveSchool, splitSchools } from './rules.ts';

const school = (name: string, ...stages: Stage[]) => ({ name, stages });
const schools = [
  school('银丰小学', 'primary'),
  school('银丰中学', 'junior'),
  school('实验小学东校区', 'primary'),
  school('第一实验小学', 'primary'),
  school('大新庄中心校', 'primary'),
  school('柳树酄中心校', 'primary'),
  school('西城学校', 'primary', 'junior'),
  school('岔河小学', 'primary'),
  school('岔河中学', 'junior'),
];

const cases: readonly (readonly [text: string, stage: Stage | null, as: string, school?: string])[] = [
  ['银丰', 'primary', 'short', '银丰小学'],
  ['银丰', 'junior', 'short', '银丰中学'],
  ['银丰', null, 'ambiguous'],
  ['银丰 小学', null, 'known', '银丰小学'],
  ['实小东', 'primary', 'short', '实验小学东校区'],
  ['一小西', 'primary', 'proposed', '第一实验小学'],
  ['大新', 'primary', 'proposed', '大新庄中心校'],
  ['柳0中心校', 'primary', 'known', '柳树酄中心校'],
  ['西城', 'junior', 'short', '西城学校'],
  ['岔小', 'primary', 'short', '岔河小学'],
  ['西河', 'primary', 'unknown'],
  ['银风小学', 'primary', 'unknown'],
];
for (const [text, stage, as, name] of cases)
  test(`${text} in ${stage ?? 'any stage'}`, () => {
    const found = resolveSchool(text, stage, schools, []);
    assert.equal(found.as, as);
    if (name !== undefined) assert.equal('school' in found ? found.school : null, name);
  });

test('an alias a person confirmed for a stage goes before every guess, and does not reach the other stage', () => {
  const aliases = [{ alias: '银丰', stage: 'primary', school: '西城学校', status: 'confirmed' }] as const;
  assert.deepEqual(resolveSchool('银丰', 'primary', schools, aliases), {
    as: 'known',
    school: '西城学校',
    by: 'alias',
  });
  assert.deepEqual(resolveSchool('银丰', 'junior', schools, aliases), { as: 'short', school: '银丰中学' });
});

test('a slip comes with its nearest school first, a village school is told from a slip', () => {
  const slip = resolveSchool('银风小学', 'primary', schools, []);
  assert.ok(slip.as === 'unknown' && !slip.village);
  assert.equal(nearest('银风小学', ['岔河小学', '银丰小学', '大新庄中心校'])[0], '银丰小学');
  const village = resolveSchool('毕武庄', 'primary', schools, []);
  assert.ok(village.as === 'unknown' && village.village);
});

test('the lost character is put back for every sign that stands for it', () => {
  for (const sign of ['0', '〇', '○', 'Ｏ', '?', '？', '□', '\ufffd', ' 0 ']) {
    assert.equal(readSchoolName(`柳树${sign}中学`).name, '柳树酄中学');
    assert.equal(readSchoolName(`柳${sign}中心校`).name, '柳树酄中心校');
  }
  assert.deepEqual(readSchoolName('柳树酄中学'), { name: '柳树酄中学', restored: null });
});

test('schools of one cell', () => {
  assert.deepEqual(splitSchools('唐坊中学、柳树 0 中学，大齐学校'), ['唐坊中学', '柳树0中学', '大齐学校']);
  assert.deepEqual(splitSchools('唐坊中学 大齐学校\n丰南四中'), [
    '唐坊中学',
    '大齐学校\n丰南四中'.split('\n')[0],
    '丰南四中',
  ]);
  assert.deepEqual(splitSchools('王兰庄\n中学'), ['王兰庄中学']);
});

test('edit distance', () => {
  assert.equal(editDistance('夏新庄', '大新庄'), 1);
  assert.equal(editDistance('', '银丰'), 2);
  assert.equal(editDistance('银丰', '银丰'), 0);
});
