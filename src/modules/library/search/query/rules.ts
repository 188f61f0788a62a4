import { fold, gramsOfWord, isOneGram, wordsOf } from '#platform/text-search/grams.ts';
import { every, type LexemeQuery, lexeme, some } from '#platform/text-search/query.ts';
import type { Range } from '../contract.ts';
import { ageBits, marked, spanOf } from '../entry/rules.ts';
import { mostHits } from '../vocabulary/contract.ts';
import { knownWords } from '../words/rules.ts';

/** One word as it was typed. It stands in an item as it is, in its parts, or as the letters of a title's 拼音. */
export interface QueryWord {
  readonly text: string;
  /** The word cut at words like 数学 and 教案, each part as what it may be called; empty where it cannot be cut. */
  readonly parts: readonly (readonly string[])[];
  /** What of it says more than subject, grade and kind. */
  readonly telling: readonly string[];
  readonly latin: boolean;
}

export interface Query {
  readonly words: readonly QueryWord[];
  /** Single characters are looked for in titles only. */
  readonly titlesOnly: boolean;
  /** What in a title or in the names of unit and lesson brings an item to the front. */
  readonly ranking: readonly string[];
}

const isSingle = (text: string): boolean => Array.from(text).length === 1;

/** The longest first: 信息技术 before 信息. */
const knownInside = new RegExp(
  `(${[...knownWords.keys()].toSorted((one, other) => other.length - one.length).join('|')})`,
  'u',
);

const readWord = (text: string): QueryWord => {
  const latin = /^[a-z]{2,}$/.test(text);
  const cut = latin && !knownWords.has(text) ? [text] : text.split(knownInside).filter((part) => part !== '');
  const telling = cut.filter((part) => !knownWords.has(part));
  // 自然数 is not 自然 and 数.
  const sensible = cut.some((part) => knownWords.has(part)) && !telling.some(isSingle);
  if (!sensible) return { text, parts: [], telling: [text], latin };
  const parts = cut.map((part) => knownWords.get(part) ?? [part]);
  return { text, parts: parts.length === 1 && parts[0]?.length === 1 ? [] : parts, telling, latin };
};

export const readQuery = (typed: string): Query => {
  const words = wordsOf(typed).map(readWord);
  const telling = words.flatMap((word) => word.telling);
  return {
    words,
    titlesOnly: words.length > 0 && words.every(({ text }) => isSingle(text)),
    ranking: telling.length > 0 ? telling : words.map(({ text }) => text),
  };
};

const gramsQuery = (text: string): LexemeQuery => every(gramsOfWord(text).map(lexeme));
const markedQuery = (place: 'initials' | 'pinyin', text: string): LexemeQuery =>
  every(gramsOfWord(text).map((gram) => lexeme(marked(place, gram))));

/** Two letters are too little of a spelling: they would be in nearly every title. */
export const isSpelling = ({ latin, text }: QueryWord): boolean => latin && text.length >= 4;

const wordQuery = (word: QueryWord): LexemeQuery =>
  some([
    gramsQuery(word.text),
    ...(word.parts.length === 0 ? [] : [every(word.parts.map((names) => some(names.map(gramsQuery))))]),
    ...(word.latin ? [markedQuery('initials', word.text)] : []),
    ...(isSpelling(word) ? [markedQuery('pinyin', word.text)] : []),
  ]);

export interface Filters {
  readonly kind?: string | undefined;
  readonly stage?: string | undefined;
  readonly subject?: string | undefined;
  readonly grade?: number | undefined;
  readonly volumeId?: string | undefined;
  readonly unitId?: string | undefined;
  readonly lessonId?: string | undefined;
  readonly owner?: string | undefined;
  readonly lifeContext?: boolean | undefined;
}

