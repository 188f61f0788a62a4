import type { SeededRandom } from '#platform/random.ts';
import type { CriterionEntry, ObservationContent } from '../contract.ts';
import { type CriterionPhrases, criterionPhrases } from '../phrases/demo.ts';
import { tidyCriteria } from '../rules.ts';

type Notes = Pick<ObservationContent, 'criteria' | 'strengths' | 'toImprove' | 'suggestion'>;

interface Noted {
  readonly phrases: CriterionPhrases;
  readonly entry: CriterionEntry;
}

const note = (phrases: CriterionPhrases, random: SeededRandom): Noted => {
  const kind = random.next();
  const { code, well, partly } = phrases;
  if (random.chance(0.03)) return { phrases, entry: { code, step: 'not-applicable', evidence: '' } };
  if (kind < well)
    return {
      phrases,
      entry: { code, step: 'seen-well', evidence: random.chance(0.8) ? random.pick(phrases.good) : '' },
    };
  return {
    phrases,
    entry: {
      code,
      step: kind < well + partly ? 'partly' : 'not-seen',
      evidence: random.chance(0.7) ? random.pick(phrases.weak) : '',
    },
  };
};

/** What an observer wrote: a few criteria that were seen, and two or three sentences that follow from them. */
export const writeNotes = (random: SeededRandom, draft: boolean): Notes => {
  const noted = random
    .shuffle(criterionPhrases)
    .slice(0, random.integer(draft ? 1 : 3, draft ? 3 : 6))
    .map((phrases) => note(phrases, random));
  const [good, ...others] = noted.toSorted((a, b) => b.phrases.well - a.phrases.well);
  const weak =
    others.find(({ entry }) => entry.step === 'partly' || entry.step === 'not-seen') ?? others.at(-1) ?? good;
  const sentence = (list: readonly string[] | undefined): string =>
    list === undefined ? '' : random.pick(list);
  return {
    criteria: tidyCriteria(noted.map(({ entry }) => entry)),
    strengths: sentence(good?.phrases.good),
    toImprove: !draft && random.chance(0.75) ? sentence(weak?.phrases.weak) : '',
    suggestion: draft ? '' : sentence(weak?.phrases.advice),
  };
};
