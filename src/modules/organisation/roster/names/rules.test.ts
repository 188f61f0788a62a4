import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readNames } from './rules.ts';

const cases: readonly (readonly [cell: string, people: string, doubts: string])[] = [
  ['孙艳春 张平', '孙艳春 张平', ''],
  ['肖 静', '肖静', ''],
  ['肖　静', '肖静', ''],
  ['何亚青(南孙) 李惠(西城)毕继云(实小东)', '何亚青@南孙 李惠@西城 毕继云@实小东', ''],
  ['田 甜（胥小）、张洁梅( 胥 小 )', '田甜@胥小 张洁梅@胥小', ''],
  ['董巧姝 张爱新(岔河)', '董巧姝 张爱新@岔河', ''],
  ['肖 静 张平', '', '肖 静 张平'],
  ['肖 静、张平', '肖静 张平', ''],
  ['薄春霞 袁振\n霞 裴玉娟', '薄春霞 袁振霞 裴玉娟', ''],
  ['冯\n娟', '冯娟', ''],
  ['裴玉娟\n李静华 冯\n娟 李文艳', '裴玉娟 李静华 冯娟 李文艳', ''],
  ['肖 静\n张 平', '肖静 张平', ''],
  ['李华\n王芳', '李华 王芳', ''],
  ['何亚青(南\n孙)', '何亚青@南孙', ''],
  ['欧阳文华', '欧阳文华', ''],
  ['买买提·艾力', '买买提·艾力', ''],
  ['薄春霞袁振霞', '', '薄春霞袁振霞'],
  ['李0华', '', '李0华'],
  ['何亚青(南孙', '', '何亚青(南孙'],
  ['(南孙)', '', '(南孙)'],
  ['张三丰（兼）', '张三丰', ''],
  ['', '', ''],
];

for (const [cell, people, doubts] of cases)
  test(`names of ${JSON.stringify(cell)}`, () => {
    const read = readNames(cell);
    const shown = read.people.map(({ name, schoolText }) =>
      schoolText === null ? name : `${name}@${schoolText}`,
    );
    assert.equal(shown.join(' '), people);
    assert.equal(read.doubts.map(({ text }) => text).join(' '), doubts);
  });
