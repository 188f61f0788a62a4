import type { Mode } from '../vocabulary/contract.ts';
import { readCodes } from './coding/rules.ts';
import type { LensContent, Phases, Question, StRecord } from './contract.ts';
import { isFeasible } from './st/rules.ts';
import type { FollowUpKind, PhaseKind, QuestionType } from './vocabulary/contract.ts';

export const emptyLens: LensContent = {
  phases: null,
  questions: [],
  talk: { iMessages: 0, youMessages: 0, quotation: '' },
  st: null,
  coding: null,
};

export const isEmptyLens = (content: LensContent): boolean => sameLens(content, emptyLens);

/** The database keeps keys in an order of its own. */
const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => [key, ordered(part)]);
};

export const sameLens = (a: LensContent, b: LensContent): boolean =>
  JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));

interface PhaseSpan {
  readonly kind: PhaseKind;
  readonly label: string;
  readonly from: number;
  /** Null for a last phase whose end was not tapped. */
  readonly seconds: number | null;
}

export const phaseSpans = ({ changes, endAt }: Phases): PhaseSpan[] =>
  changes.map(([from, kind, label], index) => {
    const until = changes[index + 1]?.[0] ?? endAt;
    return { kind, label, from, seconds: until === null ? null : until - from };
  });

/** `3 分 05 秒`; under a minute `40 秒`. */
export const durationLabel = (seconds: number): string => {
  const whole = Math.floor(seconds / 60);
  const rest = seconds % 60;
  if (whole === 0) return `${rest} 秒`;
  return rest === 0 ? `${whole} 分` : `${whole} 分 ${String(rest).padStart(2, '0')} 秒`;
};

/** `37.5%`; a dash where there is nothing to divide by. */
export const shareLabel = (share: number | null): string =>
  share === null ? '–' : `${Number((share * 100).toFixed(1))}%`;

interface QuestionTally {
  readonly total: number;
  readonly counts: Readonly<Record<QuestionType, number>>;
  readonly shares: Readonly<Record<QuestionType, number | null>>;
  readonly followUps: number;
  readonly followUpCounts: Readonly<Record<FollowUpKind, number>>;
  readonly followedUp: number;
  /** Of all questions, those with a follow-up. */
  readonly followedUpShare: number | null;
  /** Questions in the longest chain, its first one included; 0 without a question. */
  readonly longestChain: number;
}

export const tallyQuestions = (questions: readonly Question[]): QuestionTally => {
  const total = questions.length;
  const among = (type: QuestionType): number => questions.filter(([one]) => one === type).length;
  const followUps = questions.flatMap(([, asked]) => asked);
  const kinds = (kind: FollowUpKind): number => followUps.filter((one) => one === kind).length;
  const followedUp = questions.filter(([, asked]) => asked.length > 0).length;
  const share = (count: number): number | null => (total === 0 ? null : count / total);
  return {
    total,
    counts: { what: among('what'), why: among('why'), how: among('how'), 'what-if': among('what-if') },
    shares: {
      what: share(among('what')),
      why: share(among('why')),
      how: share(among('how')),
      'what-if': share(among('what-if')),
    },
    followUps: followUps.length,
    followUpCounts: {
      reason: kinds('reason'),
      evidence: kinds('evidence'),
      'another-way': kinds('another-way'),
      transfer: kinds('transfer'),
    },
    followedUp,
    followedUpShare: share(followedUp),
    longestChain: Math.max(0, ...questions.map(([, asked]) => 1 + asked.length)),
  };
};

const isRising = (times: readonly number[]): boolean =>
  times.every((time, index) => time >= (times[index - 1] ?? 0));

const stProblem = (st: StRecord): string | null => {
  if (st.source === 'counts')
    return isFeasible(st)
      ? null
      : 'S–T 数据自相矛盾：转换率 Ch 不可能大于 Rt 与 1−Rt 中较小者的两倍，请核对 N、Nt 和 g。';
  const symbols: readonly string[] =
    st.source === 'samples' ? Array.from(st.samples) : st.changes.map(([, to]) => to);
  if (st.variant === 't-s' && symbols.includes('D'))
    return 'S–T 数据中有互动样本 D，请改选“另记互动（T、S、D）”。';
  if (
    st.source === 'taps' &&
    !isRising([...st.changes.map(([at]) => at), ...(st.endAt === null ? [] : [st.endAt])])
  )
    return 'S–T 的时间先后不对，请撤销最后几次再记。';
  return null;
};

/** Why this content cannot be right, in one sentence; null when nothing speaks against it. */
export const lensProblem = ({ phases, st, coding }: LensContent): string | null => {
  if (
    phases !== null &&
    !isRising([...phases.changes.map(([at]) => at), ...(phases.endAt === null ? [] : [phases.endAt])])
  )
    return '教学环节的时间先后不对，请撤销最后几次再记。';
  const ofSt = st === null ? null : stProblem(st);
  if (ofSt !== null) return ofSt;
  const unknown = coding === null ? [] : readCodes(coding.codes, coding.codeSet).unknown;
  return unknown.length === 0
    ? null
    : `课堂编码中有这套编码没有的：${unknown.slice(0, 5).join('、')}，请核对。`;
};

/** Coding every three seconds needs a recording that can be stopped. */
export const lensFitsMode = ({ coding }: LensContent, mode: Mode): boolean =>
  coding === null || coding.codes === '' || mode === 'video';
