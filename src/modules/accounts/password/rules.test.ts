import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCommonPassword } from '#platform/common-passwords.ts';
import { passwordProblems } from './rules.ts';

const own = {
  name: '欧阳小禾',
  namePinyin: 'ou yang xiao he',
  staffNumber: 'FN20311',
  phone: '13900002222',
  loginName: 'ouyangxh',
};
const rules = { minimumLength: 8, kindsRequired: 3, maximumAgeDays: null };
const problems = (password: string, override = {}): string[] =>
  passwordProblems(password, { ...rules, ...override }, own, isCommonPassword);

test('a good password has nothing against it', () => {
  for (const password of ['Laoyu-tang.37', '鱼塘边Fish27', 'c0rrect-Horse-battery', 'mK8!vw2q'])
    assert.deepEqual(problems(password), [], password);
});

test('what is wrong is said in words', () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['aB3!', /至少要 8 个字符/],
    ['onlysmallletters', /三类/],
    ['onlysmall99letters', /三类/],
    ['Wo-ouyangxiaohe1', /拼音/],
    ['欧阳小禾Abc12', /姓名/],
    ['x-FN20311-Y', /工号/],
    ['x-fn20311-Y', /工号/],
    ['Tel-13900002222', /手机号/],
    ['ouyangxh-X9', /登录名/],
    ['Password1', /太常见/],
    ['P@ssw0rd2024', /太常见/],
    ['Aa123456', /太常见/],
    ['Fengnan@2024', /太常见/],
    ['Qwerty123!', /太常见/],
    ['1qaz@WSX', /太常见/],
    ['Admin@123', /太常见/],
    ['Woaini1314!', /太常见/],
  ];
  for (const [password, expected] of cases) assert.match(problems(password).join(''), expected, password);
});

test('the district may ask for more', () => {
  assert.match(problems('Laoyu-tang', { kindsRequired: 4 }).join(''), /大写字母、小写字母、数字和符号/);
  assert.match(problems('Laoyu-tang.37', { minimumLength: 14 }).join(''), /至少要 14/);
});
