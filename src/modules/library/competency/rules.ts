import type { Stage, Subject } from '#modules/organisation/contract.ts';
import type { Competency, CompetencyStandard } from './contract.ts';

/** Whose standard a subject follows: music and fine art are parts of the standard for arts. */
export const standardSubject = (subject: Subject): Subject =>
  subject === 'music' || subject === 'fine-art' ? 'arts' : subject;

/** Why a subject has no list of its own. */
export const withoutList: Readonly<Partial<Record<Subject, string>>> = {
  music: '音乐属于艺术课程标准，核心素养见“艺术”。',
  'fine-art': '美术属于艺术课程标准，核心素养见“艺术”。',
  'integrated-practice': '综合实践活动只有指导纲要，没有核心素养清单。',
  'local-course': '地方课程没有国家课程标准，没有核心素养清单。',
  'school-course': '校本课程没有国家课程标准，没有核心素养清单。',
};

/** The words one may name in a goal of a stage: the competencies, then how they show in the stage. */
export const competenciesOfStage = (standard: CompetencyStandard, stage: Stage): Competency[] => [
  ...standard.competencies,
  ...standard.manifestations.filter((one) => one.stage === stage),
];

/** The one that is called so in a stage, by its name or an alias. */
export const findByName = (
  standard: CompetencyStandard,
  stage: Stage,
  text: string,
): Competency | undefined => {
  const word = text.replace(/\s+/gu, '');
  const listed = competenciesOfStage(standard, stage);
  return listed.find(({ name }) => name === word) ?? listed.find(({ aliases }) => aliases.includes(word));
};

/** Names that stand twice in one list, e.g. among the competencies, or for one stage. */
export const doubledNames = (written: {
  readonly competencies: readonly { readonly name: string; readonly aliases: readonly string[] }[];
  readonly manifestations: readonly {
    readonly name: string;
    readonly aliases: readonly string[];
    readonly stage: Stage;
  }[];
}): string[] => {
  const lists = [
    written.competencies,
    written.manifestations.filter(({ stage }) => stage === 'primary'),
    written.manifestations.filter(({ stage }) => stage === 'junior'),
  ].map((list) => list.flatMap(({ name, aliases }) => [name, ...aliases]));
  return [...new Set(lists.flatMap((names) => names.filter((name, index) => names.indexOf(name) !== index)))];
};

interface WrittenName {
  readonly name: string;
  readonly aliases: readonly string[];
}

/** One name a line, its aliases behind it in brackets: 会用数学的眼光观察现实世界（数学眼光）. */
export const readNames = (text: string): { name: string; aliases: string[] }[] =>
  text.split(/\r?\n/u).flatMap((line) => {
    const [, name = '', aliases = ''] = /^\s*([^（(]*?)\s*(?:[（(]([^）)]*)[）)])?\s*$/u.exec(line) ?? [];
    const whole = name === '' ? line.trim() : name;
    return whole === ''
      ? []
      : [
          {
            name: whole,
            aliases: aliases
              .split(/[、，,；;]/u)
              .map((one) => one.trim())
              .filter((one) => one !== ''),
          },
        ];
  });

/** As `readNames` reads it. */
export const namesText = (names: readonly WrittenName[]): string =>
  names
    .map(({ name, aliases }) => (aliases.length === 0 ? name : `${name}（${aliases.join('、')}）`))
    .join('\n');
