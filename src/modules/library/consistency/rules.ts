import type { Content, Row } from '../content/contract.ts';
import { rowsOf, sectionOf } from '../content/rules.ts';

/** A row as people count it, with the words by which they know it. */
export interface Entry {
  readonly number: number;
  readonly text: string;
}
export interface GoalLinks extends Entry {
  readonly competency: string;
  readonly tasks: readonly Entry[];
  readonly activities: readonly Entry[];
  readonly homework: readonly Entry[];
}
/** A section of the design whose rows serve goals; null where its form has none. */
interface Side {
  readonly title: string;
  /** Rows that name no goal of this design. */
  readonly loose: readonly Entry[];
}
export interface Links {
  readonly goals: readonly GoalLinks[];
  readonly tasks: Side | null;
  readonly activities: Side | null;
  readonly homework: Side | null;
}

const activityKeys = ['process', 'lessons', 'activities'];
const words = ['task', 'phase', 'topic', 'activity', 'item', 'goal', 'hour', 'pupils', 'teacher'];
const longest = 24;

const isFilled = ({ cells }: Row): boolean => Object.values(cells).some((cell) => cell.trim() !== '');

const textOf = ({ cells }: Row): string => {
  const said = words.map((key) => (cells[key] ?? '').trim()).find((text) => text !== '') ?? '';
  return said.length > longest ? `${said.slice(0, longest)}…` : said;
};

interface Server extends Entry {
  readonly serves: readonly string[];
}
/** Rows with anything in them; the others keep their number but are not asked for. */
const serversIn = (content: Content, key: string | undefined): Server[] =>
  rowsOf(content, key ?? '').flatMap((row, index) =>
    isFilled(row)
      ? [
          {
            number: index + 1,
            text: textOf(row),
            serves: (row.cells['goals'] ?? '').split(/\s+/).filter((id) => id !== ''),
          },
        ]
      : [],
  );

const toEntry = ({ number, text }: Entry): Entry => ({ number, text });

/** 教—学—评一致性: how goals, evaluation tasks, activities and homework hang together; null of a form without goals. */
export const linksOf = (content: Content): Links | null => {
  if (sectionOf(content, 'goals')?.body.form !== 'rows') return null;
  const isRows = (key: string): boolean => sectionOf(content, key)?.body.form === 'rows';
  const activityKey = activityKeys.find(isRows);
  const goalRows = rowsOf(content, 'goals').map((row, index) => ({ row, number: index + 1 }));
  const known = new Set(goalRows.map(({ row }) => row.id));
  const [tasks, activities, homework] = [
    serversIn(content, 'tasks'),
    serversIn(content, activityKey),
    serversIn(content, 'homework'),
  ];
  const serving = (servers: readonly Server[], id: string): Entry[] =>
    servers.filter(({ serves }) => serves.includes(id)).map(toEntry);
  const side = (key: string | undefined, servers: readonly Server[]): Side | null =>
    key === undefined || !isRows(key)
      ? null
      : {
          title: sectionOf(content, key)?.title ?? '',
          loose: servers.filter(({ serves }) => !serves.some((id) => known.has(id))).map(toEntry),
        };
  return {
    goals: goalRows
      .filter(({ row }) => isFilled(row))
      .map(({ row, number }) => ({
        number,
        text: (row.cells['goal'] ?? '').trim(),
        competency: (row.cells['competency'] ?? '').trim(),
        tasks: serving(tasks, row.id),
        activities: serving(activities, row.id),
        homework: serving(homework, row.id),
      })),
    tasks: side('tasks', tasks),
    activities: side(activityKey, activities),
    homework: side('homework', homework),
  };
};

/** A goal is linked when something checks it and something leads to it; in a form of homework alone, when homework serves it. */
export const isLinked = (goal: GoalLinks, { tasks, activities }: Links): boolean =>
  tasks === null && activities === null
    ? goal.homework.length > 0
    : (tasks === null || goal.tasks.length > 0) && (activities === null || goal.activities.length > 0);

/** Linked goals of goals (domain.md 3.5). */
export const completenessOf = (links: Links): { readonly linked: number; readonly goals: number } => ({
  linked: links.goals.filter((goal) => isLinked(goal, links)).length,
  goals: links.goals.length,
});

const numbers = (entries: readonly Entry[]): string => entries.map(({ number }) => number).join('、');

/** What does not hang together, each a sentence that says what to do; empty when all is well. */
export const consistencyProblems = (links: Links): string[] => {
  const { goals, tasks, activities, homework } = links;
  if (goals.length === 0) return ['还没有写目标。请先写目标，再把任务、活动和作业对应上去。'];
  const say = (entries: readonly Entry[], sentence: (which: string) => string): string[] =>
    entries.length === 0 ? [] : [sentence(numbers(entries))];
  const without = (key: 'tasks' | 'activities' | 'homework'): GoalLinks[] =>
    goals.filter((goal) => goal[key].length === 0);
  return [
    ...(tasks === null
      ? []
      : say(
          without('tasks'),
          (which) =>
            `目标${which}还没有评价任务。请在“${tasks.title}”中加一项，或在已有任务的“对应目标”里选上。`,
        )),
    ...(activities === null
      ? []
      : say(
          without('activities'),
          (which) =>
            `目标${which}还没有教学活动。请在“${activities.title}”的“对应目标”里选上，或删去这个目标。`,
        )),
    ...(tasks !== null || activities !== null || homework === null
      ? []
      : say(
          without('homework'),
          (which) => `目标${which}还没有作业。请在“${homework.title}”的“对应目标”里选上，或删去这个目标。`,
        )),
    ...say(tasks?.loose ?? [], (which) => `评价任务${which}没有对应目标。请选上它检验的目标，或删去。`),
    ...say(
      activities?.loose ?? [],
      (which) => `“${activities?.title}”第${which}行没有对应目标。请选上它服务的目标。`,
    ),
    ...say(homework?.loose ?? [], (which) => `作业第${which}题没有对应目标。请选上它巩固的目标，或删去。`),
    ...say(
      goals.filter(({ competency }) => competency === ''),
      (which) => `目标${which}没有写明核心素养。请在“核心素养”一栏选上。`,
    ),
  ];
};
