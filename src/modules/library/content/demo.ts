import { lifeContextKey } from '../tag/rules.ts';
import { templates } from '../template/contract.ts';
import type { ItemKind } from '../vocabulary/contract.ts';
import type { Block, Content, Row } from './contract.ts';
import { emptyContent } from './rules.ts';

export const demoParagraph = (text: string): Block => ({
  type: 'paragraph',
  content: [{ type: 'text', text }],
});

/** Sentences of no real design; `topic` makes them fit the unit. */
const sentencesOf = (topic: string): readonly string[] => [
  `围绕“${topic}”，从学生熟悉的生活情境引入，先说想法，再动手验证。`,
  `学生已有相关经验，但用自己的话讲清“${topic}”的道理还有困难。`,
  `重点：理解“${topic}”的意义；难点：在新情境中灵活运用。`,
  `（演示数据）这一部分由中心组编写，各校可按学情调整。`,
];

const rowsFor = (kind: ItemKind, key: string, topic: string): Row[] => {
  const columns = templates[kind].find((section) => section.key === key)?.columns ?? [];
  const said: Readonly<Record<string, readonly string[]>> = {
    goal: [`能用自己的话说出“${topic}”的意义。`, `能在新的情境中运用“${topic}”解决问题。`],
    task: [`完成学习单第1题并说明理由。`, `小组交流，互相提一个问题。`],
    criteria: ['说得出理由，用词准确。', '能回答同伴的问题。'],
    phase: ['情境导入', '探究新知'],
    minutes: ['8', '20'],
    teacher: ['出示情境图，提出问题。', '巡视，收集不同的做法。'],
    pupils: ['独立思考，写下想法。', '小组内比较不同的做法。'],
    intention: ['唤起已有经验。', '在比较中明白道理。'],
    item: ['（基础）口述今天学会了什么。', '（拓展）找一个生活中的例子，画一画。'],
    type: ['oral', 'practical'],
    layer: ['basic', 'extended'],
    source: ['original', 'original'],
    hour: ['第1课时', '第2课时'],
    topic: [topic, `${topic}的运用`],
    activity: ['观察、操作、交流', '练习、分享'],
    evidence: ['学习单', '作品'],
    week: ['1', '2'],
    hours: ['4', '4'],
  };
  return [0, 1].map((index) => ({
    id: `${key}-${index + 1}`,
    cells: Object.fromEntries(
      columns.flatMap((column) => {
        const text =
          column.type === 'references' ? `${column.section}-${index + 1}` : said[column.key]?.[index];
        return text === undefined || text === '' ? [] : [[column.key, text]];
      }),
    ),
  }));
};

/** A design that says little and claims nothing: every kind's own form, filled in for one topic. */
export const demoDesign = (kind: ItemKind, topic: string): Content => {
  const sentences = sentencesOf(topic);
  return {
    sections: emptyContent(kind).sections.map((section, index) => ({
      ...section,
      body:
        section.body.form === 'rows'
          ? { form: 'rows', rows: rowsFor(kind, section.key, topic) }
          : section.key === 'reflection' || (section.key === lifeContextKey && topic.length % 2 === 1)
            ? section.body
            : {
                form: 'text',
                blocks: [
                  demoParagraph(
                    section.key === lifeContextKey
                      ? `学生在买东西、量身高时都会用到“${topic}”。`
                      : (sentences[index % sentences.length] ?? ''),
                  ),
                ],
              },
    })),
  };
};
