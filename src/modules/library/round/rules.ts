import type { Subject } from '#modules/organisation/vocabulary/contract.ts';
import { examNameProblems, paperLawProblems } from '../blueprint/rules.ts';
import { isWholeUpTo } from '../content/cell-number/rules.ts';
import type { Content, Row } from '../content/contract.ts';
import { isBlank, plainText, rowsOf, sectionOf, templateOf } from '../content/rules.ts';
import { missingFacts } from '../picking/rules.ts';
import { themeCaseProblems } from '../theme-case/rules.ts';
import type { ItemKind, RoundState, Verdict } from '../vocabulary/contract.ts';

export const roundSteps = ['submit', 'take-back', 'decide', 'publish', 'drop'] as const;
export type RoundStep = (typeof roundSteps)[number];

/** In which states a step is possible; where it leads depends on the verdicts for `decide`. */
export const stepsFrom: Readonly<Record<RoundState, readonly RoundStep[]>> = {
  drafting: ['submit', 'drop'],
  'in-review': ['take-back', 'decide'],
  approved: ['publish', 'take-back'],
  published: [],
  dropped: [],
};

/** Two for the district's (domain.md 3.7), its own leaders' word for a school's. */
export const reviewersNeeded = ({ schoolId }: { readonly schoolId: string | null }): number =>
  schoolId === null ? 2 : 1;

/** Where a round stands after a verdict: back to writing once all have spoken and one asks for changes. */
export const stateAfter = (verdicts: readonly (Verdict | null)[]): RoundState =>
  verdicts.includes(null) ? 'in-review' : verdicts.includes('changes') ? 'drafting' : 'approved';

const nameOf = ({ cells }: Row, index: number): string => `第${cells['number'] ?? index + 1}题`;

const boughtProblems = (rows: readonly Row[]): string[] =>
  rows.flatMap((row, index) =>
    row.cells['purchased'] === 'yes'
      ? [`${nameOf(row, index)}标为购买的试题。义务教育学校不得购买试题，请换掉这道题。`]
      : [],
  );

const paperProblems = (rows: readonly Row[]): string[] =>
  rows.flatMap((row, index) => {
    const { cells } = row;
    const name = nameOf(row, index);
    const missing = missingFacts(cells);
    return [
      ...(cells['stem'] === undefined ? [`${name}没有题目，请填写或删去这一行。`] : []),
      ...(missing.length === 0 ? [] : [`${name}没有写明${missing.join('、')}，请补上。`]),
      ...(cells['purchased'] === undefined ? [`${name}没有注明是否购买，请选“否”或换掉这道题。`] : []),
    ];
  });

const marks = /(?:满分|总分|每[题项]|[计得扣])[：:]?\s*\d+(?:\.\d+)?\s*分(?![钟米数])/u;

/** 单元质量评价 is tasks and criteria: no marks, in no column and in no sentence (domain.md 2.9, 3.6). */
const assessmentProblems = (title: string, { sections }: Content): string[] => {
  const marked = sections.filter(
    ({ body }) =>
      marks.test(plainText(body)) ||
      (body.form === 'rows' && body.rows.some(({ cells }) => 'points' in cells)),
  );
  return [
    ...examNameProblems(title),
    ...marked.map(
      (section) => `“${section.title}”里写了分数。单元质量评价不打分，请改为达到什么程度算学会。`,
    ),
  ];
};

/** Numbers that no sum, no paper and no calendar could be reckoned with. */
const numberProblems = (kind: ItemKind, { sections }: Content): string[] =>
  sections.flatMap(({ key, title, body }) =>
    (templateOf(kind, key)?.columns ?? []).flatMap((column) => {
      if (column.type !== 'number' || body.form !== 'rows') return [];
      return body.rows.flatMap(({ cells }, index) => {
        const said = cells[column.key];
        return said === undefined || said === '' || isWholeUpTo(said, column.max)
          ? []
          : [
              `“${title}”第${index + 1}行的${column.label}写的是“${said.slice(0, 20)}”，请填 0 到 ${column.max} 的整数。`,
            ];
      });
    }),
  );

/** The least a kind must hold before others are asked to read it. */
const required: Readonly<Partial<Record<ItemKind, readonly string[]>>> = {
  'pacing-guide': ['pacing'],
  'unit-design': ['goals', 'tasks', 'lessons'],
  'lesson-design': ['goals', 'process'],
  'homework-design': ['homework'],
  'unit-assessment': ['goals', 'tasks'],
  'strategy-guide': ['strategy'],
  'model-lesson': ['lesson'],
  'test-item': ['items'],
  'test-paper': ['items'],
  'theme-case': ['theme', 'goals', 'activities'],
};

/** What nobody may publish, also where others read it elsewhere and it comes in by a package (domain.md 2.9). */
export const unlawful = (
  { kind, title }: { readonly kind: ItemKind; readonly title: string },
  content: Content,
): string[] => [
  ...(kind === 'test-item' || kind === 'test-paper' ? boughtProblems(rowsOf(content, 'items')) : []),
  ...(kind === 'test-paper' ? examNameProblems(title) : []),
  ...(kind === 'unit-assessment' ? assessmentProblems(title, content) : []),
];

/** What must be mended before a design is sent to its reviewers, each a sentence that says what to do. */
export const submissionProblems = (
  {
    kind,
    grade,
    title,
    subject,
  }: {
    readonly kind: ItemKind;
    readonly grade: number;
    readonly title: string;
    readonly subject: Subject;
  },
  content: Content,
): string[] => {
  const empty = (required[kind] ?? []).flatMap((key) => {
    const section = sectionOf(content, key);
    return section === undefined || isBlank(section.body)
      ? [`“${section?.title ?? templateOf(kind, key)?.title ?? key}”还没有填写。`]
      : [];
  });
  const homework = rowsOf(content, 'homework');
  const written = homework.filter(({ cells }) => cells['type'] === 'written');
  const items =
    kind === 'test-item' || kind === 'test-paper'
      ? [...paperProblems(rowsOf(content, 'items')), ...boughtProblems(rowsOf(content, 'items'))]
      : [];
  return [
    ...empty,
    ...(kind === 'test-item' && rowsOf(content, 'items').length > 1
      ? ['一条试题资源只放一道题，多道题请做成试卷资源。']
      : []),
    ...(grade <= 2 && written.length > 0
      ? [`一、二年级不布置书面家庭作业，请改掉作业设计中的${written.length}道书面作业。`]
      : []),
    ...items,
    ...numberProblems(kind, content),
    ...(kind === 'unit-assessment' ? assessmentProblems(title, content) : []),
    ...(kind === 'theme-case' ? themeCaseProblems({ subject }, content) : []),
    ...(kind === 'test-paper' ? paperLawProblems({ grade, title }, content) : []),
  ];
};
