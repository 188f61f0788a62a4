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

/** Sections set, or linked again (null), laid over what was touched before. */
export const withSections = (
  base: Content,
  touched: Touched,
  changes: readonly { readonly key: string; readonly title: string; readonly body: Body | null }[],
): Touched => {
  const next = new Map(Object.entries(touched));
  for (const { key, title, body } of changes) {
    if (body === null) next.delete(key);
    else next.set(key, { title, body });
  }
  return touchedOf(base, effective(base, Object.fromEntries(next)));
};

/** The first locked section among those that would be set, by title. */
export const lockedAmong = (
  base: Content,
  locked: readonly string[],
  keys: readonly string[],
): string | undefined => base.sections.find(({ key }) => locked.includes(key) && keys.includes(key))?.title;
