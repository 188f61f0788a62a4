import type { Body, Content } from '../content/contract.ts';
import { normalBody } from '../tokens/rules.ts';

/** The title counts only where the version has no such section: one added here, or removed above. */
export interface TouchedSection {
  readonly title: string;
  readonly body: Body;
}
/** By section key; what is missing stays linked to the version. */
export type Touched = Readonly<Record<string, TouchedSection>>;

/** As an adaptation reads: the version's sections in its order, then those that only stand here. */
export const effective = (base: Content, touched: Touched): Content => {
  const known = new Set(base.sections.map(({ key }) => key));
  return {
    sections: [
      ...base.sections.map((section) => ({ ...section, body: touched[section.key]?.body ?? section.body })),
      ...Object.entries(touched).flatMap(([key, section]) => (known.has(key) ? [] : [{ key, ...section }])),
    ],
  };
};

const spelt = (body: Body): string => JSON.stringify(normalBody(body));
const same = (one: Body | undefined, other: Body): boolean =>
  one !== undefined && spelt(one) === spelt(other);

/** What differs from the version; a section that came to equal it is linked again. */
export const touchedOf = (base: Content, here: Content): Touched => {
  const above = new Map(base.sections.map(({ key, body }) => [key, body]));
  return Object.fromEntries(
    here.sections
      .filter(({ key, body }) => !same(above.get(key), body))
      .map(({ key, title, body }) => [key, { title, body }]),
  );
};

/** Whether two say the same, however their JSON is written. */
export const isSameTouched = (one: Touched, other: Touched): boolean => {
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => {
      const [here, there] = [one[key], other[key]];
      return here !== undefined && there !== undefined && same(here.body, there.body);
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

/** Sections that say something else in one text than in the other. */
export const differingSections = (one: Content, other: Content): string[] => {
  const bodies = new Map(one.sections.map(({ key, body }) => [key, body]));
  const keys = new Set(other.sections.map(({ key }) => key));
  return [
    ...other.sections.filter(({ key, body }) => !same(bodies.get(key), body)).map(({ key }) => key),
    ...one.sections.filter(({ key }) => !keys.has(key)).map(({ key }) => key),
  ];
};
