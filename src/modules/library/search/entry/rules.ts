import { pinyin } from 'pinyin-pro';
import type { Stage, Subject } from '#modules/organisation/vocabulary/contract.ts';
import { fold, gramsOf } from '#platform/text-search/grams.ts';
import { cellParts } from '../../content/cell-text/rules.ts';
import type { Content, Section } from '../../content/contract.ts';
import { plainText, templateOf } from '../../content/rules.ts';
import { lifeContextOf } from '../../tag/rules.ts';
import { lessonName, unitName } from '../../textbook/rules.ts';
import { type VolumePart, volumePartLabels } from '../../textbook/vocabulary/contract.ts';
import type { ItemKind } from '../../vocabulary/contract.ts';
import { labelWords } from '../words/rules.ts';

/** Where a mark stands and what it says; the blank before keeps it apart from every gram. */
export const marked = (place: MarkPlace, value: string | number): string => ` ${place}${value}`;
type MarkPlace =
  | 'title'
  | 'initials'
  | 'pinyin'
  | 'kind'
  | 'stage'
  | 'subject'
  | 'grade'
  | 'volume'
  | 'unit'
  | 'lesson'
  | 'owner'
  | 'life'
  | `age${number}:`;

/**
 * The order of entries cut into spans of 2^9, 2^11 … 2^21: a search looks at the newest span first and goes on to wider
 * ones only for want of hits, so that a word of every text costs no more in a large library than in a small one.
 */
export const ageBits = [9, 11, 13, 15, 17, 19, 21] as const;
export const spanOf = (ordinal: number, bits: number): number => Math.floor(ordinal / 2 ** bits);

/** What an item is found by. */
export interface Searchable {
  readonly kind: ItemKind;
  readonly title: string;
  readonly summary: string;
  readonly stage: Stage;
  readonly subject: Subject;
  readonly grade: number;
  readonly volumeId: string | null;
  readonly unitId: string | null;
  readonly lessonId: string | null;
  readonly schoolId: string | null;
  readonly schoolName: string | null;
  readonly publisher: string | null;
  readonly part: VolumePart | null;
  readonly unit: { readonly number: number | null; readonly title: string } | null;
  readonly lesson: { readonly number: number | null; readonly title: string } | null;
  /** Null until it is published: then only the title is found. */
  readonly content: Content | null;
  readonly authors: readonly string[];
}

export interface SearchEntry {
  readonly title: string;
  readonly heading: string;
  readonly body: string;
  readonly folded: string;
  readonly bodyFrom: number;
  readonly initials: string;
  readonly pinyin: string;
  readonly lexemes: readonly string[];
}

/** A design of more words than a thick book is found by its beginning. */
const longestBody = 100_000;

/** 拼音 without tones; what is not Chinese is left out. */
const syllables = (title: string): string[] =>
  pinyin(title, { toneType: 'none', type: 'array', v: true, nonZh: 'removed' }).map((one) =>
    one.toLowerCase(),
  );

const cellWords = (text: string): string =>
  cellParts(text)
    .map((part) => (part.type === 'text' ? part.text : part.type === 'math' ? part.latex : part.alt))
    .join('');

/** Without ids and keys of choices, which nobody reads. */
const wordsOfSection = (kind: ItemKind, { key, title, body }: Section): string => {
  const template = templateOf(kind, key);
  const heading = template === undefined ? `${title}\n` : '';
  if (body.form === 'text') return heading + plainText(body);
  const isRead = (column: string): boolean => {
    const type = template?.columns?.find((one) => one.key === column)?.type;
    return type === undefined || type === 'text' || type === 'competency';
  };
  return (
    heading +
    body.rows
      .map(({ cells }) =>
        Object.entries(cells)
          .flatMap(([column, text]) => (isRead(column) ? [cellWords(text)] : []))
          .join(' '),
      )
      .join('\n')
  );
};

const bodyOf = ({ kind, summary, content }: Searchable): string => {
  if (content === null) return '';
  const words = [summary, ...content.sections.map((section) => wordsOfSection(kind, section))];
  return words
    .join('\n')
    .replaceAll(/[\s\0]+/gu, ' ')
    .trim()
    .slice(0, longestBody)
    .toWellFormed();
};

export const entryOf = (item: Searchable, ordinal: number): SearchEntry => {
  const title = fold(item.title);
  const place = [
    item.unit === null ? '' : unitName(item.unit),
    item.lesson === null ? '' : lessonName(item.lesson),
  ];
  const heading = fold([item.title, ...place].join('\n'));
  const labels = [
    ...labelWords(item),
    item.publisher ?? '',
    item.part === null ? '' : volumePartLabels[item.part],
    item.schoolName ?? '',
    ...item.authors,
  ];
  const body = bodyOf(item);
  const head = `${heading}\n${fold(labels.join('\n'))}\n`;
  const folded = head + fold(body);
  const spelled = syllables(item.title);
  const initials = spelled.map((syllable) => syllable.slice(0, 1)).join('');
  const letters = spelled.join('');
  const places = { volume: item.volumeId, unit: item.unitId, lesson: item.lessonId } as const;
  return {
    title,
    heading,
    body,
    folded,
    bodyFrom: Array.from(head).length + 1,
    initials,
    pinyin: letters,
    lexemes: [
      ...gramsOf(folded),
      ...[...new Set(title.replaceAll(/\s/gu, ''))].map((sign) => marked('title', sign)),
      ...[...gramsOf(initials)].map((gram) => marked('initials', gram)),
      ...[...gramsOf(letters)].map((gram) => marked('pinyin', gram)),
      marked('kind', item.kind),
      marked('stage', item.stage),
      marked('subject', item.subject),
      marked('grade', item.grade),
      ...(['volume', 'unit', 'lesson'] as const).flatMap((level) =>
        places[level] === null ? [] : [marked(level, places[level])],
      ),
      marked('owner', item.schoolId === null ? 'district' : 'school'),
      ...(item.content !== null && lifeContextOf(item.content) !== '' ? [marked('life', '')] : []),
      ...ageBits.map((bits) => marked(`age${bits}:`, spanOf(ordinal, bits))),
    ],
  };
};
