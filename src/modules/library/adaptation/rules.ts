import type { Body, Content, Section } from '../content/contract.ts';
import { isOwnSection } from '../content/rules.ts';
import { normalBody } from '../tokens/rules.ts';

/** Title and place count only where the version has no such section: one added here, or removed above. */
export interface TouchedSection {
  readonly title: string;
  readonly body: Body;
  /** The key of the section before it, null for the first; at the end where that is gone, or nothing was said. */
  readonly after?: string | null;
}
/** By section key; what is missing stays linked to the version. */
export type Touched = Readonly<Record<string, TouchedSection>>;

/** As an adaptation reads: the version's sections in its order, those that only stand here where they were put. */
export const effective = (base: Content, touched: Touched): Content => {
  const known = new Set(base.sections.map(({ key }) => key));
  const own = Object.entries(touched)
    .filter(([key]) => !known.has(key))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const placed = new Set<string>();
  const sectionOf = (key: string, { title, body }: TouchedSection): Section => ({ key, title, body });
  const following = (place: string | null): Section[] =>
    own.flatMap(([key, section]) => {
      if (section.after !== place || placed.has(key)) return [];
      placed.add(key);
      return [sectionOf(key, section), ...following(key)];
    });
  const sections = [
    ...following(null),
    ...base.sections.flatMap((section) => [
      { ...section, body: touched[section.key]?.body ?? section.body },
      ...following(section.key),
    ]),
  ];
  const rest = own.flatMap(([key, section]) => {
    if (placed.has(key)) return [];
    placed.add(key);
    return [sectionOf(key, section), ...following(key)];
  });
  return { sections: [...sections, ...rest] };
};

const spelt = (body: Body): string => JSON.stringify(normalBody(body));
const same = (one: Body | undefined, other: Body): boolean =>
  one !== undefined && spelt(one) === spelt(other);

/** What differs from the version; a section that came to equal it is linked again. */
export const touchedOf = (base: Content, here: Content): Touched => {
  const above = new Map(base.sections.map(({ key, body }) => [key, body]));
  return Object.fromEntries(
    here.sections.flatMap(({ key, title, body }, index): [string, TouchedSection][] => {
      if (!above.has(key)) return [[key, { title, body, after: here.sections[index - 1]?.key ?? null }]];
      return same(above.get(key), body) ? [] : [[key, { title, body }]];
    }),
  );
};

/** Whether two say the same, however their JSON is written. */
export const isSameTouched = (one: Touched, other: Touched): boolean => {
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => {
      const [here, there] = [one[key], other[key]];
      return (
        here !== undefined &&
        there !== undefined &&
        here.title === there.title &&
        here.after === there.after &&
        same(here.body, there.body)
      );
    })
  );
};

/**
 * What is touched once the text `here` is saved: in a locked section nothing new, but what was touched before it was
 * locked stays until the next update.
 */
export const savedTouched = (
  base: Content,
  here: Content,
  locked: readonly string[],
  before: Touched,
): Touched => {
  const kept = Object.entries(before).filter(([key]) => locked.includes(key));
  const next = Object.entries(touchedOf(base, here)).filter(([key]) => !locked.includes(key));
  return Object.fromEntries([...kept, ...next]);
};

/** Sections that say something else in one text than in the other, are called or stand otherwise. */
export const differingSections = (one: Content, other: Content): string[] => {
  const before = new Map(
    one.sections.map((section, index) => [
      section.key,
      { ...section, after: one.sections[index - 1]?.key ?? null },
    ]),
  );
  const keys = new Set(other.sections.map(({ key }) => key));
  const isSame = ({ key, title, body }: Section, index: number): boolean => {
    const known = before.get(key);
    if (known === undefined || known.title !== title || !same(known.body, body)) return false;
    return !isOwnSection(key) || known.after === (other.sections[index - 1]?.key ?? null);
  };
  return [
    ...other.sections.filter((section, index) => !isSame(section, index)).map(({ key }) => key),
    ...one.sections.filter(({ key }) => !keys.has(key)).map(({ key }) => key),
  ];
};
