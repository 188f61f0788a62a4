import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isExpired, netdiskOf, readLink } from './rules.ts';

for (const [pasted, code, url, accessCode, netdisk] of [
  ['https://pan.baidu.com/s/1abc', 'x7k2', 'https://pan.baidu.com/s/1abc', 'x7k2', '百度网盘'],
  [
    '通过网盘分享的文件：第三单元课件.zip\n链接: https://pan.baidu.com/s/1abc?pwd=ab12 提取码: ab12\n--来自百度网盘',
    '',
    'https://pan.baidu.com/s/1abc?pwd=ab12',
    'ab12',
    '百度网盘',
  ],
  ['https://pan.quark.cn/s/9f8e', '', 'https://pan.quark.cn/s/9f8e', '', '夸克网盘'],
  ['链接：https://cloud.189.cn/t/q1（访问码：k9dw）', '', 'https://cloud.189.cn/t/q1', 'k9dw', '天翼云盘'],
  ['https://www.alipan.com/s/a', '', 'https://www.alipan.com/s/a', '', '阿里云盘'],
  ['https://files.example.edu.cn/a', '', 'https://files.example.edu.cn/a', '', null],
  ['https://notpan.baidu.com.evil.example/s', '', 'https://notpan.baidu.com.evil.example/s', '', null],
] as const)
  test(`from ${JSON.stringify(pasted)} the address and the code are read`, () => {
    assert.deepEqual(readLink(pasted, code), { ok: true, url, accessCode });
    assert.equal(netdiskOf(url), netdisk);
  });

for (const [pasted, code, said] of [
  ['在网盘里自己找', '', /没有找到链接/],
  ['javascript:alert(1)', '', /没有找到链接/],
  ['http://pan.baidu.com/s/1', '', /https/],
  ['https://user:secret@pan.baidu.com/s/1', '', /用户名和密码/],
  ['https://127.0.0.1/x', '', /公网/],
  ['https://[::1]/x', '', /公网/],
  ['https://2130706433/x', '', /公网/],
  ['https://localhost/x', '', /公网/],
  ['https://nas/x', '', /公网/],
  ['https://pan.baidu.com:8443/x', '', /公网/],
  ['https://pan.baidu.com/s/1', '密码是abcd', /字母和数字/],
] as const)
  test(`${pasted} is refused in words`, () => {
    const read = readLink(pasted, code);
    assert.equal(read.ok, false);
    assert.match(read.ok ? '' : read.sentence, said);
  });

for (const [expiresOn, expired] of [
  [null, false],
  ['2026-11-26', false],
  ['2026-11-27', false],
  ['2026-11-25', true],
] as const)
  test(`on 26 November a link to the end of ${expiresOn} is ${expired ? 'expired' : 'good'}`, () => {
    assert.equal(isExpired(expiresOn, '2026-11-26'), expired);
  });
