import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { Document, Packer, Paragraph, Table, TableCell, TableRow as WordRow } from 'docx';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { writeXlsx } from 'hucre';
import { readPastedTables, readTables, readTablesAt } from './read-tables.ts';
import { collectRows, makeXlsx } from './testing.ts';
import type { UnreadableKind } from './unreadable-file.ts';
import { UnreadableFile } from './unreadable-file.ts';

const xlsx = (bytes: Buffer) => collectRows({ name: 'x.xlsx', bytes });
const text = (content: string | Buffer) => collectRows({ name: '名单.txt', bytes: Buffer.from(content) });
const cells = async (rows: Promise<{ cells: string[] }[]>) => (await rows).map((row) => row.cells);

const refused = (kind: UnreadableKind) => (error: unknown) => {
  assert.ok(error instanceof UnreadableFile, String(error));
  assert.equal(error.kind, kind);
  assert.match(error.message, /请/u);
  return true;
};

suite('xlsx', () => {
  test('shared strings, several sheets, empty rows left out, hidden sheets left out', async () => {
    const bytes = makeXlsx([
      { name: '小学', rows: [['学科', '', '组员'], [], ['', '', '<丙> & "丁"', '']] },
      { name: '草稿', rows: [['不要']], hidden: true },
      { name: '初中', rows: [['乙']] },
    ]);
    const rows = await xlsx(bytes);
    assert.deepEqual(
      rows.map(({ table, row, cells: values, ref }) => [table, row, values, ref(2)]),
      [
        ['小学', 1, ['学科', '', '组员'], '小学!C1'],
        ['小学', 3, ['', '', '<丙> & "丁"'], '小学!C3'],
        ['初中', 1, ['乙'], '初中!C1'],
      ],
    );
  });

  test('merged cells repeat their value downwards and say where it stands; sideways they do not', async () => {
    const bytes = makeXlsx([
      {
        name: '甲',
        rows: [['题目'], ['语文', 'a'], ['', 'b'], ['', 'c'], ['数学', 'd']],
        merges: ['A1:B1', 'A2:A4'],
      },
    ]);
    const rows = await xlsx(bytes);
    assert.deepEqual(
      rows.map((row) => row.cells),
      [['题目'], ['语文', 'a'], ['语文', 'b'], ['语文', 'c'], ['数学', 'd']],
    );
    assert.equal(rows[3]?.ref(0), '甲!A2');
    assert.equal(rows[3]?.ref(1), '甲!B4');
  });

  test('numbers, dates by style, zero-padded numbers, stored formula values, inline and phonetic text', async () => {
    const data = `<row r="1">
      <c r="A1"><v>1.3012345678E10</v></c><c r="B1" s="1"><v>45317</v></c><c r="C1" s="2"><v>42</v></c>
      <c r="D1"><f>1+1</f><v>2</v></c><c r="E1" t="str"><f>A1</f><v>文</v></c>
      <c r="F1" t="inlineStr"><is><r><t>肖</t></r><r><t>静</t></r><rPh><t>xiao</t></rPh></is></c>
      <c r="G1"><v>0.30000000000000004</v></c><c r="H1" t="b"><v>1</v></c><c r="I1"><f>NOW()</f></c>
      <c r="J1" s="3"><v>45317.5</v></c><c r="K1" t="str"><v>a_x000A_b</v></c></row>`;
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="000000"/><numFmt numFmtId="171" formatCode="yyyy&quot;年&quot;m&quot;月&quot; h:mm"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>';
    const bytes = makeXlsx([{ name: '甲', rows: [], data }], { 'xl/styles.xml': styles });
    assert.deepEqual(await cells(xlsx(bytes)), [
      [
        '13012345678',
        '2024-01-26',
        '000042',
        '2',
        '文',
        '肖静',
        '0.3',
        'TRUE',
        '',
        '2024-01-26 12:00:00',
        'a\nb',
      ],
    ]);
  });

  test('what another program writes is read, whatever the file is called', async () => {
    const written = await writeXlsx({
      sheets: [
        {
          name: '表',
          rows: [
            ['学科', '组长'],
            ['语文', '甲'],
            [null, '乙'],
          ],
          merges: [{ startRow: 1, startCol: 0, endRow: 2, endCol: 0 }],
        },
      ],
    });
    const rows = await collectRows({ name: '名单.doc', bytes: Buffer.from(written) });
    assert.deepEqual(
      rows.map((row) => row.cells),
      [
        ['学科', '组长'],
        ['语文', '甲'],
        ['语文', '乙'],
      ],
    );
  });

  test('any grid of text comes back', async () => {
    const cell = fc
      .string({ unit: 'grapheme', maxLength: 8 })
      .map((value) => value.replace(/\p{Cc}|\p{Cs}|\ufffe|\uffff/gu, '').trim());
    const grid = fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(grid, async (rows) => {
        const expected = rows
          .map((row) => row.slice(0, row.findLastIndex((value) => value !== '') + 1))
          .filter((row) => row.length > 0);
        assert.deepEqual(await cells(xlsx(makeXlsx([{ name: '甲', rows }]))), expected);
      }),
      { numRuns: 60 },
    );
  });
});

