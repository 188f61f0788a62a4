import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';
import type { OfficialDocument } from './document.ts';
import { toDocx } from './docx.ts';
import { toTableDocx } from './table-docx.ts';
import { fullDocument } from './testing.ts';

type Parts = Record<string, string>;

const open = (docx: Buffer): Parts =>
  Object.fromEntries(
    Object.entries(unzipSync(docx))
      .filter(([name]) => name.endsWith('.xml'))
      .map(([name, bytes]) => [name, strFromU8(bytes)]),
  );

const body = (parts: Parts): string => parts['word/document.xml'] ?? '';

/** Text of each paragraph, by a real XML parser, so that broken XML fails. */
const paragraphsOf = (xml: string): string[] => {
  const result: string[] = [];
  const parser = new SaxesParser();
  let inText = false;
  let inRun = false;
  parser.on('opentag', ({ name }) => {
    if (name === 'w:p') result.push('');
    if (name === 'w:br') result[result.length - 1] += '\n';
    if (name === 'w:r') inRun = true;
    if (name === 'w:tab' && inRun) result[result.length - 1] += '\t';
    inText = name === 'w:t';
  });
  parser.on('closetag', ({ name }) => {
    if (name === 'w:t') inText = false;
    if (name === 'w:r') inRun = false;
  });
  parser.on('text', (text) => {
    if (inText) result[result.length - 1] += text;
  });
  parser.write(xml).close();
  return result;
};

/** The paragraph that holds the text, as XML. */
const paragraphWith = (xml: string, text: string): string => {
  const found = xml.match(/<w:p>.*?<\/w:p>/gsu)?.find((paragraph) => paragraph.includes(text));
  assert.ok(found, `no paragraph with ${text}`);
  return found;
};

const made = async (changes: Partial<OfficialDocument> = {}): Promise<Parts> =>
  open(await toDocx(fullDocument(changes)));

test('page, margins and line pitch are those of the standard', async () => {
  const parts = await made();
  const xml = body(parts);
  const sections = xml.match(/<w:sectPr>.*?<\/w:sectPr>/gsu) ?? [];
  assert.equal(sections.length, 3, 'portrait, landscape table, portrait');
  assert.match(sections[0] ?? '', /<w:pgSz w:w="11906" w:h="16838"/u);
  for (const [side, twips] of [
    ['top', 2098],
    ['right', 1474],
    ['bottom', 1984],
    ['left', 1587],
  ] as const) {
    assert.match(sections[0] ?? '', new RegExp(`<w:pgMar[^>]* w:${side}="${twips}"`, 'u'));
  }
  assert.match(sections[1] ?? '', /<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/u);
  assert.match(parts['word/styles.xml'] ?? '', /w:line="579" w:lineRule="exact"/u);
  assert.match(paragraphWith(xml, '各校要把听课'), /w:line="579" w:lineRule="exact"/u);
});

test('text is 3号 仿宋, 28 to a line; headings 黑体, 楷体, 仿宋; the title 2号 小标宋', async () => {
  const xml = body(await made());
  const fontAndSize = (text: string): string[] => {
    const runs = paragraphWith(xml, text).match(/<w:r>.*?<\/w:r>/gsu) ?? [];
    const run = runs.find((each) => each.includes(text)) ?? '';
    return [/w:eastAsia="([^"]+)"/u.exec(run)?.[1] ?? '', /<w:sz w:val="(\d+)"/u.exec(run)?.[1] ?? ''];
  };
  assert.deepEqual(fontAndSize('各中小学校'), ['仿宋', '32']);
  assert.deepEqual(fontAndSize('一、基本情况'), ['黑体', '32']);
  assert.deepEqual(fontAndSize('（一）听课数量'), ['楷体', '32']);
  assert.deepEqual(fontAndSize('1.小学。'), ['仿宋', '32']);
  assert.deepEqual(fontAndSize('校长听课分析指导情况的通报'), ['方正小标宋简体', '44']);
  assert.deepEqual(fontAndSize('抄送：'), ['仿宋', '28']);
  assert.deepEqual(fontAndSize('特急'), ['黑体', '32']);
  assert.match(paragraphWith(xml, '各中小学校'), /<w:spacing w:val="-5"\/>/u);
});

test('only the mark and the line under the number are red', async () => {
  const xml = body(await made());
  assert.match(paragraphWith(xml, '云溪区教育局文件'), /<w:color w:val="FF0000"\/>/u);
  assert.match(paragraphWith(xml, '云教研字〔2024〕16号'), /<w:bottom w:val="single" w:color="FF0000"/u);
  assert.equal(xml.match(/FF0000/gu)?.length, 2);
});

test('number, copy number, date and printing date are written by the standard', async () => {
  const text = paragraphsOf(body(await made()));
  for (const expected of [
    '云教研字〔2024〕16号',
    '000007',
    '2024年4月3日',
    '各中小学校，各学区中心校：',
    '（此件公开发布）',
  ]) {
    assert.ok(text.includes(expected), expected);
  }
  assert.ok(text.some((line) => line.endsWith('2024年4月5日印发')));
  assert.ok(text.some((line) => /^抄送：.*督导室。$/u.test(line)));
});

test('a draft says so where its number will stand', async () => {
  const { documentNumber: _, ...draft } = fullDocument();
  const text = paragraphsOf(body(open(await toDocx(draft))));
  assert.ok(text.includes('（草稿）'));
  assert.ok(!text.some((line) => line.includes('〔')));
});

