import { numberIn } from '../content/cell-number/rules.ts';
import type { Content } from '../content/contract.ts';
import { rowsOf } from '../content/rules.ts';
import { levels } from '../template/contract.ts';

/** What a paper is for, as its facts say it; empty where nobody said. */
export type PaperPurpose = 'final' | 'midterm' | 'mock' | 'practice' | '';

/** By grade, which papers are lawful (教基厅函〔2021〕34号, 教基厅〔2025〕3号; domain.md 4.1). */
const allowed = (grade: number): readonly PaperPurpose[] => {
  if (grade <= 2) return ['practice'];
  if (grade <= 6) return ['practice', 'final'];
  return grade === 9 ? ['practice', 'final', 'midterm', 'mock'] : ['practice', 'final', 'midterm'];
};

const bannedNames = /单元(?:测试|测验|检测|考试|卷)|周(?:考|测|练)|月考|统考|联考|学情调研/u;

const purposeOf = (paper: Content): PaperPurpose => {
  const said = rowsOf(paper, 'facts')[0]?.cells['purpose'];
  return said === 'final' || said === 'midterm' || said === 'mock' || said === 'practice' ? said : '';
};

/** A title that is the name of an exam nobody may hold, as what to do instead. */
export const examNameProblems = (title: string): string[] => {
  const named = bannedNames.exec(title)?.[0];
  return named === undefined
    ? []
    : [
        `标题里的“${named}”属于不得组织的考试。单元学习请用“单元质量评价”（任务和标准，不打分），或改为课堂练习。`,
      ];
};

/** Why a paper may not be used in a grade, as what to do instead; none where it may. */
export const paperLawProblems = (
  { grade, title }: { readonly grade: number; readonly title: string },
  paper: Content,
): string[] => {
  const purpose = purposeOf(paper);
  return [
    ...examNameProblems(title),
    ...(purpose === '' ? ['请在“试卷信息”中选择用途。'] : []),
    ...(purpose === '' || allowed(grade).includes(purpose)
      ? []
      : [
          grade <= 2
            ? '一、二年级不进行纸笔考试，请改为课堂练习。'
            : grade <= 6
              ? '三至六年级每学期只可由学校组织一次期末考试，请改选用途。'
              : '毕业年级以外不组织模拟考试，请改选用途。',
        ]),
  ];
};

const levelKeys: readonly string[] = Object.keys(levels);
const difficulties = ['easy', 'medium', 'hard'] as const;
export type Difficulty = (typeof difficulties)[number];

export interface BlueprintCell {
  readonly items: number;
  readonly points: number;
}
export interface BlueprintRow {
  /** Id of the unit; null of items that name none, or one that is not of the book. */
  readonly unitId: string | null;
  /** In the order of the levels, the last of items without one. */
  readonly cells: readonly BlueprintCell[];
  readonly total: BlueprintCell;
}
export interface Blueprint {
  readonly rows: readonly BlueprintRow[];
  readonly total: BlueprintCell;
  /** As the paper's facts say it; null where they do not. */
  readonly fullMarks: number | null;
  readonly points: Readonly<Record<Difficulty | 'unsaid', number>>;
}

/** To the hundredth: tenths of a point do not add up to whole ones in binary fractions. */
export const sumOfPoints = (points: readonly number[]): number =>
  Math.round(points.reduce((whole, one) => whole + one, 0) * 100) / 100;

/** 双向细目表: content by level, items and points, from the paper's own rows (domain.md 3.6). */
export const blueprintOf = (paper: Content, unitOf: (contentId: string) => string | null): Blueprint => {
  const items = rowsOf(paper, 'items').map(({ cells }) => ({
    unitId: unitOf(cells['content'] ?? ''),
    level: levelKeys.indexOf(cells['level'] ?? ''),
    points: numberIn(cells['points']),
    difficulty: difficulties.find((one) => one === cells['difficulty']) ?? ('unsaid' as const),
  }));
  const sum = (some: typeof items): BlueprintCell => ({
    items: some.length,
    points: sumOfPoints(some.map(({ points }) => points)),
  });
  const units = [...new Set(items.map(({ unitId }) => unitId))].toSorted(
    (one, other) => Number(one === null) - Number(other === null),
  );
  const said = numberIn(rowsOf(paper, 'facts')[0]?.cells['fullMarks']);
  return {
    rows: units.map((unitId) => {
      const own = items.filter((item) => item.unitId === unitId);
      return {
        unitId,
        cells: [...levelKeys.keys(), -1].map((level) => sum(own.filter((item) => item.level === level))),
        total: sum(own),
      };
    }),
    total: sum(items),
    fullMarks: said > 0 ? said : null,
    points: {
      easy: sum(items.filter(({ difficulty }) => difficulty === 'easy')).points,
      medium: sum(items.filter(({ difficulty }) => difficulty === 'medium')).points,
      hard: sum(items.filter(({ difficulty }) => difficulty === 'hard')).points,
      unsaid: sum(items.filter(({ difficulty }) => difficulty === 'unsaid')).points,
    },
  };
};

/** Largest share of the points that one content may take, in per cent. */
const largestShare = 40;

const percent = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part / whole) * 100));

/** What does not add up, as what to do; `taught` are the units that the paper is about, by name. */
export const blueprintProblems = (
  { rows, total, fullMarks, points }: Blueprint,
  taught: readonly { readonly id: string; readonly name: string }[],
): string[] => {
  const nameOf = new Map(taught.map(({ id, name }) => [id, name]));
  const heavy = rows.flatMap(({ unitId, total: own }) => {
    const share = percent(own.points, total.points);
    return taught.length > 2 && unitId !== null && share > largestShare
      ? [`“${nameOf.get(unitId) ?? '一个单元'}”占${share}%的分值，超过${largestShare}%，请匀给其他单元。`]
      : [];
  });
  const missing = taught.filter(({ id }) => !rows.some(({ unitId }) => unitId === id));
  const unplaced = rows.find(({ unitId }) => unitId === null)?.total.items ?? 0;
  return [
    ...(fullMarks === null
      ? ['请在“试卷信息”中写明满分。']
      : fullMarks === total.points
        ? []
        : [`各题分值合计${total.points}分，与满分${fullMarks}分不一致，请改正。`]),
    ...(unplaced === 0 ? [] : [`有${unplaced}道题没有写明考查内容所在的单元，请补上。`]),
    ...(missing.length === 0 || rows.length === 0
      ? []
      : [`没有考到：${missing.map(({ name }) => name).join('、')}。如果本次不考，可以不管。`]),
    ...heavy,
    ...(points.unsaid > 0 ? [`有${points.unsaid}分的题没有写预估难度，请补上。`] : []),
  ];
};
