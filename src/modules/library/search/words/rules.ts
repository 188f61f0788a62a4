import { subjectNames } from '#modules/organisation/subject-words/rules.ts';
import {
  gradeLabels,
  type Stage,
  type Subject,
  stageLabels,
  subjects,
} from '#modules/organisation/vocabulary/contract.ts';
import { volumePartLabels } from '../../textbook/vocabulary/contract.ts';
import { type ItemKind, itemKindLabels, itemKinds } from '../../vocabulary/contract.ts';

/** What else teachers call a kind of item. */
const kindSynonyms: Readonly<Record<ItemKind, readonly string[]>> = {
  'pacing-guide': ['教学进度', '课时进度', '进度表', '教学计划'],
  'unit-design': ['单元设计', '大单元', '教学设计', '单元备课'],
  'lesson-design': ['教学设计', '教案', '教学案', '导学案', '备课', '课时设计'],
  'homework-design': ['作业', '练习'],
  'unit-assessment': ['单元评价', '单元检测', '单元测试', '单元测验'],
  'strategy-guide': ['教法', '教学策略', '教学方法'],
  'model-lesson': ['示范课', '优质课', '课例', '范例'],
  'professional-training': ['培训', '讲座'],
  showcase: ['展示', '交流', '公开课'],
  'test-item': ['试题', '习题', '题目'],
  'test-paper': ['试卷', '卷子', '考卷'],
  'theme-case': ['跨学科', '主题学习', '课例'],
};

const kindWords = (kind: ItemKind): readonly string[] => [itemKindLabels[kind], ...kindSynonyms[kind]];

const gradeWords = (grade: number): readonly string[] => [
  gradeLabels[grade] ?? '',
  ...(grade > 6 ? [`初${['一', '二', '三'][grade - 7] ?? ''}`] : []),
];

/** Everything that an item's kind, subject, grade and stage are called. */
export const labelWords = (item: {
  readonly kind: ItemKind;
  readonly subject: Subject;
  readonly stage: Stage;
  readonly grade: number;
}): readonly string[] => [
  ...kindWords(item.kind),
  ...subjectNames(item.subject),
  stageLabels[item.stage],
  ...gradeWords(item.grade),
];

/** Words that mean the same in a text; whoever types one means all. */
const sameWords: readonly (readonly string[])[] = [['课件', 'ppt', '幻灯片', '演示文稿']];

/** A word that stands in labels or means the same as others → the words that are looked for. */
export const knownWords: ReadonlyMap<string, readonly string[]> = new Map([
  ...[
    ...itemKinds.flatMap(kindWords),
    ...subjects.flatMap(subjectNames),
    ...Object.values(stageLabels),
    ...gradeLabels.flatMap((_, grade) => (grade === 0 ? [] : gradeWords(grade))),
    ...Object.values(volumePartLabels),
  ].map((word): [string, readonly string[]] => [word, [word]]),
  ...sameWords.flatMap((group) => group.map((word): [string, readonly string[]] => [word, group])),
]);
