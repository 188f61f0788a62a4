import type { Block, Content, Inline } from '#modules/library/content/contract.ts';

const words = (text: string): Inline => ({ type: 'text', text });
const line = (text: string): Block => ({ type: 'paragraph', content: [words(text)] });

/** A lesson design of usual length, invented. */
export const sampleContent: Content = {
  sections: [
    {
      key: 'basis',
      title: '课标依据',
      body: {
        form: 'text',
        blocks: [
          line('结合具体情境，初步认识小数和分数，感悟分数单位；会同分母分数的加减法和一位小数的加减法。'),
          {
            type: 'bulletList',
            content: [
              {
                type: 'listItem',
                content: [{ type: 'paragraph', content: [words('数感：能用分数表示部分与整体的关系')] }],
              },
              {
                type: 'listItem',
                content: [{ type: 'paragraph', content: [words('几何直观：借助折纸和线段图说明')] }],
              },
            ],
          },
        ],
      },
    },
    {
      key: 'learners',
      title: '学情分析',
      body: {
        form: 'text',
        blocks: [
          line('学生已经会平均分，多数能说出“一半”，但常把“分成两份”与“平均分成两份”混为一谈。'),
          {
            type: 'paragraph',
            content: [
              words('课前访谈中，'),
              { type: 'text', text: '七成', marks: [{ type: 'bold' }] },
              words('学生能指出图中的'),
              { type: 'inlineMath', attrs: { latex: '\\frac{1}{2}' } },
              words('，不到三成能指出'),
              { type: 'inlineMath', attrs: { latex: '\\frac{1}{4}' } },
              words('。'),
            ],
          },
          { type: 'blockMath', attrs: { latex: '\\frac{1}{4}+\\frac{2}{4}=\\frac{1+2}{4}=\\frac{3}{4}' } },
          {
            type: 'table',
            content: [
              {
                type: 'tableRow',
                content: ['题目', '答对人数', '主要错误'].map((text) => ({
                  type: 'tableHeader' as const,
                  attrs: { colspan: 1, rowspan: 1 },
                  content: [{ type: 'paragraph' as const, content: [words(text)] }],
                })),
              },
              ...[
                ['涂出二分之一', '38', '不看是否平均'],
                ['涂出四分之一', '12', '数份数，不看整体'],
              ].map((cells) => ({
                type: 'tableRow' as const,
                content: cells.map((text) => ({
                  type: 'tableCell' as const,
                  attrs: { colspan: 1, rowspan: 1 },
                  content: [{ type: 'paragraph' as const, content: [words(text)] }],
                })),
              })),
            ],
          },
        ],
      },
    },
    {
      key: 'goals',
      title: '教学目标',
      body: {
        form: 'rows',
        rows: [
          {
            id: 'g1',
            cells: { goal: '能用折、涂、画说明几分之一的含义', competency: '数感', level: 'understand' },
          },
          {
            id: 'g2',
            cells: { goal: '能比较几分之一的大小并说明理由', competency: '推理意识', level: 'apply' },
          },
        ],
      },
    },
    {
      key: 'process',
      title: '教学过程',
      body: {
        form: 'rows',
        rows: [
          {
            id: 'p1',
            cells: {
              phase: '情境',
              minutes: '5',
              teacher: '出示分月饼的情境：两人分一个，怎样分才公平？',
              pupils: '说一说、折一折，得出“平均分”。',
              intention: '从生活经验引出平均分。',
              goals: 'g1',
            },
          },
          {
            id: 'p2',
            cells: {
              phase: '探究',
              minutes: '18',
              teacher: '任务一：用不同的纸折出 $\\frac{1}{4}$，比一比谁的大。',
              pupils: '小组折纸、涂色、汇报，形状不同为什么都是 $\\frac{1}{4}$。',
              intention: '在变化中抓住不变：平均分成四份，取其中一份。',
              goals: 'g1 g2',
            },
          },
        ],
      },
    },
  ],
};