test('odd pages carry — n — on the right, even ones on the left', async () => {
  const parts = await made();
  assert.match(parts['word/settings.xml'] ?? '', /<w:evenAndOddHeaders\/>/u);
  const relations = unzipSync(await toDocx(fullDocument()))['word/_rels/document.xml.rels'];
  const target = (kind: string): string => {
    const id = new RegExp(`<w:footerReference w:type="${kind}" r:id="([^"]+)"`, 'u').exec(body(parts))?.[1];
    const entry = strFromU8(relations ?? new Uint8Array())
      .match(/<Relationship [^>]*>/gu)
      ?.find((each) => each.includes(`"${id}"`));
    return parts[`word/${/Target="([^"]+)"/u.exec(entry ?? '')?.[1]}`] ?? '';
  };
  for (const [kind, side] of [
    ['default', 'right'],
    ['even', 'left'],
  ] as const) {
    const footer = target(kind);
    assert.match(footer, new RegExp(`<w:jc w:val="${side}"/>`, 'u'));
    assert.match(footer, new RegExp(`<w:ind w:${side}="280"`, 'u'));
    assert.match(footer, /w:eastAsia="宋体"/u);
    assert.match(footer, /<w:sz w:val="28"\/>/u);
    assert.match(footer, /— .*PAGE.* —/su);
  }
});

test('the 版记 is one frame at the foot of the page: thick, thin, thick; nothing floats as a table', async () => {
  const xml = body(await made());
  const framed = (xml.match(/<w:p>.*?<\/w:p>/gsu) ?? []).filter((each) => each.includes('<w:framePr'));
  const heights = framed.map((each) => /w:line="(\d+)"/u.exec(each)?.[1]);
  assert.deepEqual(heights, ['20', '579', '14', '579', '20']);
  assert.equal(new Set(framed.map((each) => /<w:framePr[^>]*>/u.exec(each)?.[0])).size, 1);
  assert.match(framed[0] ?? '', /w:yAlign="bottom"/u);
  const shaded = framed.map((each) => /<w:shd[^>]* w:fill="000000"/u.test(each));
  assert.deepEqual(shaded, [true, false, true, false, true]);
  assert.doesNotMatch(xml, /tblpPr/u);
});

test('no 版记, no recipients, no attachments: nothing of them is printed', async () => {
  const text = paragraphsOf(
    body(
      open(
        await toDocx({
          issuerMark: '云溪区教育局文件',
          title: '关于听课的通知',
          body: [{ kind: 'paragraph', text: '正文。' }],
          signature: { issuer: '云溪区教育局', date: '2024-01-26', sealed: false },
        }),
      ),
    ),
  );
  assert.ok(!text.some((line) => /抄送|附件|印发|^：$/u.test(line)));
});

test('attachments start a new page with 附件n in 黑体 and are listed without punctuation', async () => {
  const xml = body(await made());
  const text = paragraphsOf(xml);
  assert.ok(text.includes('附件：1.\t各校校长听课节数统计表'));
  assert.ok(text.includes('2.\t校长听课记录要点'));
  assert.ok(text.includes('附件1') && text.includes('附件2'));
  const twice = body(
    await made({
      attachments: [
        { name: '甲', body: [] },
        { name: '乙', body: [] },
      ],
    }),
  );
  assert.match(paragraphWith(twice, '附件2'), /<w:pageBreakBefore\/>/u);
  assert.match(paragraphWith(twice, '附件2'), /w:eastAsia="黑体"/u);
});

test('no seal is drawn: the file holds no picture', async () => {
  const names = Object.keys(unzipSync(await toDocx(fullDocument())));
  assert.deepEqual(
    names.filter((name) => name.startsWith('word/media/')),
    [],
  );
  assert.doesNotMatch(body(await made()), /<w:drawing|<w:pict/u);
});

test('any text survives: XML signs, emoji, 酄, the supplementary plane', async () => {
  const hard = `<w:p>&amp;"'</w:p> ]]> 😀 柳树酄 𠀀𪛖 {{x}} \\n #import`;
  const text = paragraphsOf(
    body(await made({ title: hard, body: [{ kind: 'paragraph', text: hard }], recipients: hard })),
  );
  assert.ok(text.includes(hard));
  assert.ok(text.includes(`${hard}：`));
  assert.ok(text.some((line) => line.replaceAll('\n', '') === hard));
});

test('whatever is typed, the file stays well-formed and keeps it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }), async (typed) => {
      const text = paragraphsOf(
        body(await made({ body: [{ kind: 'paragraph', text: `始${typed}终` }], attachments: [] })),
      );
      const joined = text.join('');
      assert.ok(joined.includes('始') && joined.includes('终'));
    }),
    { numRuns: 25 },
  );
});

test('a table document repeats its header and merges equal cells downwards', async () => {
  const xml = body(
    open(
      await toTableDocx({
        label: '附件1',
        title: '研训中心组成员名单',
        note: '2024年1月',
        landscape: true,
        tables: [
          {
            heading: '初中',
            columns: [
              { title: '学科', mergeDown: true },
              { title: '姓名', width: 3 },
            ],
            rows: [
              ['语文', '甲'],
              ['语文', '乙'],
              ['数学', '丙'],
            ],
          },
        ],
      }),
    ),
  );
  const rows = xml.match(/<w:tr>.*?<\/w:tr>/gsu) ?? [];
  assert.equal(rows.length, 4);
  assert.match(rows[0] ?? '', /<w:tblHeader\/>/u);
  assert.deepEqual(
    rows.map((row) => /<w:vMerge w:val="(\w+)"\/>/u.exec(row)?.[1]),
    [undefined, 'restart', 'continue', undefined],
  );
  assert.equal(xml.match(/语文/gu)?.length, 1);
  assert.match(xml, /<w:gridCol w:w="3189"\/><w:gridCol w:w="9567"\/>/u);
  assert.match(xml, /w:orient="landscape"/u);
  assert.ok(paragraphsOf(xml).includes('附件1'));
});
