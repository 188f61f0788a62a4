import type { Subject, WeekParity } from '../../vocabulary/contract.ts';
import type { ClassName } from '../contract.ts';
import {
  isNoLesson,
  looksLikeName,
  plain,
  readParity,
  readTaughtSubject,
  splitSubject,
  takeClassNames,
} from '../words/rules.ts';

/** One lesson a cell speaks of; what the cell leaves out comes from its row, column or title. */
export interface CellEntry {
  readonly className: ClassName | null;
  readonly classText: string;
  readonly subject: Subject | null;
  readonly subjectText: string;
  readonly teacher: string;
  readonly parity: WeekParity;
}

export interface CellRead {
  readonly entries: readonly CellEntry[];
  /** Words nobody can be sure about. */
  readonly unread: readonly string[];
}

type Word =
  | { readonly is: 'class'; readonly text: string; readonly className: ClassName }
  | { readonly is: 'subject'; readonly text: string; readonly subject: Subject | null }
  | { readonly is: 'teacher'; readonly text: string }
  | { readonly is: 'parity'; readonly parity: WeekParity }
  | { readonly is: 'both-weeks' }
  | { readonly is: 'no-lesson' }
  | { readonly is: 'unread'; readonly text: string };

const isOneHan = (text: string): boolean => /^\p{Script=Han}$/u.test(text);
const places = /(?:室|场|馆|楼|机房|操场)$/u;

/** 语 文 and 王 芳 are spaced out to the width of longer ones. */
const joinSpaced = (words: readonly string[]): string[] => {
  const joined: string[] = [];
  let before = false;
  for (const word of words) {
    const one = isOneHan(word) && readParity(word) === null;
    const last = joined.at(-1);
    if (one && before && last !== undefined) joined[joined.length - 1] = last + word;
    else joined.push(word);
    before = one;
  }
  return joined;
};

const wordsOf = (text: string, namesClasses: boolean): Word[] => {
  const { classes, rest } = namesClasses ? takeClassNames(text) : { classes: [], rest: text };
  return rest.split(/[\n/、，,;；:+&|()]/u).flatMap((piece) =>
    joinSpaced(piece.split(/[\s\-—–]+/u).filter((word) => word !== '')).flatMap((word): Word[] => {
      const mark = /^#(\d+)#$/u.exec(word)?.[1];
      const named = mark === undefined ? undefined : classes[Number(mark)];
      return named === undefined ? readWord(word) : [{ is: 'class', ...named }];
    }),
  );
};

const readWord = (word: string): Word[] => {
  if (/^单双周?$/u.test(word)) return [{ is: 'both-weeks' }];
  const parity = readParity(word);
  if (parity !== null) return [{ is: 'parity', parity }];
  if (isNoLesson(word)) return [{ is: 'no-lesson' }];
  if (places.test(word) || /^\d+$/u.test(word)) return [];
  const subject = readTaughtSubject(word);
  if (subject !== null) return [{ is: 'subject', text: word, subject }];
  const [, before, week = ''] = /^(.+?)([单双]周)$/u.exec(word) ?? [];
  const weekParity = readParity(week);
  if (before !== undefined && weekParity !== null)
    return [...readWord(before), { is: 'parity', parity: weekParity }];
  const [, first = '', after] = /^([单双]周)(.+)$/u.exec(word) ?? [];
  const firstParity = readParity(first);
  if (after !== undefined && firstParity !== null)
    return [{ is: 'parity', parity: firstParity }, ...readWord(after)];
  const split = splitSubject(word);
  const rest = split?.rest.replace(/(?:老师|教师)$/u, '') ?? '';
  if (split !== null && looksLikeName(rest))
    return [
      { is: 'subject', text: split.subject, subject: readTaughtSubject(split.subject) },
      { is: 'teacher', text: rest },
    ];
  const name = word.replace(/(?<=..)(?:老师|教师)$/u, '');
  return [looksLikeName(name) ? { is: 'teacher', text: name } : { is: 'unread', text: word }];
};

interface Draft {
  className: ClassName | null;
  classText: string;
  subject: Subject | null;
  subjectText: string;
  teacher: string;
  parity: WeekParity | null;
}

const emptyDraft = (): Draft => ({
  className: null,
  classText: '',
  subject: null,
  subjectText: '',
  teacher: '',
  parity: null,
});

const isFilled = (draft: Draft, word: Word): boolean => {
  if (word.is === 'class') return draft.classText !== '';
  if (word.is === 'subject') return draft.subjectText !== '';
  if (word.is === 'teacher') return draft.teacher !== '';
  return word.is === 'parity' && draft.parity !== null;
};

/**
 * In a cell without a known subject the first word that could be a name is a subject nobody knows yet
 * (心理健康 张三): a cell says what is taught before it says by whom.
 */
const withUnknownSubject = (words: readonly Word[]): readonly Word[] => {
  if (words.some(({ is }) => is === 'subject')) return words;
  const first = words.findIndex(({ is }) => is === 'teacher' || is === 'unread');
  return words.map((word, index) =>
    index === first && (word.is === 'teacher' || word.is === 'unread')
      ? { is: 'subject', text: word.text, subject: null }
      : word,
  );
};

/**
 * What a cell of a grid says: 语文 张三, 三(2) 语文, 语文(单)/数学(双) … A word whose kind the lesson has
 * already begins the next lesson.
 */
export const readCell = (text: string, { namesClasses }: { readonly namesClasses: boolean }): CellRead => {
  const found = wordsOf(plain(text), namesClasses);
  if (found.some(({ is }) => is === 'no-lesson') && !found.some(({ is }) => is === 'subject'))
    return { entries: [], unread: [] };
  const words = withUnknownSubject(found);
  const drafts: Draft[] = [];
  const unread: string[] = [];
  let bothWeeks = false;
  for (const word of words) {
    if (word.is === 'unread') unread.push(word.text);
    else if (word.is === 'both-weeks') bothWeeks = true;
    else if (word.is !== 'no-lesson') {
      let draft = drafts.at(-1);
      if (draft === undefined || isFilled(draft, word)) {
        draft = emptyDraft();
        drafts.push(draft);
      }
      if (word.is === 'class') Object.assign(draft, { className: word.className, classText: word.text });
      else if (word.is === 'subject') Object.assign(draft, { subject: word.subject, subjectText: word.text });
      else if (word.is === 'teacher') draft.teacher = word.text;
      else draft.parity = word.parity;
    }
  }
  if (bothWeeks && drafts.length === 2)
    drafts.forEach((draft, index) => (draft.parity = index === 0 ? 'odd' : 'even'));
  return { entries: drafts.map((draft, index) => complete(drafts, draft, index)), unread };
};

/** A subject or class said once for two lessons holds for both. */
const complete = (drafts: readonly Draft[], draft: Draft, index: number): CellEntry => {
  const from = (has: (one: Draft) => boolean): Draft | undefined =>
    [...drafts.slice(0, index).toReversed(), ...drafts.slice(index)].find(has);
  const taught = draft.subjectText === '' ? from(({ subjectText }) => subjectText !== '') : draft;
  const named = draft.classText === '' ? from(({ classText }) => classText !== '') : draft;
  return {
    className: named?.className ?? null,
    classText: named?.classText ?? '',
    subject: taught?.subject ?? null,
    subjectText: taught?.subjectText ?? '',
    teacher: draft.teacher,
    parity: draft.parity ?? 'every',
  };
};
