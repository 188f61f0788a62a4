import * as Y from 'yjs';
import type { Content } from '../../content/contract.ts';
import { contentOf } from '../reading/rules.ts';

/** What a draft says, and what it would say with what one device kept for itself: the sections that differ. */
export interface LeftHere {
  readonly there: Content;
  readonly withHere: Content;
}

/**
 * What stands in a device's copy of a draft and never reached the draft itself; null where nothing does, or what does
 * says nothing (a letter typed and taken out again). Neither document is changed.
 */
export const leftHere = (here: Y.Doc, there: Y.Doc): LeftHere | null => {
  const both = new Y.Doc();
  Y.applyUpdate(both, Y.encodeStateAsUpdate(there));
  Y.applyUpdate(both, Y.encodeStateAsUpdate(here));
  const [before, after] = [contentOf(there), contentOf(both)];
  both.destroy();
  const found = { there: without(before, after), withHere: without(after, before) };
  return found.there.sections.length === 0 && found.withHere.sections.length === 0 ? null : found;
};

/** A content without the sections that stand in the other letter by letter. */
const without = ({ sections }: Content, other: Content): Content => {
  const same = new Set(other.sections.map((section) => JSON.stringify(section)));
  return { sections: sections.filter((section) => !same.has(JSON.stringify(section))) };
};