suite('docx', () => {
  const cell = (value: string, options: { rowSpan?: number; columnSpan?: number } = {}) =>
    new TableCell({ ...options, children: value.split('\n').map((line) => new Paragraph(line)) });

  test('tables with merged cells, and the paragraphs between them', async () => {
    const document = new Document({
      sections: [
        {
          children: [
            new Paragraph('附 1.'),
            new Table({
              rows: [
                new WordRow({ children: [cell('题', { columnSpan: 2 }), cell('末')] }),
                new WordRow({ children: [cell('语文', { rowSpan: 2 }), cell('甲\n乙'), cell('丙')] }),
                new WordRow({ children: [cell('丁'), cell('戊')] }),
              ],
            }),
            new Paragraph('附 2.'),
            new Table({ rows: [new WordRow({ children: [cell('己')] })] }),
          ],
        },
      ],
    });
    const rows = await collectRows({ name: 'x', bytes: await Packer.toBuffer(document) });
    assert.deepEqual(
      rows.map(({ table, cells: values }) => [table, ...values]),
      [
        ['正文', '附 1.'],
        ['表1', '题', '', '末'],
        ['表1', '语文', '甲\n乙', '丙'],
        ['表1', '语文', '丁', '戊'],
        ['正文', '附 2.'],
        ['表2', '己'],
      ],
    );
    assert.equal(rows[3]?.ref(0), '表1 第2行第1列');
    assert.equal(rows[3]?.ref(2), '表1 第3行第3列');
  });

  test('text boxes, deleted text and nested tables do not break the grid', async () => {
    const p = (inner: string) => `<w:p><w:r>${inner}</w:r></w:p>`;
    const t = (value: string) => `<w:t>${value}</w:t>`;
    const body = `<w:tbl><w:tr><w:tc>${p(`${t('甲')}<w:pict><w:txbxContent>${p(t('框'))}</w:txbxContent></w:pict>`)}
      <w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p></w:tc>
      <w:tc><w:tbl><w:tr><w:tc>${p(t('内'))}</w:tc></w:tr></w:tbl>${p(t('外'))}</w:tc><w:tc>${p(t('末'))}</w:tc></w:tr></w:tbl>`;
    assert.deepEqual(await cells(collectRows({ name: 'x', bytes: makeDocx(body) })), [
      ['甲', '内\n外', '末'],
    ]);
  });
});

const makeDocx = (body: string, start = '') =>
  Buffer.from(
    zipSync({
      '_rels/.rels': strToU8(
        '<Relationships><Relationship Id="r" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>',
      ),
      'word/document.xml': strToU8(`${start}<w:document xmlns:w="w"><w:body>${body}</w:body></w:document>`),
    }),
  );

