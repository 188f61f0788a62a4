import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import { newId } from '#platform/ids.ts';
import { Refusal } from '#platform/refusal.ts';
import { aRow, contextOf } from '../../testing.ts';
import { applyPackageAt, previewPackageAt } from '../bringing/actions.ts';
import { aDistrict, downloaded, jsonOf, made, repacked } from '../testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'yanxun-package-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const zipAt = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

const from = await aDistrict();
await made(from, '两位数乘两位数', { files: [Buffer.from('课件一')] });
const given = await downloaded(await contextOf(from.db, from.people.teacher), from.files);
const to = await aDistrict();
const origin = { accountId: null, personId: null, name: '命令行导入', address: '本机' };

describe('what is refused, with nothing written', () => {
  const list = jsonOf(given.parts, 'manifest.json');
  const item = `${list.items[0].folder}/item.json`;
  const file = Object.keys(given.parts).find((path) => path.startsWith('files/')) ?? '';
  const changed = (what: object): string => JSON.stringify({ ...jsonOf(given.parts, item), ...what });
  const nested = (times: number): string =>
    `{"content":{"sections":[{"key":"board","title":"板书","body":{"form":"text","blocks":[${'{"type":"bulletList","content":[{"type":"listItem","content":['.repeat(times)}{"type":"paragraph"}${']}]}'.repeat(times)}]}}]}}`;
  const bomb = new Uint8Array(80 * 2 ** 20);
  for (const [what, path, sentence] of [
    ['a text', zipAt('t.zip', strToU8('你好')), /不是 \.zip 文件/],
    ['a file cut off', zipAt('cut.zip', given.bytes.subarray(0, given.bytes.length - 400)), /没有传完整/],
    ['another zip', zipAt('z.zip', zipSync({ 'a.txt': strToU8('a') })), /没有|不是研训资源包/],
    ['a path that climbs', zipAt('p.zip', zipSync({ '../a.txt': strToU8('a') })), /不安全的文件路径/],
    ['a bomb', zipAt('b.zip', zipSync({ 'manifest.json': bomb })), /压缩炸弹/],
    [
      'another hash',
      repacked(
        join(folder, 'h.zip'),
        given.parts,
        { [file]: new Uint8Array((given.parts[file] ?? []).length) },
        { listed: false },
      ),
      /校验值不符/,
    ],
    [
      'a file missing',
      repacked(join(folder, 'm.zip'), given.parts, { [file]: null }, { listed: false }),
      /缺少/,
    ],
    [
      'a file too many',
      repacked(join(folder, 'x.zip'), given.parts, { 'a.exe': 'a' }, { listed: false }),
      /清单上没有/,
    ],
    [
      'a foreign list',
      repacked(join(folder, 'f.zip'), given.parts, { 'manifest.json': '{"format":"imscp","files":[]}' }),
      /不是研训资源包/,
    ],
    [
      'a later format',
      repacked(join(folder, 'v.zip'), given.parts, {
        'manifest.json': JSON.stringify({ ...list, version: 2 }),
      }),
      /更新的平台/,
    ],
    ['no JSON', repacked(join(folder, 'j.zip'), given.parts, { [item]: '{' }), /不符合资源包的格式/],
    [
      'a foreign design',
      repacked(join(folder, 'd.zip'), given.parts, { [item]: changed({ versions: [{ content: {} }] }) }),
      /不符合资源包的格式（item\.json 的 versions/,
    ],
    [
      'a grade of no stage',
      repacked(join(folder, 'g.zip'), given.parts, { [item]: changed({ grade: 9 }) }),
      /前后不一致/,
    ],
    [
      'a character that cannot be kept',
      repacked(join(folder, 'n.zip'), given.parts, { [item]: changed({ summary: '\0' }) }),
      /无法保存的内容/,
    ],
    [
      'a design nested without end',
      repacked(join(folder, 'deep.zip'), given.parts, {
        [item]: changed({ versions: 0 }).replace('"versions":0', `"versions":[${nested(2_000)}]`),
      }),
      /无法保存的内容/,
    ],
    [
      'a time before the calendar',
      repacked(join(folder, 'y.zip'), given.parts, {
        [item]: JSON.stringify(jsonOf(given.parts, item)).replaceAll(
          /"publishedAt":"\d{4}/g,
          '"publishedAt":"0000',
        ),
      }),
      /versions\.0\.publishedAt/,
    ],
    ...(
      [
        ['a link that is none', 'javascript:alert(1)', /网盘链接“网盘”不能用/],
        ['a link into the building', 'https://192.168.1.1/a', /不是公网网盘/],
      ] as const
    ).map(
      ([name, url, refusal]) =>
        [
          name,
          repacked(join(folder, `${name}.zip`), given.parts, {
            [item]: changed({
              attachments: [{ title: '网盘', link: { url, accessCode: '', expiresOn: null } }],
            }),
          }),
          refusal,
        ] as const,
    ),
    [
      'an item under another id',
      repacked(join(folder, 'i.zip'), given.parts, { [item]: changed({ id: newId() }) }),
      /前后不一致/,
    ],
  ] as const)
    it(what, async () => {
      const brought = { path, fileName: '包.zip', schoolId: null };

      for (const bring of [
        () => previewPackageAt(to.db, brought),
        () => applyPackageAt(to.db, origin, to.files, brought),
      ])
        await assert.rejects(bring(), (error) => error instanceof Refusal && sentence.test(error.message));
      assert.deepEqual(await to.db.selectFrom('library.item').select('id').execute(), []);
      assert.deepEqual(await to.db.selectFrom('platform.upload').select('id').execute(), []);
    });
});

it('what nobody may publish here is in conflict, and stays out', async () => {
  const list = jsonOf(given.parts, 'manifest.json');
  const item = `${list.items[0].folder}/item.json`;
  const whole = jsonOf(given.parts, item);
  const bought = {
    key: 'items',
    title: '试题',
    body: { form: 'rows', rows: [aRow('r', { purchased: 'yes' })] },
  };
  const path = repacked(join(folder, 'bought.zip'), given.parts, {
    'manifest.json': JSON.stringify({ ...list, items: [{ ...list.items[0], kind: 'test-item' }] }),
    [item]: JSON.stringify({
      ...whole,
      kind: 'test-item',
      versions: [{ ...whole.versions[0], content: { sections: [bought] } }],
    }),
  });
  const brought = { path, fileName: '包.zip', schoolId: null };
  for (const { counts, rows } of [
    await previewPackageAt(to.db, brought),
    await applyPackageAt(to.db, origin, to.files, brought),
  ]) {
    assert.equal(counts.conflict, 1);
    assert.match(rows[0]?.sentences[0] ?? '', /不得购买试题/);
  }
  assert.deepEqual(await to.db.selectFrom('library.item').select('id').execute(), []);
});
