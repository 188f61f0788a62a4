import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { readWord } from '#platform/word/read-word.ts';
import { makeDocx, para, run, table } from '#platform/word/testing.ts';
import type { Section } from '../content/contract.ts';
import { content as contentSchema } from '../content/contract.ts';
import { templates } from '../template/contract.ts';
import type { ItemKind } from '../vocabulary/contract.ts';
import type { WordDesign } from './contract.ts';
import { designFromWord } from './rules.ts';

const counter = () => {
  let last = 0;
  return () => {
    last += 1;
    return `id-${last}`;
  };
};

const readBody = async (
  body: string,
  kind: ItemKind = 'lesson-design',
  styles?: string,
): Promise<WordDesign> => {
  const file = await readWord({
    name: 'x.docx',
    bytes: makeDocx({ body, ...(styles === undefined ? {} : { styles }) }),
  });
  const design = designFromWord(file, kind, counter());
  assert.ok(
    contentSchema.safeParse(design.content).success,
    JSON.stringify(contentSchema.safeParse(design.content).error),
  );
  return design;
};

const sectionOf = (design: WordDesign, name: string): Section | undefined =>
  design.content.sections.find(({ key, title }) => key === name || title === name);

const rowsOf = (design: WordDesign, name: string): Record<string, string>[] => {
  const body = sectionOf(design, name)?.body;
  return body?.form === 'rows' ? body.rows.map(({ cells }) => cells) : [];
};

const textOf = (design: WordDesign, name: string): string => {
  const body = sectionOf(design, name)?.body;
  return body?.form === 'text' ? words(body.blocks).join('|') : '';
};

/** Every text in a JSON value. */
const words = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(words);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' && key === 'text' ? [inner] : words(inner),
  );
};

const everything = (design: WordDesign): string => {
  const strings = (value: unknown): string[] =>
    typeof value === 'string'
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(strings)
        : [];
  return bare(strings([design.content, design.hints, design.where, design.leftOut]).join('\n'));
};
/** Numbers of headings and items, spaces and signs of labels are form, not text. */
const bare = (text: string): string =>
  text.normalize('NFKC').replaceAll(/[\s:、.。()【】一二三四五六七八九十\d]/gu, '');

const form = table([
  ['课题', { content: '几分之一', span: 3 }],
  ['学科', '数学', '年级', '三年级'],
  ['教 材 分 析', { content: '本课是分数的起点。', span: 3 }],
  ['教学目标', { content: '1. 能说出几分之一的含义。\n2. 能比较几分之一的大小。', span: 3 }],
  ['教学重点', '认识几分之一', '教学难点', '平均分的意义'],
  ['教具准备', { content: '圆片', span: 3 }],
  [{ content: '教\n学\n过\n程', merge: 'restart' }, '教师活动', '学生活动', '设计意图'],
  [
    { content: '', merge: 'continue' },
    { content: '一、情境导入', span: 3 },
  ],
  [{ content: '', merge: 'continue' }, '出示月饼', '分一分', '唤起经验'],
  [{ content: '', merge: 'continue' }, '追问一半', '说一说', '引出分数'],
  ['作业布置', { content: '1、折出八分之一\n2、说给家长听', span: 3 }],
  ['板书设计', { content: '几分之一', span: 3 }],
  ['二次备课', { content: '增加展示', span: 3 }],
  ['教学反思', { content: '节奏偏快', span: 3 }],
]);

test('a form in a table as teachers use it: pairs, upright labels, a head for the process', async () => {
  const design = await readBody(para('云溪区小学教案') + form);
  assert.deepEqual(
    [design.hints.title, design.hints.subject, design.hints.grade],
    ['云溪区小学教案', '数学', '三年级'],
  );
  assert.equal(textOf(design, 'content-analysis'), '本课是分数的起点。');
  assert.deepEqual(rowsOf(design, 'goals'), [
    { goal: '能说出几分之一的含义。' },
    { goal: '能比较几分之一的大小。' },
  ]);
  assert.equal(textOf(design, 'key-points'), '教学重点：|认识几分之一|教学难点：|平均分的意义');
  assert.equal(textOf(design, 'resources'), '圆片');
  assert.deepEqual(rowsOf(design, 'process'), [
    { phase: '情境导入', teacher: '出示月饼', pupils: '分一分', intention: '唤起经验' },
    { teacher: '追问一半', pupils: '说一说', intention: '引出分数' },
  ]);
  assert.deepEqual(rowsOf(design, 'homework'), [{ item: '折出八分之一' }, { item: '说给家长听' }]);
  assert.equal(textOf(design, 'board'), '几分之一');
  assert.equal(textOf(design, '二次备课'), '增加展示');
  assert.equal(textOf(design, 'reflection'), '节奏偏快');
  assert.ok(design.where.some(({ at, section, sure }) => at === '表1第4行' && section === 'goals' && sure));
});