suite('separated text', () => {
  test('tabs, commas, semicolons and runs of spaces', async () => {
    assert.deepEqual(await cells(text('a\tb, c\n\td\n')), [
      ['a', 'b, c'],
      ['', 'd'],
    ]);
    assert.deepEqual(await cells(text('a,"b, ""c""\n继",d\r\n\r\n,,e,\r\n')), [
      ['a', 'b, "c"\n继', 'd'],
      ['', '', 'e'],
    ]);
    assert.deepEqual(await cells(text('a;b\nc;d')), [
      ['a', 'b'],
      ['c', 'd'],
    ]);
    assert.deepEqual(await cells(text('学科  组长　组员\n语文  甲 乙  丙\n      丁  戊\n')), [
      ['学科', '组长', '组员'],
      ['语文', '甲 乙', '丙'],
      ['', '丁', '戊'],
    ]);
  });

  test('a quote that never closes is a character', async () => {
    assert.deepEqual(await cells(text('a\t"b\nc\td')), [
      ['a', '"b'],
      ['c', 'd'],
    ]);
  });

  test('rows are counted as the person sees them', async () => {
    const rows = await text('甲\n\n"a\nb"\tc\n丁\n');
    assert.deepEqual(
      rows.map(({ row }) => row),
      [1, 3, 5],
    );
    assert.equal(rows[2]?.ref(1), '名单.txt 第5行第2列');
  });

  test('UTF-8 with a mark, UTF-16, GB18030', async () => {
    assert.deepEqual(await cells(text('\ufeff柳树酄\tb')), [['柳树酄', 'b']]);
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('柳树酄\tb', 'utf16le')]);
    assert.deepEqual(await cells(text(utf16)), [['柳树酄', 'b']]);
    const gbk = Buffer.from([0xc1, 0xf8, 0xca, 0xf7, 0xe0, 0xa0, 0x09, 0x62]);
    assert.deepEqual(await cells(text(gbk)), [['柳树酄', 'b']]);
  });

  test('any grid of text comes back from quoted CSV', async () => {
    const cell = fc.string({ unit: fc.constantFrom('甲', '乙', '"', ',', '\n', 'x', ' ', '0') });
    const grid = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(grid, async (rows) => {
        const written = rows
          .map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(','))
          .join('\n');
        const expected = rows
          .map((row) => row.slice(0, row.findLastIndex((value) => value.trim() !== '') + 1))
          .filter((row) => row.length > 0);
        assert.deepEqual(await cells(text(written)), expected);
      }),
    );
  });

  test('pasted text', async () => {
    const [row] = await Array.fromAsync(readPastedTables('甲\t乙'));
    assert.equal(row?.ref(1), '粘贴的文本 第1行第2列');
  });
});

