import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import { UnreadableFile } from '../spreadsheet/unreadable-file.ts';
import type { WordBlock, WordParagraph } from './document.ts';
import { wordText } from './document.ts';
import type { WordFile } from './read-word.ts';
import { readWord } from './read-word.ts';
import { makeDocx, makePng, para, picture, run, table } from './testing.ts';

const read = (bytes: Buffer): Promise<WordFile> => readWord({ name: '教案.docx', bytes });

const paragraphs = (blocks: readonly WordBlock[]): WordParagraph[] =>
  blocks.filter((block) => block.kind === 'paragraph');
const texts = (blocks: readonly WordBlock[]): string[] =>
  paragraphs(blocks).map(({ content }) => wordText(content));

const refused = async (bytes: Buffer, pattern: RegExp): Promise<void> => {
  await assert.rejects(read(bytes), (error) => {
    assert.ok(error instanceof UnreadableFile, String(error));
    assert.match(error.message, pattern);
    return true;
  });
};

const plain = makeDocx({ body: para('几分之一') });

test('what is not a .docx is refused by what it is', async () => {
  await refused(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), /另存为 \.docx/u);
  await refused(Buffer.from('%PDF-1.7'), /PDF/u);
  await refused(Buffer.from('{\\rtf1}'), /RTF/u);
  await refused(Buffer.from('<html><body>教案'), /网页/u);
  await refused(Buffer.from('教案'), /无法识别/u);
  await refused(Buffer.alloc(0), /空文件/u);
  await refused(Buffer.from(zipSync({ 'a.txt': strToU8('x') })), /压缩包/u);
});

test('macros are refused, by content type and by their part', async () => {
  const mainType = 'application/vnd.ms-word.document.macroEnabled.main+xml';
  await refused(makeDocx({ body: para('x'), mainType }), /宏.*另存为/u);
  await refused(makeDocx({ body: para('x'), extra: { 'word/vbaProject.bin': new Uint8Array([1]) } }), /宏/u);
});

test('a file cut off anywhere is refused as damaged', async () => {
  const bytes = makeDocx({ body: para('内容').repeat(500), media: { p: ['a.png', makePng(60, 60)] } });
  for (const share of [0.99, 0.9, 0.5, 0.1])
    await refused(bytes.subarray(0, Math.floor(bytes.length * share)), /已损坏或没有传完整/u);
});

test('bombs are refused: of text, of depth, of entities', async () => {
  await refused(makeDocx({ body: para('零'.repeat(9_000_000)) }), /过大|压缩炸弹/u);
  await refused(makeDocx({ body: '<w:sdt>'.repeat(400) }), /已损坏/u);
  const entities = Buffer.from(
    zipSync({
      '[Content_Types].xml': strToU8('<!DOCTYPE x [<!ENTITY a "b">]><Types/>'),
      '_rels/.rels': strToU8(
        '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="word/document.xml"/></Relationships>',
      ),
      'word/document.xml': strToU8('<w:document/>'),
    }),
  );
  await refused(entities, /DOCTYPE/u);
});

test('what stands beside the text is bounded, and read once however often it is named', async () => {
  const again = Array.from(
    { length: 59 },
    (_, at) => `<Relationship Id="again${at}" Type="x/header" Target="header.xml"/>`,
  ).join('');
  const header = para('页眉').repeat(2_000);
  const { leftOut } = await readWord({
    name: 'a.docx',
    bytes: makeDocx({ body: para('字'), header, relationships: again }),
  });
  assert.equal(leftOut.filter(({ reason }) => reason === '页眉').length, 2_000);
  await refused(makeDocx({ body: para('字'), styles: '<w:style w:styleId="a"/>'.repeat(40_000) }), /过大/u);
});

