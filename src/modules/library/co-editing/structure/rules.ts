import type * as Y from 'yjs';
import type { Section } from '../../content/contract.ts';
import { isOwnSection } from '../../content/rules.ts';
import { placing } from '../order/rules.ts';
import { names, sectionKeys, writeSection } from '../rules.ts';

/** A design takes 60; what two people add at the same time still finds room. */
export const mostSections = 50;

const place = (doc: Y.Doc, key: string, index: number): void => {
  const places = doc.getMap<string>(names.sections);
  for (const [one, to] of placing(new Map(places.entries()), key, index)) places.set(one, to);
};

/** A section that the document does not have yet, at that place among the others. */
export const addSection = (doc: Y.Doc, section: Section, index: number): void =>
  doc.transact(() => {
    place(doc, section.key, index);
    doc.getMap(names.titles).set(section.key, section.title);
    writeSection(doc, section);
  });

/** So that it comes to stand at `index` of the others; somebody who writes in it meanwhile notices nothing. */
export const moveSection = (doc: Y.Doc, key: string, index: number): void =>
  doc.transact(() => place(doc, key, index));

/** Of two who rename it at once one has it. */
export const renameSection = (doc: Y.Doc, key: string, title: string): void => {
  doc.getMap(names.titles).set(key, title);
};

/**
 * Only its place goes. What stands in it, and what somebody who did not know yet still writes into it, stays in the
 * document and can be put back.
 */
export const hideSection = (doc: Y.Doc, key: string): void => {
  doc.getMap(names.sections).delete(key);
};

/** Whether somebody wrote anything, a formula or a picture, into a section; a table of empty cells is nothing. */
const saysSomething = (doc: Y.Doc, key: string): boolean => {
  if (doc.getMap(names.forms).get(key) === 'rows') return doc.getMap(names.rows(key)).size > 0;
  const written = doc.getXmlFragment(names.text(key)).toJSON();
  return (
    /<(?:picture|inlinemath|blockmath)/i.test(written) || written.replaceAll(/<[^>]*>/g, '').trim() !== ''
  );
};

/** Own sections that were taken out and say something. */
export const hiddenSections = (doc: Y.Doc): { key: string; title: string }[] => {
  const standing = doc.getMap(names.sections);
  return [...doc.getMap(names.titles).entries()]
    .filter(([key]) => isOwnSection(key) && !standing.has(key) && saysSomething(doc, key))
    .map(([key, title]) => ({ key, title: typeof title === 'string' ? title : '' }))
    .sort((one, other) => (one.key < other.key ? -1 : 1));
};

/** At the end of the others, where one sees it. */
export const restoreSection = (doc: Y.Doc, key: string): void =>
  moveSection(doc, key, sectionKeys(doc).length);
