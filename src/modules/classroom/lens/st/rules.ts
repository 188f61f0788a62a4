import type { StInterval, StRecord, StRegion, StSymbol, StTaps, StVariant } from '../contract.ts';

type Change = StTaps['changes'][number];

/** One change a moment (the last tap of a second stands), each to something else than before. */
export const settledChanges = (changes: readonly Change[]): Change[] =>
  changes
    .filter(([at], index) => changes[index + 1]?.[0] !== at)
    .filter(([, symbol], index, kept) => kept[index - 1]?.[1] !== symbol);

/** Where the record ends; until its end is tapped the last stretch is not known, so it does not count. */
export const endOf = ({ endAt, changes }: Pick<StTaps, 'endAt' | 'changes'>): number =>
  endAt ?? changes.at(-1)?.[0] ?? 0;

/** Seconds spent in each, by the taps themselves. */
export const secondsOf = (changes: readonly Change[], end: number): Record<StSymbol, number> => {
  const seconds = { T: 0, S: 0, D: 0 };
  const settled = settledChanges(changes);
  for (const [index, [at, symbol]] of settled.entries())
    seconds[symbol] += (settled[index + 1]?.[0] ?? end) - at;
  return seconds;
};

/** What was going on in the middle of each interval; a last interval less than half begun gives no sample. */
export const resample = (changes: readonly Change[], end: number, interval: StInterval): string => {
  const begin = changes[0]?.[0] ?? end;
  const samples: StSymbol[] = [];
  let index = 0;
  for (let moment = begin + interval / 2; moment < end; moment += interval) {
    while ((changes[index + 1]?.[0] ?? Number.POSITIVE_INFINITY) <= moment) index += 1;
    const symbol = changes[index]?.[1];
    if (symbol !== undefined) samples.push(symbol);
  }
  return samples.join('');
};

export interface StCounts {
  readonly n: number;
  readonly nt: number;
  readonly ns: number;
  readonly nd: number;
  /** Runs (连): longest stretches of the same symbol. */
  readonly g: number;
}

export const countSamples = (samples: string): StCounts => {
  const symbols = Array.from(samples);
  const among = (wanted: StSymbol): number => symbols.filter((symbol) => symbol === wanted).length;
  return {
    n: symbols.length,
    nt: among('T'),
    ns: among('S'),
    nd: among('D'),
    g: symbols.filter((symbol, index) => symbol !== symbols[index - 1]).length,
  };
};

/** Null where there is no sample. */
export interface StRatios {
  readonly rt: number | null;
  readonly rs: number | null;
  readonly ch: number | null;
  readonly region: StRegion | null;
}

/** Ch counts changes per sample: (g − 1)/N. Texts in which g means the changes themselves write g/N. */
export const stRatios = ({ n, nt, ns, nd, g }: StCounts): StRatios => {
  if (n === 0) return { rt: null, rs: null, ch: null, region: null };
  const rt = (nt + nd / 2) / n;
  const ch = (g - 1) / n;
  return { rt, rs: (ns + nd / 2) / n, ch, region: regionOf(rt, ch) };
};

/** The order matters: dialogue first. */
export const regionOf = (rt: number, ch: number): StRegion => {
  if (ch >= 0.4) return 'dialogue';
  if (rt >= 0.7) return 'lecture';
  return rt <= 0.3 ? 'practice' : 'mixed';
};

/**
 * Ch ≤ 2·min(Rt, 1 − Rt), in whole numbers: of the rarer symbol each sample has a change on either side at most.
 * No sequence of T and S can break it, figures copied by hand can. There are no more runs than samples, and
 * two at least where both symbols occur.
 */
export const isFeasible = ({ n, nt, g }: Pick<StCounts, 'n' | 'nt' | 'g'>): boolean => {
  const rarer = Math.min(nt, n - nt);
  return rarer >= 0 && g - 1 <= 2 * rarer && g <= n && g >= (rarer > 0 ? 2 : Math.min(1, n));
};

/** Null when only counts were entered. */
export const samplesOf = (st: StRecord, interval: StInterval = st.interval): string | null => {
  if (st.source === 'counts') return null;
  return st.source === 'samples' ? st.samples : resample(st.changes, endOf(st), interval);
};

export const stCountsOf = (st: StRecord, interval: StInterval = st.interval): StCounts => {
  if (st.source === 'counts') return { n: st.n, nt: st.nt, ns: st.n - st.nt, nd: 0, g: st.g };
  return countSamples(samplesOf(st, interval) ?? '');
};

/** From the origin: a step right for each T, a step up for each S, half a step of both for D. */
export const stCurve = (samples: string): { readonly t: number; readonly s: number }[] => {
  const points = [{ t: 0, s: 0 }];
  for (const symbol of samples) {
    const { t, s } = points.at(-1) ?? { t: 0, s: 0 };
    const step = symbol === 'T' ? 1 : symbol === 'D' ? 0.5 : 0;
    points.push({ t: t + step, s: s + 1 - step });
  }
  return points;
};

/** The samples of each stretch of `minutes`, for the table beside the curve; `to` is the last one's own end. */
export const stStretches = (
  samples: string,
  interval: StInterval,
  minutes: number,
): (StCounts & { readonly from: number; readonly to: number })[] => {
  const size = (minutes * 60) / interval;
  return Array.from({ length: Math.ceil(samples.length / size) }, (_, index) => {
    const part = samples.slice(index * size, (index + 1) * size);
    const from = index * minutes * 60;
    return { ...countSamples(part), from, to: from + part.length * interval };
  });
};

/** Samples as another tool printed them, in capital or small letters, with whatever stands between. */
export const readSamples = (text: string): { samples: string; unknown: string[] } => {
  const letters = Array.from(text.toUpperCase().replaceAll(/[\s,，、;；.。|/-]/g, ''));
  const isSymbol = (letter: string): boolean => 'TSD'.includes(letter);
  return {
    samples: letters.filter(isSymbol).join(''),
    unknown: [...new Set(letters.filter((letter) => !isSymbol(letter)))],
  };
};

export const variantOf = (samples: string): StVariant => (samples.includes('D') ? 't-s-d' : 't-s');
