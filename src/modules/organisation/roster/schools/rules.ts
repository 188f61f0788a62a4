import type { SchoolKind, Stage } from '../../contract.ts';
import { normaliseText, squeeze } from '../names/rules.ts';

/** 酄 is missing from GB 2312, so 柳树酄 reaches us with a digit, a circle or a box in its place. */
const lost = /柳(树)?[0〇○Oo?？□\ufffd]/u;

export interface SchoolName {
  readonly name: string;
  /** Why the name differs from what is written, where a lost character was put back. */
  readonly restored: string | null;
}

export function readSchoolName(written: string): SchoolName {
  const name = squeeze(written.normalize('NFKC'));
  if (!lost.test(name)) return { name, restored: null };
  return {
    name: name.replace(lost, '柳树酄'),
    restored: '“酄”字不在 GB 2312 字库里，常被显示成 0 或方框；柳树酄是丰南区的镇',
  };
}

const ending = /(?:学|校|中|区|小)$/u;

/** Schools of one cell, parted by 、 or the like, or by spaces where every part ends like a school. */
export function splitSchools(cell: string): string[] {
  return normaliseText(cell)
    .split(/[、，,;；]/u)
    .flatMap((piece) => {
      const parts = piece.trim().split(/\s+/u);
      return parts.every((part) => ending.test(part) && part.length >= 3) ? parts : [parts.join('')];
    })
    .filter((piece) => piece !== '');
}

/** A guess from the name, to be corrected on the school's page. */
export function guessKind(name: string, stages: readonly Stage[]): SchoolKind {
  if (stages.length > 1) return 'nine-year';
  if (name.endsWith('中心校')) return 'central';
  if (name.endsWith('教学点')) return 'teaching-point';
  return stages[0] === 'primary' ? 'primary' : 'junior';
}

export interface KnownSchool {
  readonly name: string;
  readonly stages: readonly Stage[];
}

export interface KnownAlias {
  readonly alias: string;
  readonly stage: Stage | null;
  readonly school: string;
  readonly status: 'confirmed' | 'proposed';
}

export type Resolution =
  | { readonly as: 'known'; readonly school: string; readonly by: 'name' | 'alias' }
  /** Short for exactly one school of the stage. */
  | { readonly as: 'short'; readonly school: string }
  | { readonly as: 'proposed'; readonly school: string; readonly reason: string }
  | { readonly as: 'ambiguous'; readonly candidates: readonly string[] }
  /** `village` when it looks like a village school whose central school is not said, not like a slip. */
  | { readonly as: 'unknown'; readonly village: boolean };

/** Finds the school a written name means, by alias and stage; it never makes one up. */
export function resolveSchool(
  written: string,
  stage: Stage | null,
  schools: readonly KnownSchool[],
  aliases: readonly KnownAlias[],
): Resolution {
  const { name } = readSchoolName(written);
  const inStage = schools.filter(({ stages }) => stage === null || stages.includes(stage));
  const exact =
    inStage.find((school) => school.name === name) ?? schools.find((school) => school.name === name);
  if (exact !== undefined) return { as: 'known', school: exact.name, by: 'name' };
  const alias = aliases.filter(
    (one) => one.alias === name && (one.stage === null || stage === null || one.stage === stage),
  );
  const confirmed = distinct(
    alias.filter(({ status }) => status === 'confirmed').map(({ school }) => school),
  );
  if (confirmed.length === 1 && confirmed[0] !== undefined)
    return { as: 'known', school: confirmed[0], by: 'alias' };
  if (confirmed.length > 1) return { as: 'ambiguous', candidates: confirmed };
  const names = inStage.map((school) => school.name);
  const short = names.filter((candidate) => isShortFor(name, candidate));
  if (short.length > 1) return { as: 'ambiguous', candidates: short };
  if (short[0] !== undefined) return { as: 'short', school: short[0] };
  const guess = alias[0]?.school ?? findLikely(name, names);
  if (guess !== null) return { as: 'proposed', school: guess, reason: likelyReason(name, guess) };
  return { as: 'unknown', village: looksLikeVillage(name, stage, names) };
}

