import { isDeepStrictEqual } from 'node:util';
import type { ReflectionAspect } from '../vocabulary/contract.ts';

/** What a reflection says. */
interface Said {
  readonly taughtOn: string;
  readonly classLabel: string;
  readonly worked: string;
  readonly change: string;
  readonly aspects: Readonly<Partial<Record<ReflectionAspect, string>>>;
}

const wordsOf = ({ taughtOn, classLabel, worked, change, aspects }: Said): Said => ({
  taughtOn,
  classLabel,
  worked,
  change,
  aspects,
});

/** Whether two say the same, in whatever order their aspects stand. */
export const isSameReflection = (one: Said, other: Said): boolean =>
  isDeepStrictEqual(wordsOf(one), wordsOf(other));
