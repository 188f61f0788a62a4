import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  answeredUpload,
  begunUpload,
  nextPiece,
  percentOf,
  resumedUpload,
  sizeText,
  type UploadAnswer,
  type UploadState,
  waitAfter,
} from './upload.ts';

const size = 20_000_000;
const answer = (
  status: number | null,
  offset: number | null = null,
  sentence: string | null = null,
): UploadAnswer => ({
  status,
  offset,
  sentence,
});
const going = (step: 'announce' | 'ask' | 'send', offset = 0, failures = 0) =>
  ({ kind: 'going', step, offset, failures }) as const;

for (const [what, state, given, next] of [
  ['announced, it asks where the server stands', going('announce'), answer(201), going('ask')],
  ['told where, it sends from there', going('ask'), answer(200, 5_000), going('send', 5_000)],
  ['a piece taken, it sends the next', going('send', 5_000, 2), answer(204, 9_000), going('send', 9_000)],
  ['all taken, it has arrived', going('send', 5_000), answer(204, size), { kind: 'arrived', offset: size }],
  ['all there already, it has arrived', going('ask'), answer(200, size), { kind: 'arrived', offset: size }],
  ['unknown to the server, it is announced anew', going('ask', 5_000), answer(404), going('announce')],
  ['another place than thought, it asks', going('send', 5_000), answer(409), going('ask', 5_000, 1)],
  [
    'without an answer to a piece, it waits and asks',
    going('send', 5_000, 1),
    answer(null),
    { kind: 'waiting', step: 'ask', offset: 5_000, failures: 2 },
  ],
  [
    'without an answer to its announcement, it waits and announces again',
    going('announce'),
    answer(502),
    { kind: 'waiting', step: 'announce', offset: 0, failures: 1 },
  ],
  ['signed out, it stands', going('send', 5_000), answer(401), { kind: 'signed-out', offset: 5_000 }],
  [
    'refused, it says why',
    going('announce'),
    answer(409, null, '已到上限。'),
    { kind: 'refused', offset: 0, sentence: '已到上限。' },
  ],
  [
    'with no room on the disk, it says so and stands',
    going('send', 5_000),
    answer(507, null, '空间已满。'),
    { kind: 'refused', offset: 5_000, sentence: '空间已满。' },
  ],
] as const)
  test(what, () => {
    assert.deepEqual(answeredUpload(state, size, given), next);
  });

test('a server that contradicts itself is not asked for ever', () => {
  let state: UploadState = going('send', 5_000);
  for (let turn = 0; turn < 20 && state.kind === 'going'; turn += 1)
    state = answeredUpload(state, size, state.step === 'send' ? answer(409) : answer(200, 5_000));
  assert.equal(state.kind, 'refused');
});

test('whatever it stood at, going on asks the server first, but for an announcement not answered', () => {
  assert.deepEqual(resumedUpload({ kind: 'refused', offset: 7, sentence: '' }), going('ask', 7));
  assert.deepEqual(resumedUpload({ kind: 'signed-out', offset: 7 }), going('ask', 7));
  assert.deepEqual(
    resumedUpload({ kind: 'waiting', step: 'announce', offset: 0, failures: 3 }),
    going('announce', 0, 3),
  );
  assert.deepEqual([begunUpload(true), begunUpload(false)], [going('ask'), going('announce')]);
});

test('pieces cover a file without gap or overlap', () => {
  let offset = 0;
  let pieces = 0;
  while (offset < size) {
    const { from, to } = nextPiece(offset, size);
    assert.equal(from, offset);
    assert.ok(to > from && to <= size);
    offset = to;
    pieces += 1;
  }
  assert.deepEqual([offset, pieces], [size, 3]);
});

test('waits grow and end at half a minute; figures read well', () => {
  assert.deepEqual([1, 2, 3, 50].map(waitAfter), [1_000, 2_000, 4_000, 30_000]);
  assert.deepEqual([0, 999, 1_536, 12_500_000, 4 * 2 ** 30].map(sizeText), [
    '0 字节',
    '999 字节',
    '1.5 KB',
    '11.9 MB',
    '4 GB',
  ]);
  assert.deepEqual([percentOf(0, 9), percentOf(8_999, 9_000), percentOf(9, 9)], [0, 99, 100]);
});
