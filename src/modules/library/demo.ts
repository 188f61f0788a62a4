import type { Stage, Subject } from '#modules/organisation/contract.ts';
import { listOffers } from '#modules/organisation/curriculum/store.ts';
import { insertRows } from '#platform/database/bulk-insert.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import type { SeededRandom } from '#platform/random.ts';
import { schoolYearOn, stageOfGrade } from './edition-choice/rules.ts';
import { listVolumesInUse } from './edition-choice/store.ts';
import { seedItems } from './item/demo.ts';
import { seedPaper } from './picking/demo.ts';
import { type DemoPeople, seedRounds } from './round/demo.ts';
import { addMissingSearchEntries } from './search/actions.ts';
import { chineseNumber } from './textbook/rules.ts';
import { listUnits } from './textbook/store.ts';
import type { VolumePart } from './textbook/vocabulary/contract.ts';
import { seedThemeCases } from './theme-case/demo.ts';

/** Invented: which publisher's books the demonstration district uses says nothing about any real one. */
const publisherOf: Readonly<Partial<Record<Subject, string>>> = {
  chinese: '统编版',
  'ethics-and-law': '统编版',
  history: '统编版',
  english: '冀教版',
  science: '教科版',
};

/** General topics of each subject, not the contents of any real book. */
const topicsOf: Readonly<Partial<Record<Subject, readonly string[]>>> = {
  chinese: ['自然之美', '童年生活', '名人故事', '家国情怀', '读书求知', '想象世界', '民俗风情', '综合性学习'],
  mathematics: ['数的认识', '数的运算', '图形的认识', '测量', '统计', '图形与位置', '数量关系', '综合与实践'],
  english: ['School Life', 'My Family', 'Weather', 'Travel', 'Food', 'Sports', 'Festivals', 'Nature'],
  science: ['生物与环境', '物质的变化', '运动和力', '天气', '光与声', '植物的生长', '地球与宇宙'],
  physics: ['测量与运动', '声与光', '物态变化', '力与运动', '压强与浮力', '功和机械能', '电路', '电功率'],
  chemistry: [
    '走进化学',
    '空气与氧气',
    '水与溶液',
    '物质的构成',
    '碳和氧化物',
    '金属',
    '酸和碱',
    '化学与生活',
  ],
  biology: [
    '生物和细胞',
    '植物的生活',
    '人体的营养',
    '人体的循环',
    '生物的遗传',
    '生物的多样性',
    '生物与环境',
  ],
  history: ['早期文明', '国家的统一', '民族交融', '社会变革', '近代探索', '世界格局', '科技与文化'],
  geography: ['地球和地图', '陆地和海洋', '天气与气候', '居民与聚落', '区域地理', '自然资源', '乡土地理'],
  'ethics-and-law': [
    '成长的节拍',
    '友谊的天空',
    '师长情谊',
    '生命的思考',
    '法治生活',
    '社会责任',
    '国家利益',
  ],
};

const pieces = ['初步认识', '探究与发现', '方法与运用', '交流与分享', '实践活动', '整理和复习'];

interface DemoEdition {
  readonly id: string;
  readonly subject: Subject;
  readonly stage: Stage;
  readonly publisher: string;
  readonly revisionYear: number;
  readonly withdrawnOn: Day | null;
  readonly withdrawnReason: string | null;
  readonly version: number;
}

interface DemoChoice {
  readonly schoolYear: number;
  readonly subject: Subject;
  readonly grade: number;
  readonly version: number;
  readonly editionId: string;
  readonly chosenBy: string;
  readonly chosenAt: string;
}

/** Chemistry and the physics of grade 9 come as one book for the year. */
const partsOf = (subject: Subject, grade: number): readonly VolumePart[] =>
  grade === 9 && (subject === 'physics' || subject === 'chemistry') ? ['whole'] : ['first', 'second'];

const newRevision = 2024;
const oldRevision = 2013;
/** The new revision came in by grades (2024: 1 and 7; 2025: 2, 3 and 8); last year these had it. */
const changedLastYear: readonly number[] = [1, 2, 3, 7, 8];

