import { sql } from 'kysely';
import type { Subject } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import { addDays, type Day } from '#platform/dates.ts';
import { adaptItem } from '../adaptation/actions.ts';
import type { Content, Row } from '../content/contract.ts';
import { completed } from '../content/rules.ts';
import { stageOfGrade } from '../edition-choice/rules.ts';
import { startItem } from '../item/actions.ts';
import { insertItem, insertVersion, updateItem } from '../item/store.ts';
import { contextFor, type DemoPeople } from '../round/demo.ts';
import { refreshSearchEntries } from '../search/actions.ts';
import { pickTestItem } from './actions.ts';

interface Place {
  readonly volumeId: string;
  readonly unitId: string;
}

const people = {
  source: 'original',
  author: '命题组（演示）',
  chooser: '选题组（演示）',
  reviewer: '审题组（演示）',
};

/** Invented questions; the last one is marked as bought and so cannot be picked. */
const questions: readonly (readonly [title: string, cells: Row['cells']])[] = [
  [
    '倍的认识（演示）',
    {
      ...people,
      type: 'choice',
      stem: '12 的 3 倍是多少？\nA. 15　B. 36　C. 4　D. 9',
      answer: 'B',
      points: '3',
      level: 'understand',
      difficulty: 'easy',
      competency: '数感',
      purchased: 'no',
    },
  ],
  [
    '两位数乘两位数（演示）',
    {
      ...people,
      type: 'compute',
      stem: '计算：$24\\times 13$，并说出每一步求的是什么。',
      answer: '$24\\times 13=24\\times 10+24\\times 3=312$',
      points: '6',
      level: 'apply',
      difficulty: 'medium',
      competency: '运算能力',
      purchased: 'no',
    },
  ],
  [
    '菜地的面积（演示）',
    {
      ...people,
      source: 'adapted',
      sourceNote: '据本校校园活动改编',
      type: 'explore',
      stem: '一块长方形菜地长 8 米，比宽多 3 米。要围一圈篱笆，至少要多少米？',
      answer: '$(8+5)\\times 2=26$（米）',
      points: '8',
      level: 'analyse',
      difficulty: 'hard',
      competency: '应用意识',
      purchased: 'no',
    },
  ],
  [
    '外购的一道题（演示）',
    {
      ...people,
      type: 'blank',
      stem: '3 小时是（　　）分钟。',
      answer: '180',
      points: '2',
      purchased: 'yes',
    },
  ],
];

const homework: readonly Row['cells'][] = [
  { item: '完成两道计算，写出过程。', type: 'written', layer: 'basic', minutes: '10', source: 'original' },
  {
    item: '找一个生活中的例子，写三句话说明。',
    type: 'written',
    layer: 'extended',
    minutes: '8',
    source: 'original',
  },
  { item: '自选：编一道题考考同桌。', type: 'written', layer: 'free', minutes: '10', source: 'original' },
  { item: '给家人讲讲今天学会了什么。', type: 'oral', layer: 'basic', minutes: '5', source: 'original' },
];

const rows = (key: string, title: string, cells: readonly Row['cells'][]): Content => ({
  sections: [
    {
      key,
      title,
      body: { form: 'rows', rows: cells.map((one, index) => ({ id: `${key}-${index + 1}`, cells: one })) },
    },
  ],
});

type NewItem = Omit<Parameters<typeof insertItem>[1], 'schoolId' | 'shared'>;

/** 试题资源 in the library, a paper that is being made of them, and homework that a teacher may post to a class. */
export const seedPaper = async (
  db: Queryable,
  { lead, member, teacher }: DemoPeople,
  { today, grade, place }: { readonly today: Day; readonly grade: number; readonly place: Place },
): Promise<void> => {
  const at = { stage: 'primary', subject: 'mathematics', grade, ...place, lessonId: null } as const;
  const publish = async (
    itemId: string,
    title: string,
    content: Content,
    number: number,
    daysAgo: number,
  ) => {
    const publishedAt = `${addDays(today, -daysAgo)}T02:00:00Z`;
    const by = { contributors: [member], publishedBy: lead, publishedAt };
    await insertVersion(db, { itemId, number, title, content, note: number === 1 ? '' : '改了选项', ...by });
    await updateItem(db, itemId, { published: number, publishedAt });
    await refreshSearchEntries(db, [itemId]);
  };
  const add = async (item: NewItem, content: Content): Promise<string> => {
    const id = await insertItem(db, { ...item, schoolId: null, shared: true });
    await publish(id, item.title, content, 1, 25);
    return id;
  };

  const ids: string[] = [];
  for (const [title, cells] of questions)
    ids.push(await add({ ...at, kind: 'test-item', title, madeBy: member }, rows('items', '试题', [cells])));
  const paper = await startItem(await contextFor(db, member, addDays(today, -10)), {
    ...at,
    unitId: null,
    kind: 'test-paper',
    title: '三年级数学上册期末（演示）',
    schoolId: null,
    shared: true,
    content: rows('facts', '试卷信息', [{ purpose: 'final', fullMarks: '100', minutes: '60' }]),
  });
  const [itemId] = ids;
  const [first] = questions;
  if (itemId !== undefined && first !== undefined) {
    const { roundId } = paper;
    await pickTestItem(await contextFor(db, member, addDays(today, -9)), { roundId, itemId, number: 1 });
    const [title, cells] = first;
    const newer = { ...cells, stem: `${cells['stem']}　E. 42` };
    await publish(itemId, title, rows('items', '试题', [newer]), 2, 3);
  }

  // In what the teacher teaches, so that there is a class to post it to.
  const taught = await findTaught(db, teacher, today);
  if (taught === undefined) return;
  const { subject, schoolId } = taught;
  const id = await add(
    {
      kind: 'homework-design',
      title: '一课一得（演示）',
      stage: stageOfGrade(taught.grade),
      subject,
      grade: taught.grade,
      volumeId: null,
      unitId: null,
      lessonId: null,
      madeBy: member,
    },
    completed('homework-design', rows('homework', '作业设计', homework)),
  );
  await adaptItem(await contextFor(db, teacher, today), { itemId: id, schoolId, openTo: 'maker' });
};

const findTaught = (db: Queryable, personId: string, today: Day) =>
  db
    .selectFrom('organisation.teachingAssignment as assignment')
    .innerJoin('organisation.term as term', 'term.id', 'assignment.termId')
    .where('assignment.personId', '=', personId)
    .where('assignment.classId', 'is not', null)
    .where('assignment.grade', '>=', 3)
    .where('term.startsOn', '<=', today)
    .orderBy('term.startsOn', 'desc')
    .orderBy('assignment.grade')
    .select([sql<Subject>`assignment.subject`.as('subject'), 'assignment.grade', 'assignment.schoolId'])
    .executeTakeFirst();
