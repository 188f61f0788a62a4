import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanFileName, contentDisposition, extensionOf } from './file-name.ts';

for (const [given, cleaned] of [
  ['第一单元 教学设计.docx', '第一单元 教学设计.docx'],
  ['𠮷田の教案.docx', '𠮷田の教案.docx'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\fakepath\\课件.pptx', '课件.pptx'],
  ['课件\0.pptx', '课件.pptx'],
  ['photo\u202Egpj.exe', 'photogpj.exe'],
  ['换\r\n行.txt', '换行.txt'],
  ['con.txt', '_con.txt'],
  ['LPT1', '_LPT1'],
  ['console.txt', 'console.txt'],
  ['教案.jpg.exe', '教案.jpg.exe'],
  ['a<b>:"|?*.txt', 'a_b______.txt'],
  ['..', '未命名文件'],
  ['', '未命名文件'],
  ['课件.pptx...  ', '课件.pptx'],
  ['.bashrc', 'bashrc'],
  ['半\uD800个.txt', '半\uFFFD个.txt'],
  ['e\u0301.txt', '\u00E9.txt'],
] as const)
  test(`the name ${JSON.stringify(given)} becomes ${JSON.stringify(cleaned)}`, () => {
    assert.equal(cleanFileName(given), cleaned);
  });

test('an overlong name keeps whole characters and its ending', () => {
  const name = cleanFileName(`${'𠮷'.repeat(300)}.docx`);
  assert.match(name, /^𠮷+\.docx$/u);
  assert.ok(Buffer.byteLength(name) <= 200 && Buffer.byteLength(name) > 190);
});

for (const [name, extension] of [
  ['教案.DOCX', 'docx'],
  ['a.tar.gz', 'gz'],
  ['没有', ''],
  ['.htaccess', ''],
  ['a.这', ''],
] as const)
  test(`${name} ends in "${extension}"`, () => {
    assert.equal(extensionOf(name), extension);
  });

test('a download bears its name for new and for old readers, and nothing breaks out of the header', () => {
  assert.equal(
    contentDisposition('attachment', `教案"; x='1' (终稿)*.docx`),
    'attachment; filename="___; x=\'1\' (__)*.docx"; ' +
      "filename*=UTF-8''%E6%95%99%E6%A1%88%22%3B%20x%3D%271%27%20%28%E7%BB%88%E7%A8%BF%29%2A.docx",
  );
});
