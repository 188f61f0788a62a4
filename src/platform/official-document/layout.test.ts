import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { layOut, layOutTable, signatureIndents } from './layout.ts';
import { fullDocument, plainText } from './testing.ts';
import { displayWidth, printable } from './text.ts';
import { breakTitle } from './title.ts';

test('with a seal the date stands four in and the signature is centred above it', () => {
  for (const [issuer, date] of [
    [6, 6.5],
    [12, 6.5],
    [3, 7],
  ] as const) {
    const indents = signatureIndents(issuer, date, true);
    assert.equal(indents.issuer + issuer / 2, indents.date + date / 2);
    assert.equal(indents.date, 4);
  }
});

test('a very long signature above a seal stays inside the text and keeps its centre', () => {
  const indents = signatureIndents(20, 6, true);
  assert.ok(indents.issuer >= 0);
  assert.equal(indents.issuer + 10, indents.date + 3);
});

test('without a seal the signature stands two in and the date starts two right of it', () => {
  const { issuer, date } = signatureIndents(10, 7, false);
  assert.equal(issuer, 2);
  assert.equal(date + 7, issuer + 10 - 2);
});

test('without a seal a longer date stands two in and the signature moves', () => {
  const { issuer, date } = signatureIndents(5, 7, false);
  assert.equal(date, 2);
  assert.equal(issuer + 5, date + 7 + 2);
});

test('no signature or date ever leaves the text', () => {
  const width = fc.integer({ min: 2, max: 48 }).map((half) => half / 2);
  fc.assert(
    fc.property(width, width, fc.boolean(), (issuer, date, sealed) => {
      const indents = signatureIndents(issuer, date, sealed);
      assert.ok(indents.issuer >= 0 && indents.date >= 0);
    }),
  );
});

test('titles break by sense', () => {
  const cases: [string, string[]][] = [
    ['关于召开会议的通知', ['关于召开会议的通知']],
    [
      '云溪区教育局关于中小学研训中心组推进工作的实施方案',
      ['云溪区教育局', '关于中小学研训中心组推进工作的实施方案'],
    ],
    [
      '云溪区中小学研训中心组成员名单（初中、小学）分组与联络方式一览表',
      ['云溪区中小学研训中心组成员名单', '（初中、小学）分组与联络方式一览表'],
    ],
    ['由起草人\n自己断行', ['由起草人', '自己断行']],
  ];
  for (const [title, lines] of cases) assert.deepEqual(breakTitle(title, 20), lines);
});

test('a broken title loses nothing and fits its lines', () => {
  const words = fc.constantFrom(
    '云溪区',
    '教育局',
    '关于',
    '听课',
    '《实施方案》',
    '的',
    '通知',
    '2024年',
    '、',
    '（试行）',
    '研训',
  );
  fc.assert(
    fc.property(fc.array(words, { minLength: 1, maxLength: 40 }), (parts) => {
      const title = parts.join('');
      const lines = breakTitle(title, 20);
      assert.equal(lines.join(''), title);
      for (const line of lines) assert.ok(displayWidth(line) <= 20, line);
    }),
    { numRuns: 60 },
  );
});

test('equal cells merge downwards within the merged cells to their left', () => {
  const laid = layOutTable({
    columns: [{ title: '片', mergeDown: true }, { title: '学科', mergeDown: true }, { title: '姓名' }],
    rows: [
      ['东', '语文', '甲'],
      ['东', '语文', '乙'],
      ['西', '语文', '丙'],
      ['西', '', '丁'],
      ['西', '', '戊'],
    ],
  });
  assert.deepEqual(
    laid.rows.map((row) => row.map(({ span }) => span)),
    [
      [2, 2, 1],
      [0, 0, 1],
      [3, 1, 1],
      [0, 1, 1],
      [0, 1, 1],
    ],
  );
});

test('merged cells cover every row exactly once', () => {
  const cell = fc.constantFrom('', '甲', '乙');
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 20 }), (rows) => {
      const laid = layOutTable({
        columns: [
          { title: 'a', mergeDown: true },
          { title: 'b', mergeDown: true },
        ],
        rows,
      });
      for (const column of [0, 1]) {
        const spans = laid.rows.map((row) => row[column]?.span ?? 0);
        assert.equal(
          spans.reduce((sum, span) => sum + span, 0),
          rows.length,
        );
      }
    }),
  );
});

test('a row that is too short or too long is brought to the number of columns', () => {
  const laid = layOutTable({ columns: [{ title: 'a' }, { title: 'b' }], rows: [['1'], ['1', '2', '3']] });
  assert.deepEqual(
    laid.rows.map((row) => row.map(({ text }) => text)),
    [
      ['1', ''],
      ['1', '2'],
    ],
  );
});

test('marks of punctuation that the standard rules out are taken off', () => {
  const laid = layOut(
    fullDocument({
      recipients: '各中小学：',
      note: '（此件公开发布）',
      copyTo: '抄送：区委办公室。',
      attachments: [{ name: '名单。', body: [] }],
    }),
  );
  assert.equal(laid.recipients, '各中小学');
  assert.equal(laid.note, '此件公开发布');
  assert.equal(laid.copyTo, '区委办公室');
  assert.deepEqual(laid.attachmentLines, [{ label: '', name: '名单' }]);
  assert.equal(laid.attachments[0]?.label, '附件');
});

test('a page break belongs to what follows it, and a short last paragraph to the signature', () => {
  const laid = layOut(
    fullDocument({
      body: [
        { kind: 'paragraph', text: plainText(40) },
        { kind: 'page-break' },
        { kind: 'paragraph', text: '第一段\n第二段' },
        { kind: 'page-break' },
      ],
    }),
  );
  assert.deepEqual(
    laid.body.map(({ breakBefore, keepWithNext }) => [breakBefore, keepWithNext]),
    [
      [false, false],
      [true, false],
      [false, true],
    ],
  );
});

test('text is cleaned of what neither XML nor PDF can hold, and of nothing else', () => {
  assert.equal(printable('a\u0000b\tc\r\nd\u001b\ud800e'), 'ab c\nd\ufffde');
  const kept = '<&>"\'😀酄𠀀〔〕—…“”\\#$`';
  assert.equal(printable(kept), kept);
});