test('5,000 pages are refused early and by a clear sentence', async () => {
  const page = para('这一页写的是教学过程，教师提问，学生回答，板书要点。'.repeat(20)).repeat(2);
  const before = process.memoryUsage().rss;
  await refused(makeDocx({ body: page.repeat(5_000) }), /太长.*拆成几个文件/u);
  await refused(makeDocx({ body: para('短').repeat(25_000) }), /太长/u);
  assert.ok(process.memoryUsage().rss - before < 400_000_000);
});

test('a picture too large to unpack is left out by its head alone, the text stays', async () => {
  const bomb = makePng(4, 4, { width: 60_000, height: 60_000 });
  const { blocks, pictures, notices } = await read(
    makeDocx({ body: para('看图') + para(picture('p')), media: { p: ['a.png', bomb] } }),
  );
  assert.deepEqual(texts(blocks), ['看图', '【图片未能读入：图片的像素过多】']);
  assert.equal(pictures.size, 0);
  assert.match(notices.join(), /1 张图片不能显示（图片的像素过多）/u);
});

test('pictures are kept once with hash, size and width; others are named', async () => {
  const png = makePng(20, 10);
  const { blocks, pictures, notices } = await read(
    makeDocx({
      body:
        para(picture('p', 50)) +
        para(picture('q', 60)) +
        para(picture('w')) +
        para('<w:r><w:drawing><a:blip r:link="x"/></w:drawing></w:r>'),
      media: { p: ['a.png', png], q: ['b.png', png], w: ['c.wmf', new Uint8Array([0xd7, 0xcd, 0xc6, 0x9a])] },
      relationships:
        '<Relationship Id="x" Type="a/image" Target="http://127.0.0.1:9/x.png" TargetMode="External"/>',
    }),
  );
  const file = createHash('sha256').update(png).digest('hex');
  assert.deepEqual([...pictures.keys()], [file]);
  assert.deepEqual(pictures.get(file), { file, type: 'image/png', width: 20, height: 10, bytes: png });
  assert.deepEqual(
    paragraphs(blocks).map(({ content }) => content[0]),
    [
      { kind: 'picture', file, alt: '示意图', width: 50 },
      { kind: 'picture', file, alt: '示意图', width: 60 },
      { kind: 'text', text: '【图片未能读入：WMF 图形】', marks: [] },
      { kind: 'text', text: '【图片未能读入：只有链接】', marks: [] },
    ],
  );
  assert.match(notices.join(), /WMF 图形.*不会去外部下载/su);
});