const headings: readonly (readonly [string, (title: string, at: number) => string])[] = [
  ['一、', (title, at) => para(`${'一二三四五六'[at] ?? ''}、${title}`)],
  ['（一）', (title, at) => para(`（${'一二三四五六'[at] ?? ''}）${title}：`)],
  ['1.', (title, at) => para(run(`${at + 1}. ${title}`, '<w:b/>'))],
  ['1、', (title, at) => para(`${at + 1}、${title}`)],
  ['【】', (title) => para(`【${title}】`)],
  ['bold', (title) => para(run(title, '<w:b/>'))],
  ['style', (title) => para(title, '<w:pStyle w:val="h"/>')],
];
const styles = '<w:style w:type="paragraph" w:styleId="h"><w:name w:val="heading 1"/></w:style>';

for (const [name, heading] of headings)
  test(`headings written as ${name}`, async () => {
    const design = await readBody(
      para('《荷花》教学设计', '<w:jc w:val="center"/>') +
        para('学科：语文　　年级：三年级　　课时：第一课时') +
        heading('学情分析', 0) +
        para('学生已学过写景的课文。') +
        heading('教学目标', 1) +
        para('认识生字，读准字音。') +
        para('有感情地朗读课文。') +
        heading('教学重难点', 2) +
        para('体会荷花的美。') +
        heading('教学过程', 3) +
        para('（一）创设情境，导入新课（5分钟）') +
        para('师：同学们见过荷花吗？') +
        para('设计意图：唤起生活经验。') +
        para('（二）初读课文') +
        para('学生自由读。') +
        heading('板书设计', 4) +
        para('荷花：颜色 姿态'),
      'lesson-design',
      styles,
    );
    assert.deepEqual(
      [design.hints.title, design.hints.subject, design.hints.lessonHour],
      ['《荷花》教学设计', '语文', '第一课时'],
    );
    assert.equal(textOf(design, 'learners'), '学生已学过写景的课文。');
    assert.deepEqual(rowsOf(design, 'goals'), [
      { goal: '认识生字，读准字音。' },
      { goal: '有感情地朗读课文。' },
    ]);
    assert.equal(textOf(design, 'key-points'), '体会荷花的美。');
    assert.deepEqual(rowsOf(design, 'process'), [
      {
        phase: '创设情境，导入新课（5分钟）',
        minutes: '5',
        teacher: '师：同学们见过荷花吗？',
        intention: '唤起生活经验。',
      },
      { phase: '初读课文', teacher: '学生自由读。' },
    ]);
    assert.equal(textOf(design, 'board'), '荷花：颜色 姿态');
    assert.deepEqual(
      design.content.sections.filter(({ key }) => key.startsWith('own-')),
      [],
    );
  });

test('a process with phases numbered as sections are, an unknown section after it', async () => {
  const design = await readBody(
    para('一、教学目标') +
      para('会读') +
      para('二、教学过程') +
      para('一、复习导入') +
      para('听写') +
      para('二、新授') +
      para('讲解') +
      para('三、教学特色') +
      para('以读代讲'),
  );
  assert.deepEqual(
    rowsOf(design, 'process').map(({ phase }) => phase),
    ['复习导入', '新授'],
  );
  assert.equal(textOf(design, '教学特色'), '以读代讲');
});