const distinct = (names: readonly string[]): string[] => [...new Set(names)];

const suffix = /(?:中心校|小学|中学|学校)$/u;

/** 银丰 → 银丰小学, 胥小 → 胥各庄小学, 实小东 → 实验小学东校区; a central school has no short form that is sure. */
function isShortFor(name: string, school: string): boolean {
  if (name.length < 2 || school.endsWith('中心校')) return false;
  if (school.replace(suffix, '') === name) return true;
  if (name.length === 2 && name.endsWith('小'))
    return school.startsWith(name.slice(0, 1)) && school.endsWith('小学');
  if (name.length === 2 && name.endsWith('中'))
    return school.startsWith(name.slice(0, 1)) && school.endsWith('中学');
  return name.length >= 3 && name[0] === school[0] && isSubsequence(name, school);
}

function isSubsequence(short: string, long: string): boolean {
  let at = 0;
  for (const character of long) if (character === short[at]) at += 1;
  return at === short.length;
}

/** The one school a short form may well mean, where a person still has to say so. */
function findLikely(name: string, schools: readonly string[]): string | null {
  const stem = name.replace(suffix, '');
  const tries: ((school: string) => boolean)[] = [
    (school) => school === `${stem}中心校`,
    (school) => school.endsWith('中心校') && stem.length >= 2 && school.startsWith(stem),
    (school) => school.endsWith('中心校') && /^.小$/u.test(name) && school.startsWith(name.slice(0, 1)),
    (school) => /^.{2,}[东西南北]$/u.test(name) && isSubsequence(name.slice(0, -1), school),
  ];
  for (const fits of tries) {
    const found = schools.filter(fits);
    if (found.length === 1 && found[0] !== undefined) return found[0];
    if (found.length > 1) return null;
  }
  return null;
}

const likelyReason = (name: string, school: string): string =>
  school.endsWith('中心校')
    ? `“${name}”可能是${school}，也可能是它下面的一所学校`
    : `“${name}”可能是${school}的一个校区，名单里只有${school}`;

/** Schools nearest in writing: few edits for the length, then shared characters. */
export function nearest(name: string, schools: readonly string[], most = 3): string[] {
  const stem = name.replace(suffix, '') || name;
  return schools
    .map((school) => {
      const other = school.replace(suffix, '') || school;
      const shared = [...new Set(stem)].filter((character) => other.includes(character)).length;
      return { school, shared, edits: Math.min(editDistance(stem, other), editDistance(name, school)) };
    })
    .filter(({ shared }) => shared > 0)
    .sort(
      (one, two) => one.edits - one.shared - (two.edits - two.shared) || (one.school < two.school ? -1 : 1),
    )
    .slice(0, most)
    .map(({ school }) => school);
}

function looksLikeVillage(name: string, stage: Stage | null, schools: readonly string[]): boolean {
  if (stage === 'junior' || /(?:中学|中)$/u.test(name)) return false;
  if (!suffix.test(name)) return stage === 'primary';
  return !schools.some((school) => school.length >= 4 && isOneSlip(name, school));
}

/** One character too many, too few or wrong. */
function isOneSlip(one: string, two: string): boolean {
  if (Math.abs(one.length - two.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === two[start]) start += 1;
  let end = 0;
  const most = Math.min(one.length, two.length) - start;
  while (end < most && one.at(-1 - end) === two.at(-1 - end)) end += 1;
  return Math.max(one.length, two.length) - start - end <= 1;
}

export function editDistance(one: string, two: string): number {
  let above = Array.from({ length: two.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= two.length; column += 1) {
      const swap = (above[column - 1] ?? 0) + (one[row - 1] === two[column - 1] ? 0 : 1);
      line.push(Math.min(swap, (above[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1));
    }
    above = line;
  }
  return above[two.length] ?? 0;
}