test('marks, breaks, ruby, symbols, fields, notes and text boxes', async () => {
  const box =
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx><w:txbxContent>' +
    para('框里的字') +
    '</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>' +
    para('框里的字') +
    '</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>';
  const field = (code: string, result: string) =>
    `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>${code}</w:instrText></w:r>${result === '' ? '' : `<w:r><w:fldChar w:fldCharType="separate"/></w:r>${run(result)}`}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
  const ruby =
    '<w:r><w:ruby><w:rt><w:r><w:t>zì</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>字</w:t></w:r></w:rubyBase></w:ruby></w:r>';
  const { blocks, notices } = await read(
    makeDocx({
      body:
        para(
          run('粗', '<w:b/>') +
            run('不', '<w:b w:val="0"/>') +
            run('2', '<w:vertAlign w:val="superscript"/>'),
        ) +
        para(
          `${run('上')}<w:r><w:br/></w:r>${run('下')}${ruby}<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>`,
        ) +
        para(run('看') + field(' HYPERLINK "http://127.0.0.1/" ', '链接') + field(' EQ \\f(1,2) ', '')) +
        para(`${run('正文')}<w:r><w:footnoteReference w:id="2"/></w:r>${box}`),
      footnotes: `<w:footnote w:id="2">${para('脚注内容')}</w:footnote>`,
    }),
  );
  assert.deepEqual(paragraphs(blocks)[0]?.content, [
    { kind: 'text', text: '粗', marks: ['bold'] },
    { kind: 'text', text: '不', marks: [] },
    { kind: 'text', text: '2', marks: ['superscript'] },
  ]);
  assert.deepEqual(texts(blocks).slice(1), [
    '上\n下字(zì)☑',
    '看链接【EQ 域公式：\\f(1,2)】',
    '正文（注：脚注内容）',
    '框里的字',
  ]);
  assert.match(notices.join(), /1 个用 EQ 域写的公式/u);
});

test('tracked changes: insertions taken, deletions left out and said so; so are hidden text, headers and comments', async () => {
  const { blocks, leftOut, notices } = await read(
    makeDocx({
      body:
        para(
          `${run('留')}<w:ins>${run('增')}</w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>${run('藏', '<w:vanish/>')}`,
        ) + para(`<w:moveFrom>${run('旧处')}</w:moveFrom><w:moveTo>${run('新处')}</w:moveTo>`),
      header: para('某校教案纸'),
      comments: `<w:comment w:id="1">${para('这里要改')}</w:comment>`,
    }),
  );
  assert.deepEqual(texts(blocks), ['留增', '新处']);
  assert.deepEqual(
    leftOut.map(({ text, reason }) => [text, reason]),
    [
      ['删', '修订中删除的文字'],
      ['藏', '隐藏文字'],
      ['旧处', '修订中删除的文字'],
      ['某校教案纸', '页眉'],
      ['这里要改', '批注'],
    ],
  );
  assert.match(notices.join(), /修订/u);
});

test('formulas become LaTeX, in the line and alone; unknown parts keep their text', async () => {
  const r = (text: string) => `<m:r><m:t>${text}</m:t></m:r>`;
  const half = `<m:f><m:num>${r('1')}</m:num><m:den>${r('2')}</m:den></m:f>`;
  const sum = `<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>${r('i=1')}</m:sub><m:sup>${r('n')}</m:sup><m:e>${r('i')}</m:e></m:nary>`;
  const system = `<m:d><m:dPr><m:begChr m:val="{"/><m:endChr m:val=""/></m:dPr><m:e><m:eqArr><m:e>${r('x+y=3')}</m:e><m:e>${r('x-y=1')}</m:e></m:eqArr></m:e></m:d>`;
  const ole =
    '<w:r><w:object><v:shape style="width:40pt"><v:imagedata r:id="w"/></v:shape><o:OLEObject ProgID="Equation.DSMT4" r:id="o"/></w:object></w:r>';
  const { blocks, notices } = await read(
    makeDocx({
      body:
        para(`${run('一半是')}<m:oMath>${half}</m:oMath>${run('。')}`) +
        `<w:p><m:oMathPara><m:oMath>${sum}${r('=α')}</m:oMath></m:oMathPara></w:p>` +
        `<w:p><m:oMathPara><m:oMath>${system}</m:oMath></m:oMathPara></w:p>` +
        para(`<m:oMath><m:strange><m:e>${r('x')}</m:e></m:strange></m:oMath>`) +
        para(ole),
      media: { w: ['e.wmf', new Uint8Array([1, 2, 3])] },
    }),
  );
  assert.deepEqual(blocks.slice(0, 4), [
    {
      kind: 'paragraph',
      outline: null,
      list: null,
      label: '',
      centred: false,
      content: [
        { kind: 'text', text: '一半是', marks: [] },
        { kind: 'formula', latex: '\\frac{1}{2}' },
        { kind: 'text', text: '。', marks: [] },
      ],
    },
    { kind: 'formula', latex: '\\sum_{i=1}^{n}i=\\alpha' },
    { kind: 'formula', latex: '\\begin{cases}x+y=3 \\\\ x-y=1\\end{cases}' },
    {
      kind: 'paragraph',
      outline: null,
      list: null,
      label: '',
      centred: false,
      content: [{ kind: 'formula', latex: 'x' }],
    },
  ]);
  assert.deepEqual(texts(blocks).at(-1), '【MathType 公式未能读入】');
  assert.match(notices.join(), /不能识别的部分（strange）.*MathType/su);
});

const withDeletedRow = (rows: Parameters<typeof table>[0]): string =>
  `${table(rows).slice(0, -'</w:tbl>'.length)}<w:tr><w:trPr><w:del/></w:trPr><w:tc>${para('已删的行')}</w:tc></w:tr></w:tbl>`;

test('merged cells, nested tables and deleted rows', async () => {
  const inner = table([
    ['甲', '乙'],
    ['丙', '丁'],
  ]);
  const { blocks, notices, leftOut } = await read(
    makeDocx({
      body: withDeletedRow([
        [{ content: '课题', span: 2 }, '几分之一'],
        [{ content: '过程', merge: 'restart' }, '导入', `<w:p/>${inner}`],
        [
          { content: '', merge: 'continue' },
          { content: '新授', span: 2 },
        ],
      ]),
    }),
  );
  const [made] = blocks;
  assert.ok(made?.kind === 'table');
  assert.deepEqual(
    made.rows.map(({ cells }) =>
      cells.map(({ column, colspan, rowspan, blocks: inside }) => [
        column,
        colspan,
        rowspan,
        texts(inside).join('/'),
      ]),
    ),
    [
      [
        [0, 2, 1, '课题'],
        [2, 1, 1, '几分之一'],
      ],
      [
        [0, 1, 2, '过程'],
        [1, 1, 1, '导入'],
        [2, 1, 1, '甲\t乙/丙\t丁'],
      ],
      [[1, 2, 1, '新授']],
    ],
  );
  assert.match(notices.join(), /嵌在别的表格里/u);
  assert.deepEqual(leftOut, [{ text: '已删的行', reason: '修订中删除的表格行' }]);
});

test('headings by style, outline and inheritance; numbers as Word counts them', async () => {
  const level = (ilvl: number, format: string, text: string) =>
    `<w:lvl w:ilvl="${ilvl}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
  const number = (id: number, ilvl = 0) =>
    `<w:numPr><w:ilvl w:val="${ilvl}"/><w:numId w:val="${id}"/></w:numPr>`;
  const { blocks, leftOut } = await read(
    makeDocx({
      styles:
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>' +
        '<w:style w:type="paragraph" w:styleId="my"><w:name w:val="我的标题"/><w:basedOn w:val="1"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>' +
        '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>' +
        '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="toc 1"/></w:style>',
      numbering:
        `<w:abstractNum w:abstractNumId="5">${level(0, 'chineseCounting', '%1、')}${level(1, 'decimal', '%2.')}</w:abstractNum>` +
        `<w:abstractNum w:abstractNumId="6">${level(0, 'bullet', '')}</w:abstractNum>` +
        '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="6"/></w:num>',
      body:
        para('几分之一', '<w:pStyle w:val="t"/>') +
        para('目录行', '<w:pStyle w:val="c"/>') +
        para('目标', `<w:pStyle w:val="1"/>${number(1)}`) +
        para('甲', number(1, 1)) +
        para('乙', number(1, 1)) +
        para('中间') +
        para('丙', number(1, 1)) +
        para('点', number(2)) +
        para('过程', `<w:pStyle w:val="my"/>${number(1)}`),
    }),
  );
  assert.deepEqual(
    paragraphs(blocks).map(({ outline, list, label, content }) => [
      wordText(content),
      outline,
      list?.ordered ?? null,
      label,
    ]),
    [
      ['几分之一', 0, null, ''],
      ['目标', 1, null, '一、'],
      ['甲', null, true, ''],
      ['乙', null, true, ''],
      ['中间', null, null, ''],
      ['丙', null, null, '3.'],
      ['点', null, false, ''],
      ['过程', 2, null, '二、'],
    ],
  );
  assert.deepEqual(leftOut, [{ text: '目录行', reason: '自动生成的目录' }]);
});

test('a plain file says nothing more', async () => {
  const { blocks, leftOut, notices, pictures } = await read(plain);
  assert.deepEqual([texts(blocks), leftOut, notices, pictures.size], [['几分之一'], [], [], 0]);
});