test('a process table below its heading, columns by other names, what has no column behind its label', async () => {
  const design = await readBody(
    para('教学目标') +
      para('1.会算') +
      para('2.会说') +
      para('教学过程') +
      table([
        ['教学环节', '时间', '师生活动', '学生行为', '对应目标', '信息技术'],
        ['导入', '约3分钟', '看图', '回答', '目标1、2', '希沃课件'],
        ['练习', '一刻钟', '巡视', '做题', '全部', ''],
      ]),
  );
  assert.deepEqual(rowsOf(design, 'process'), [
    {
      phase: '导入',
      minutes: '3',
      teacher: '看图\n【信息技术】希沃课件',
      pupils: '回答',
      goals: 'id-1 id-2',
    },
    { phase: '练习', teacher: '【时间】一刻钟\n巡视\n【对应目标】全部', pupils: '做题' },
  ]);
});

test('a paper: groups give type and points, answers at the end go to their items', async () => {
  const design = await readBody(
    para('三年级数学练习', '<w:jc w:val="center"/>') +
      para('一、选择题（每小题2分，共4分）') +
      para('1．下面是分数的是（ ）') +
      para('A. 3　B. 半') +
      para('2．（3分）比较大小') +
      para('二、解答题') +
      para('3、小明吃了几块？') +
      para('参考答案') +
      para('1. B  2. 大于') +
      para('3. 两块') +
      para('评分说明另附'),
    'test-paper',
  );
  assert.deepEqual(rowsOf(design, 'items'), [
    { type: 'choice', points: '2', number: '1', stem: '下面是分数的是（ ）\nA. 3　B. 半', answer: 'B' },
    { type: 'choice', points: '3', number: '2', stem: '比较大小', answer: '大于' },
    { type: 'short', number: '3', stem: '小明吃了几块？', answer: '两块' },
  ]);
  assert.equal(textOf(design, '参考答案'), '评分说明另附');
  assert.match(design.leftOut.map(({ text }) => text).join(), /选择题（每小题2分，共4分）/u);
});

test('a file without any known heading keeps its text in a section of its own and says so', async () => {
  const design = await readBody(
    para('这是一段很长的说明文字，没有任何栏目。它只是一段文字。') + para('第二段。'),
  );
  assert.equal(textOf(design, '开头内容'), '这是一段很长的说明文字，没有任何栏目。它只是一段文字。|第二段。');
  assert.match(design.warnings.join(), /没有认出任何栏目/u);
});

const character = fc.constantFrom(...'春花秋月何时了往事知多少小楼昨夜又东风'.split(''));
const phrase = fc.array(character, { minLength: 1, maxLength: 12 }).map((all) => all.join(''));
const label = fc.constantFrom(
  '教学目标',
  '教学过程',
  '一、教学目标',
  '（二）学情分析',
  '【板书】',
  '作业：',
  '课题',
  '年级',
  '三、特色',
  '教师活动',
  '设计意图：',
  '1. ',
  '2、',
  '教学反思',
  '重点',
  '时间',
  '参考答案',
  '一、选择题',
  '',
);
const line = fc
  .tuple(label, phrase, fc.boolean())
  .map(([one, text, bold]) => ({ text: `${one}${text}`, bold }));
const block = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .oneof(
        line,
        label.filter((one) => one !== '').map((text) => ({ text, bold: false })),
      )
      .map(({ text, bold }) => ({ xml: para(run(text, bold ? '<w:b/>' : '')), texts: [text] })),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.array(fc.oneof(phrase, label, fc.constant('')), { minLength: 1, maxLength: 4 }), {
        minLength: 1,
        maxLength: 5,
      })
      .map((rows) => ({ xml: table(rows), texts: rows.flat() })),
  },
);

test('nothing of the text is lost, whatever stands where', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(block, { maxLength: 14 }),
      fc.constantFrom<ItemKind>(
        'lesson-design',
        'unit-design',
        'test-paper',
        'homework-design',
        'pacing-guide',
      ),
      async (blocks, kind) => {
        const design = await readBody(blocks.map(({ xml }) => xml).join(''), kind);
        // The head of a column stays as the column.
        const columns = templates[kind].flatMap((section) =>
          (section.columns ?? []).map((column) => column.label),
        );
        const all = everything(design) + bare([...columns, '参考答案'].join());
        for (const text of blocks.flatMap(({ texts }) => texts))
          for (const part of text.split(/[:：】]/u))
            assert.ok(all.includes(bare(part)), `${part} of ${text}`);
      },
    ),
    { numRuns: 250 },
  );
});