const filterLexemes = (filters: Filters): LexemeQuery[] =>
  (
    [
      ['kind', filters.kind],
      ['stage', filters.stage],
      ['subject', filters.subject],
      ['grade', filters.grade],
      ['volume', filters.volumeId],
      ['unit', filters.unitId],
      ['lesson', filters.lessonId],
      ['owner', filters.owner],
      ['life', filters.lifeContext === true ? '' : undefined],
    ] as const
  ).flatMap(([place, value]) => (value === undefined ? [] : [lexeme(marked(place, value))]));

/** What every hit has among its lexemes; what has them may still lack a longer word. */
const lexemeQuery = ({ words, titlesOnly }: Query, filters: Filters): LexemeQuery[] => [
  ...filterLexemes(filters),
  ...words.flatMap((word) =>
    isSingle(word.text) ? (titlesOnly ? [lexeme(marked('title', word.text))] : []) : [wordQuery(word)],
  ),
];

export interface Span {
  /** How many entries it has at least. */
  readonly size: number;
  readonly lexemes: LexemeQuery;
}

/**
 * The same search in ever wider spans of the newest entries, at last in all. Two neighbouring spans each, since the
 * newest may just have begun.
 */
export const widening = (query: Query, filters: Filters, newest: number): Span[] => {
  const conditions = lexemeQuery(query, filters);
  const narrow = ageBits.filter((bits) => spanOf(newest, bits) > 1);
  return [
    ...narrow.map((bits) => {
      const span = spanOf(newest, bits);
      const ages = [span, span - 1].map((one) => lexeme(marked(`age${bits}:`, one)));
      return { size: 2 ** bits, lexemes: every([...conditions, some(ages)]) };
    }),
    { size: Number.POSITIVE_INFINITY, lexemes: every(conditions) },
  ];
};

/** The next span that should hold enough, if hits are as dense there as in the one with `found`. */
export const nextSpan = (spans: readonly Span[], at: number, found: number): number => {
  const needed = ((spans[at]?.size ?? 0) * mostHits) / found;
  const next = spans.findIndex(({ size }, index) => index > at && size >= needed);
  return next < 0 ? spans.length : next;
};

/** Whether its lexemes say everything about a word, so that the text need not be read. */
export const isSaidByLexemes = ({ text, parts }: QueryWord): boolean =>
  isOneGram(text) && parts.every((names) => names.every(isOneGram));

/** Where words stand in a text, in order and without overlap. */
export const marksIn = (text: string, words: readonly string[]): Range[] => {
  const folded = fold(text);
  const found = words
    .flatMap((word) => {
      const ranges: Range[] = [];
      for (let from = folded.indexOf(word); from >= 0; from = folded.indexOf(word, from + word.length))
        ranges.push({ from, to: from + word.length });
      return ranges;
    })
    .toSorted((one, other) => one.from - other.from || other.to - one.to);
  const marks: Range[] = [];
  for (const range of found) {
    const last = marks.at(-1);
    if (last === undefined || range.from >= last.to) marks.push(range);
  }
  return marks;
};

/** What is marked in titles and excerpts. */
export const wordsToMark = ({ words }: Query): string[] => [
  ...new Set(words.flatMap(({ text, parts }) => [text, ...parts.flat()])),
];

/** What an excerpt is cut around, the most telling first. */
export const wordsToShow = (query: Query): string[] =>
  [...new Set([...query.ranking, ...wordsToMark(query)])].filter((word) => !isSingle(word)).slice(0, 12);

export interface Cutting {
  readonly text: string;
  readonly begins: boolean;
  readonly ends: boolean;
}

export const excerptOf = ({ text, begins, ends }: Cutting, words: readonly string[]) => {
  const shown = `${begins ? '' : '…'}${text}${ends ? '' : '…'}`;
  return { text: shown, marks: marksIn(shown, words) };
};

interface Placed {
  readonly rank: number;
  readonly ordinal: number;
}

/** Best first, and among equals the newest; no two entries are equal. */
export const byRank = (one: Placed, other: Placed): number =>
  one.rank - other.rank || other.ordinal - one.ordinal;