/** 教材目录 and the editions of this and the last school year, for the subjects of the table of offers. */
export const seedLibrary = async (db: Queryable, random: SeededRandom, today: Day): Promise<void> => {
  let moment = Date.parse('2024-08-20T00:00:00Z');
  const nextId = (): string => random.id((moment += 1));
  const schoolYear = schoolYearOn(today);
  const offers = await listOffers(db, today);
  const editions: DemoEdition[] = [];
  const volumes: { id: string; editionId: string; grade: number; part: VolumePart; subject: Subject }[] = [];
  const choices: DemoChoice[] = [];

  const groups = Map.groupBy(offers, ({ subject, grade }) => `${subject} ${stageOfGrade(grade)}`);
  for (const [first, ...rest] of groups.values()) {
    if (first === undefined) continue;
    const { subject } = first;
    const stage = stageOfGrade(first.grade);
    const all = [first, ...rest].map(({ grade }) => grade);
    const publisher = publisherOf[subject] ?? '人教版';
    const add = (revisionYear: number, grades: readonly number[]): string => {
      const id = nextId();
      const gone = revisionYear === oldRevision;
      editions.push({
        id,
        subject,
        stage,
        publisher,
        revisionYear,
        withdrawnOn: gone ? `${schoolYear}-09-01` : null,
        withdrawnReason: gone ? `${schoolYear}年秋季起各年级改用${newRevision}年修订版（演示）` : null,
        version: 1,
      });
      for (const grade of grades)
        for (const part of partsOf(subject, grade))
          volumes.push({ id: nextId(), editionId: id, grade, part, subject });
      return id;
    };
    const current = add(newRevision, all);
    const late = all.filter((grade) => !changedLastYear.includes(grade));
    const earlier = late.length === 0 ? current : add(oldRevision, late);
    const choose = (year: number, grade: number, editionId: string): void => {
      choices.push({
        schoolYear: year,
        subject,
        grade,
        version: 1,
        editionId,
        chosenBy: '演示数据',
        chosenAt: `${year}-08-28T02:00:00Z`,
      });
    };
    for (const grade of all) {
      choose(schoolYear, grade, current);
      choose(schoolYear - 1, grade, late.includes(grade) ? earlier : current);
    }
  }

  const units: { id: string; volumeId: string; subject: Subject; title: string; number: number }[] = [];
  for (const { id, subject } of volumes)
    random
      .shuffle([...(topicsOf[subject] ?? pieces)])
      .slice(0, random.integer(4, 7))
      .forEach((topic, index) => {
        units.push({ id: nextId(), volumeId: id, subject, number: index + 1, title: `${topic}（演示）` });
      });
  const lessons = units.flatMap(({ id, title }) =>
    Array.from({ length: random.integer(3, 6) }, (_, index) => ({
      id: nextId(),
      unitId: id,
      number: index + 1,
      title: `${title.replace('（演示）', '')}：${pieces[index] ?? `第${chineseNumber(index + 1)}部分`}`,
      plannedHours: random.integer(1, 3),
      position: index,
    })),
  );

  await insertRows(db, 'library.edition', editions);
  await insertRows(
    db,
    'library.volume',
    volumes.map(({ subject: _subject, ...volume }) => volume),
  );
  await insertRows(
    db,
    'library.unit',
    units.map(({ subject: _subject, ...unit }) => ({ ...unit, position: unit.number - 1 })),
  );
  await insertRows(db, 'library.lesson', lessons);
  await insertRows(db, 'library.editionChoice', choices);
};

/** What stands in the library, and one subject's work in every state. Comes after the textbooks. */
export const seedLibraryItems = async (
  db: Queryable,
  random: SeededRandom,
  today: Day,
  people: DemoPeople | null,
): Promise<void> => {
  const schoolYear = schoolYearOn(today);
  const month = Number(today.slice(5, 7));
  const term = month >= 2 && month <= 7 ? 2 : 1;
  await seedItems(db, random, { today, schoolYear, term });
  await seedThemeCases(db, random, today);
  await addMissingSearchEntries(db);
  const grade = 3;
  const [volume] = await listVolumesInUse(
    db,
    { schoolYear, term },
    { stage: 'primary', subject: 'mathematics' },
  ).then((volumes) => volumes.filter((one) => one.grade === grade));
  const [unit] = volume === undefined ? [] : await listUnits(db, [volume.volumeId]);
  if (people === null || volume === undefined || unit === undefined) return;
  const at = { today, grade, place: { volumeId: volume.volumeId, unitId: unit.id } };
  await seedRounds(db, people, at);
  await seedPaper(db, people, at);
};
