import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareBodies, compareContents } from '#modules/library/comparison/rules.ts';
import { type Body, type Content, content } from '#modules/library/content/contract.ts';
import {
  blockEdited,
  blockOf,
  contentTriple,
  marksOf,
  type Triple,
} from '#modules/library/merge/design/testing.ts';
import { resolveContent } from '#modules/library/merge/resolution/rules.ts';
import { mergeContent, mergeSection } from '#modules/library/merge/rules.ts';
import { decideAll, lostEdits, swapSides } from '#modules/library/merge/testing.ts';
import { normalBody } from '#modules/library/tokens/rules.ts';
import { seededRandom } from '#platform/random.ts';
import { type BenchResult, percentile, rounded } from './measure.ts';

const merges = 10_000;
const seed = 20_240_126;

const timed = (work: () => unknown): number => {
  const begun = performance.now();
  work();
  return performance.now() - begun;
};

/** Throws at the first merge that loses an edit, depends on the side, or gives what the contracts refuse. */
const assertSound = (sides: Triple<Content>): { conflicts: number; bothChanged: boolean } => {
  const { base, ours, theirs } = sides;
  const merged = mergeContent(base, ours, theirs);
  assert.deepEqual(lostEdits(sides, merged), []);
  assert.deepEqual(swapSides(merged), mergeContent(base, theirs, ours));
  for (const choice of ['ours', 'theirs', 'both'] as const)
    content.parse(resolveContent(merged, decideAll(merged.conflicts, choice)));
  const normal = { sections: ours.sections.map((one) => ({ ...one, body: normalBody(one.body) })) };
  for (const whole of [
    mergeContent(base, ours, ours),
    mergeContent(base, base, ours),
    mergeContent(base, ours, base),
  ])
    assert.deepEqual(resolveContent(whole, {}), normal);
  const bothChanged = [ours, theirs].every((side) => JSON.stringify(side) !== JSON.stringify(base));
  return { conflicts: merged.conflicts.length, bothChanged };
};

/** 5,000 blocks, every one edited on both sides: no block is the same on any two. */
const longText = (): Triple<Body> => {
  const random = seededRandom(seed);
  const numbers = Array.from({ length: 5_000 }, () => random.integer(0, 1_000));
  const base = numbers.map((number, index) => blockOf(4 + (index % 4), number, marks.base));
  const edited = (side: 'ours' | 'theirs'): Body => ({
    form: 'text',
    blocks: base.map((block) =>
      blockEdited(block, [3, random.integer(0, 99), random.integer(0, 99), 1], marks[side]),
    ),
  });
  return { base: { form: 'text', blocks: base }, ours: edited('ours'), theirs: edited('theirs') };
};
const marks = { base: marksOf('b'), ours: marksOf('o'), theirs: marksOf('t') };

const cellOf = (goal: string): Body => ({ form: 'rows', rows: [{ id: 'a', cells: { goal } }] });

/** One cell of 20,000 characters out of `alphabet`; a side changes each with `chance`. */
const longCell = (alphabet: string, chance: number): Triple<Body> => {
  const random = seededRandom(seed);
  const letters = Array.from(alphabet);
  const base = Array.from({ length: 20_000 }, () => random.pick(letters));
  const side = (): Body =>
    cellOf(base.map((one) => (random.chance(chance) ? random.pick(letters) : one)).join(''));
  return { base: cellOf(base.join('')), ours: side(), theirs: side() };
};

const worstOf = ({ base, ours, theirs }: Triple<Body>): { compare: number; merge: number } => ({
  compare: rounded(timed(() => compareBodies(base, ours))),
  merge: rounded(timed(() => mergeSection(base, ours, theirs))),
});

/** Random merges with their properties checked, then what is hardest for the algorithms. */
export const benchMerge = async (): Promise<BenchResult> => {
  const triples = fc.sample(contentTriple, { numRuns: merges, seed });
  const found = triples.map(assertSound);
  const times = triples.map(({ base, ours, theirs }) => timed(() => mergeContent(base, ours, theirs)));
  const compareTimes = triples.map(({ base, ours }) => timed(() => compareContents(base, ours)));
  const total = times.reduce((sum, time) => sum + time, 0);
  const json = timed(() => {
    for (const triple of triples) JSON.parse(JSON.stringify(triple));
  });
  const text = worstOf(longText());
  const characters = Array.from({ length: 2_000 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join(
    '',
  );
  const edited = worstOf(longCell(characters, 0.01));
  const rewritten = worstOf(longCell(characters, 1));
  const twoLetters = worstOf(longCell('甲乙', 1));
  return {
    figures: {
      merges,
      bothSidesChanged: found.filter(({ bothChanged }) => bothChanged).length,
      withConflict: found.filter(({ conflicts }) => conflicts > 0).length,
      conflicts: found.reduce((sum, { conflicts }) => sum + conflicts, 0),
      propertiesBroken: 0,
      mergesPerSecond: rounded(merges / (total / 1000), 0),
      mergeP50Ms: rounded(percentile(times, 0.5), 3),
      mergeP99Ms: rounded(percentile(times, 0.99), 3),
      mergeWorstMs: rounded(Math.max(...times)),
      compareP50Ms: rounded(percentile(compareTimes, 0.5), 3),
      compareP99Ms: rounded(percentile(compareTimes, 0.99), 3),
      text5000BlocksEditedCompareMs: text.compare,
      text5000BlocksEditedMergeMs: text.merge,
      cell20000EditedCompareMs: edited.compare,
      cell20000EditedMergeMs: edited.merge,
      cell20000RewrittenCompareMs: rewritten.compare,
      cell20000RewrittenMergeMs: rewritten.merge,
      cell20000TwoLettersCompareMs: twoLetters.compare,
      cell20000TwoLettersMergeMs: twoLetters.merge,
    },
    ratios: { mergeToJsonRoundTrip: rounded(total / json) },
  };
};
