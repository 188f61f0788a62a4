import assert from 'node:assert/strict';
import { test } from 'node:test';
import { docxType } from './content-type.ts';
import { rangeOf, servingOf } from './serving.ts';

const small = { width: 30, height: 20 };

for (const [name, type, picture, kind, contentType] of [
  ['讲义.pdf', 'application/pdf', null, 'inline', 'application/pdf'],
  ['板书.jpg', 'image/jpeg', small, 'inline', 'image/jpeg'],
  ['实录.mp4', 'video/mp4', null, 'inline', 'video/mp4'],
  // The ending says another thing than the content.
  ['讲义.pdf.exe', 'application/pdf', null, 'attachment', 'application/pdf'],
  ['图.png', 'text/html', null, 'attachment', 'application/octet-stream'],
  ['图.png', 'image/jpeg', small, 'attachment', 'image/jpeg'],
  // Scripts.
  ['图.svg', 'image/svg+xml', null, 'attachment', 'application/octet-stream'],
  ['页.html', 'text/html', null, 'attachment', 'application/octet-stream'],
  ['数据.xml', 'application/xml', null, 'attachment', 'application/octet-stream'],
  ['动画.swf', 'application/x-shockwave-flash', null, 'attachment', 'application/octet-stream'],
  ['说明.txt', 'text/plain', null, 'attachment', 'application/octet-stream'],
  ['教案.docx', docxType, null, 'attachment', docxType],
  // A picture bomb, and a picture that does not say how large it is.
  ['炸弹.png', 'image/png', { width: 60_000, height: 60_000 }, 'attachment', 'image/png'],
  ['坏.png', 'image/png', null, 'attachment', 'image/png'],
] as const)
  test(`${name} holding ${type} goes out as ${kind}`, () => {
    const serving = servingOf({ name, type, picture });
    assert.deepEqual([serving.kind, serving.contentType], [kind, contentType]);
    assert.match(serving.policy, /default-src 'none'/);
    assert.equal(serving.policy.includes('sandbox'), name !== '讲义.pdf');
  });

for (const [header, range] of [
  [undefined, null],
  ['bytes=0-0', { first: 0, last: 0 }],
  ['bytes=90-', { first: 90, last: 99 }],
  ['bytes=90-200', { first: 90, last: 99 }],
  ['bytes=99-99', { first: 99, last: 99 }],
  ['bytes=-10', { first: 90, last: 99 }],
  ['bytes=-1000', { first: 0, last: 99 }],
  ['bytes=-0', 'beyond'],
  ['bytes=100-', 'beyond'],
  ['bytes=99999999999999999999-', 'beyond'],
  ['bytes=9-3', null],
  ['bytes=0-1,5-6', null],
  ['bytes=-', null],
  ['bytes=a-b', null],
  ['lines=1-2', null],
] as const)
  test(`of 100 bytes, "${header}" asks for ${JSON.stringify(range)}`, () => {
    assert.deepEqual(rangeOf(header, 100), range);
  });
