import { insertRows } from '#platform/database/bulk-insert.ts';
import type { Queryable } from '#platform/database/database.ts';
import { type SeededRandom, seededRandom } from '#platform/random.ts';
import type { Mode } from '../vocabulary/contract.ts';
import type { LensContent, Phases, Question, StTaps } from './contract.ts';
import { emptyLens } from './rules.ts';
import { lensSchema } from './store.ts';
import { followUpKinds, type PhaseKind, questionTypes, type StSymbol } from './vocabulary/contract.ts';

interface SeededObservation {
  readonly id: string;
  readonly observerId: string;
  readonly teacherId: string | null;
  readonly mode: Mode;
  readonly createdAt: string;
  readonly finalisedAt: string | null;
  readonly fedBackAt: string | null;
}

/**
 * One lesson of twelve is looked into, every recording, and what each teacher was told last. A source of its own
 * leaves the records as they were.
 */
export const seedLenses = async (
  db: Queryable,
  observations: readonly SeededObservation[],
): Promise<void> => {
  const random = seededRandom(86);
  const told = observations
    .filter(({ fedBackAt }) => fedBackAt !== null)
    .toSorted((a, b) => (a.fedBackAt ?? '').localeCompare(b.fedBackAt ?? ''));
  const toldLast = new Set(new Map(told.map(({ teacherId, id }) => [teacherId, id])).values());
  const lenses = observations
    .filter(({ id, mode }) => random.chance(0.08) || mode === 'video' || toldLast.has(id))
    .map((observation) => {
      const content = lookInto(observation, random);
      const isFixed = observation.finalisedAt !== null;
      return { observation, content, isFixed };
    });
  await insertRows(
    db,
    'classroom.lens',
    lenses.map(({ observation: { id, createdAt, finalisedAt }, content, isFixed }) => ({
      observationId: id,
      schema: lensSchema,
      content,
      version: isFixed ? 3 : 2,
      contentNumber: isFixed ? 1 : 0,
      savedAt: finalisedAt ?? createdAt,
    })),
  );
  await insertRows(
    db,
    'classroom.lensVersion',
    lenses.flatMap(({ observation: { id, observerId, finalisedAt }, content }) =>
      finalisedAt === null
        ? []
        : [
            {
              observationId: id,
              number: 1,
              schema: lensSchema,
              content,
              reason: '完成',
              madeBy: observerId,
              madeAt: finalisedAt,
            },
          ],
    ),
  );
};

const lessonSeconds = 2400;

const lookInto = ({ createdAt, mode }: SeededObservation, random: SeededRandom): LensContent => {
  const kinds = random.shuffle(['phases', 'questions', 'talk', 'st'] as const).slice(0, random.integer(1, 3));
  const uses = (kind: (typeof kinds)[number]): boolean => kinds.includes(kind);
  return {
    phases: uses('phases') ? somePhases(createdAt, random) : null,
    questions: uses('questions') ? someQuestions(random) : [],
    talk: uses('talk')
      ? {
          iMessages: random.integer(1, 6),
          youMessages: random.integer(0, 4),
          quotation: random.chance(0.5) ? random.pick(quotations) : '',
        }
      : emptyLens.talk,
    st: uses('st') ? someTaps(createdAt, random) : null,
    coding: mode === 'video' ? { codeSet: 'fias-1', codes: someCodes(random) } : null,
  };
};

const quotations = [
  '两个人同时说，我就听不清，担心漏掉关键的一步。',
  '你这样想，我很受启发，请你再说给大家听听。',
  '我看到还有三个小组没写完，我们再等一分钟。',
];

const courses: readonly (readonly PhaseKind[])[] = [
  ['lead-in', 'new-content', 'practice', 'summary'],
  ['lead-in', 'new-content', 'discussion', 'presentation', 'summary'],
  ['lead-in', 'discussion', 'presentation', 'new-content', 'practice', 'summary'],
  ['practice', 'presentation', 'other', 'practice', 'summary'],
];

const somePhases = (startedAt: string, random: SeededRandom): Phases => {
  const course = random.pick(courses);
  let at = 0;
  const changes = course.map((kind, index): Phases['changes'][number] => {
    const change: Phases['changes'][number] = [at, kind, kind === 'other' ? '错题归类' : ''];
    const left = lessonSeconds - at;
    at += Math.round((left / (course.length - index)) * (0.6 + random.next() * 0.7));
    return change;
  });
  return { startedAt, endAt: lessonSeconds, changes };
};

const someQuestions = (random: SeededRandom): Question[] =>
  Array.from({ length: random.integer(6, 22) }, (): Question => {
    const type = random.pick([...questionTypes, 'what', 'what', 'why'] as const);
    const followUps = random.chance(type === 'what' ? 0.2 : 0.5) ? random.integer(1, 3) : 0;
    return [type, Array.from({ length: followUps }, () => random.pick([...followUpKinds, null]))];
  });

const someTaps = (startedAt: string, random: SeededRandom): StTaps => {
  const changes: StTaps['changes'] = [];
  const teacherShare = 0.35 + random.next() * 0.35;
  let symbol: StSymbol = 'T';
  for (let at = 0; at < lessonSeconds; symbol = symbol === 'T' ? 'S' : 'T') {
    changes.push([at, symbol]);
    at += Math.round((20 + random.next() * 160) * (symbol === 'T' ? teacherShare : 1 - teacherShare) * 2);
  }
  return { source: 'taps', variant: 't-s', interval: 30, startedAt, endAt: lessonSeconds, changes };
};

/** Each code is likely to last; questions are answered, answers taken up. */
const afterCode: Readonly<Record<string, readonly string[]>> = {
  '1': ['5', '4'],
  '2': ['5', '4', '3'],
  '3': ['4', '5', '8'],
  '4': ['8', '8', '9', '10'],
  '5': ['5', '5', '4', '6'],
  '6': ['10', '8', '9'],
  '7': ['5', '10'],
  '8': ['2', '3', '4', '8'],
  '9': ['3', '2', '9', '8'],
  '10': ['4', '8', '9', '10'],
};

const someCodes = (random: SeededRandom): string => {
  const codes = ['5'];
  while (codes.length < 800) {
    const last = codes.at(-1) ?? '5';
    codes.push(random.chance(0.5) ? last : random.chance(0.01) ? '7' : random.pick(afterCode[last] ?? ['5']));
  }
  return codes.join(' ');
};