test('a folder is its table files in the order of their names', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tables-'));
  try {
    await writeFile(join(folder, 'b.csv'), 'c,d');
    await writeFile(join(folder, 'a.xlsx'), makeXlsx([{ name: '一', rows: [['a', 'b']] }]));
    await writeFile(join(folder, 'README.md'), '不读');
    await writeFile(join(folder, '~$a.xlsx'), '不读');
    const rows = await Array.fromAsync(readTablesAt(folder));
    assert.deepEqual(
      rows.map(({ table, cells: values }) => [table, ...values]),
      [
        ['一', 'a', 'b'],
        ['b.csv', 'c', 'd'],
      ],
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

suite('refusals', () => {
  const sheetPart = (content: string) =>
    makeXlsx([], {
      'xl/workbook.xml': '<workbook><sheets><sheet name="甲" r:id="r1"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="s.xml"/></Relationships>',
      'xl/s.xml': content,
    });

  test('a zip bomb, by size and by ratio, whatever its directory says', async () => {
    const row = '<row><c t="str"><v>0</v></c></row>';
    const bomb = sheetPart(`<worksheet><sheetData>${row.repeat(1_000_000)}</sheetData></worksheet>`);
    assert.ok(bomb.length < 300_000);
    await assert.rejects(xlsx(bomb), refused('unsafe'));
    await assert.rejects(
      Array.fromAsync(readTables({ name: 'x', bytes: bomb }, { ratio: 5000, partBytes: 1_000_000 })),
      refused('too-large'),
    );
    const lying = Buffer.from(bomb);
    const directory = lying.lastIndexOf(Buffer.from('xl/s.xml')) - 46;
    assert.equal(lying.readUInt32LE(directory), 0x02014b50);
    lying.writeUInt32LE(1000, directory + 24);
    await assert.rejects(xlsx(lying), UnreadableFile);
  });

  test('ten million rows declared take no memory; a row beyond the grid is refused', async () => {
    const wide =
      '<worksheet><dimension ref="A1:XFD10000000"/><sheetData><row r="1048576"><c t="str"><v>末</v></c></row></sheetData></worksheet>';
    const [row] = await xlsx(sheetPart(wide));
    assert.equal(row?.ref(0), '甲!A1048576');
    const far =
      '<worksheet><sheetData><row r="10000000"><c t="str"><v>末</v></c></row></sheetData></worksheet>';
    await assert.rejects(xlsx(sheetPart(far)), refused('too-large'));
  });

  test('more rows or columns than allowed', async () => {
    const bytes = makeXlsx([{ name: '甲', rows: [['a'], ['b'], ['c', 'd']] }]);
    await assert.rejects(
      Array.fromAsync(readTables({ name: 'x', bytes }, { rows: 2 })),
      refused('too-large'),
    );
    await assert.rejects(
      Array.fromAsync(readTables({ name: 'x', bytes }, { columns: 1 })),
      refused('too-large'),
    );
  });

  test('a declared entity, and an undeclared one', async () => {
    const declared =
      '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c t="str"><v>&a;</v></c></row></sheetData></worksheet>';
    await assert.rejects(xlsx(sheetPart(declared)), refused('unsafe'));
    await assert.rejects(xlsx(sheetPart(declared.slice(declared.indexOf('<worksheet')))), refused('damaged'));
    await assert.rejects(collectRows({ name: 'x', bytes: makeDocx('', '<!DOCTYPE x>') }), refused('unsafe'));
  });

  test('a zip of tables, an old file, a PDF, a picture, an empty presentation', async () => {
    const inner = makeXlsx([{ name: '甲', rows: [['a']] }]);
    await assert.rejects(xlsx(Buffer.from(zipSync({ 'a.xlsx': inner }))), refused('plain-archive'));
    await assert.rejects(xlsx(Buffer.from('d0cf11e0a1b11ae1', 'hex')), refused('old-format'));
    await assert.rejects(xlsx(Buffer.from('%PDF-1.7')), refused('unknown-format'));
    await assert.rejects(xlsx(Buffer.from('89504e470d0a1a0a0000000d', 'hex')), refused('unknown-format'));
    const slides =
      '<Relationships><Relationship Type="x/officeDocument" Target="ppt/p.xml"/></Relationships>';
    await assert.rejects(
      xlsx(Buffer.from(zipSync({ '_rels/.rels': strToU8(slides) }))),
      refused('unknown-format'),
    );
  });

  test('a file cut off anywhere is refused or read, never anything else', async () => {
    const whole = makeXlsx([
      {
        name: '甲',
        rows: [
          ['学科', '组长'],
          ['语文', '乙'],
        ],
      },
    ]);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 5, max: whole.length - 1 }), async (length) => {
        await assert.rejects(xlsx(whole.subarray(0, length)), UnreadableFile);
      }),
      { numRuns: 40 },
    );
  });

  test('bytes changed anywhere end in rows or in a refusal', async () => {
    const whole = makeXlsx([
      {
        name: '甲',
        rows: [
          ['学科', '组长'],
          ['语文', '乙'],
        ],
      },
    ]);
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        await xlsx(bytes).catch((error: unknown) =>
          assert.ok(error instanceof UnreadableFile, String(error)),
        );
      }),
      { numRuns: 150 },
    );
  });
});
