import type * as Y from 'yjs';
import type { Body, Content, Row, Section } from '../../content/contract.ts';
import { normalBody } from '../../tokens/rules.ts';
import { spread } from '../order/rules.ts';
import { blocksOfNode, bodyOf } from '../reading/rules.ts';
import { blockNode, names, writeSection } from '../rules.ts';

/** How many entries two lists share at their beginning and, of the rest, at their end. */
const sharedEnds = <Entry>(one: readonly Entry[], other: readonly Entry[]): readonly [number, number] => {
  const same = (index: number, otherIndex: number): boolean =>
    JSON.stringify(one[index]) === JSON.stringify(other[otherIndex]);
  const most = Math.min(one.length, other.length);
  let start = 0;
  while (start < most && same(start, start)) start += 1;
  let end = 0;
  while (end < most - start && same(one.length - 1 - end, other.length - 1 - end)) end += 1;
  return [start, end];
};

/** Where two texts begin to differ and, from their ends, cease to; never inside a surrogate pair. */
const replaceText = (text: Y.Text, before: string, after: string): void => {
  const [start, end] = sharedEnds(Array.from(before), Array.from(after));
  const [old, next] = [Array.from(before), Array.from(after)];
  const from = old.slice(0, start).join('').length;
  const gone = old.slice(start, old.length - end).join('').length;
  const fresh = next.slice(start, next.length - end).join('');
  if (gone > 0) text.delete(from, gone);
  if (fresh !== '') text.insert(from, fresh);
};

/**
 * Makes a section say `after`; `before` is what it says now. Only what differs is written, so that somebody who
 * writes elsewhere in it at the same time loses nothing.
 */
export const replaceBody = (
  doc: Y.Doc,
  key: string,
  ...bodies: readonly [before: Body, after: Body]
): void => {
  const [before, after] = [normalBody(bodies[0]), normalBody(bodies[1])];
  if (before.form === 'text' && after.form === 'text') {
    const fragment = doc.getXmlFragment(names.text(key));
    const [start, end] = sharedEnds(before.blocks, after.blocks);
    const { from, to, kept } = changedNodes(fragment, { start, end });
    doc.transact(() => {
      if (to > from) fragment.delete(from, to - from);
      const fresh = after.blocks.slice(kept.start, after.blocks.length - kept.end).map(blockNode);
      if (fresh.length > 0) fragment.insert(from, fresh);
    });
    return;
  }
  if (before.form === 'rows' && after.form === 'rows') {
    doc.transact(() => replaceRows(doc, key, before.rows, after.rows));
    return;
  }
  throw new Error(`section ${key} cannot change its form`);
};

/**
 * The nodes between those that read as the shared blocks: a node may say nothing, or read as several blocks, and then
 * it is shared as a whole or not at all.
 */
const changedNodes = (
  fragment: Y.XmlFragment,
  { start, end }: { readonly start: number; readonly end: number },
): { from: number; to: number; kept: { start: number; end: number } } => {
  const counts = fragment.toArray().map((node) => blocksOfNode(node).length);
  const kept = { start: 0, end: 0 };
  let from = 0;
  for (; from < counts.length && kept.start + (counts[from] ?? 0) <= start; from += 1)
    kept.start += counts[from] ?? 0;
  let to = counts.length;
  for (; to > from && kept.end + (counts[to - 1] ?? 0) <= end; to -= 1) kept.end += counts[to - 1] ?? 0;
  return { from, to, kept };
};

/** Whatever was ever written or chosen in a row: one that comes back begins empty. */
const clearRow = (doc: Y.Doc, key: string, id: string): void => {
  const chosen = doc.getMap<string>(names.chosen(key));
  for (const place of chosen.keys()) if (place.startsWith(`${id}:`)) chosen.delete(place);
  const prefix = names.cell(key, id, '');
  for (const name of doc.share.keys())
    if (name.startsWith(prefix)) {
      const text = doc.getText(name);
      if (text.length > 0) text.delete(0, text.length);
    }
};

const replaceRows = (doc: Y.Doc, key: string, before: readonly Row[], after: readonly Row[]): void => {
  const places = doc.getMap<string>(names.rows(key));
  const chosen = doc.getMap<string>(names.chosen(key));
  const known = new Map(before.map((row) => [row.id, row]));
  const stays = new Set(after.map(({ id }) => id));
  for (const { id } of before) if (!stays.has(id)) places.delete(id);
  const order = JSON.stringify(before.filter(({ id }) => stays.has(id)).map(({ id }) => id));
  if (
    order !== JSON.stringify(after.filter(({ id }) => known.has(id)).map(({ id }) => id)) ||
    after.some(({ id }) => !known.has(id))
  ) {
    const fresh = spread(after.length);
    for (const [index, { id }] of after.entries()) places.set(id, fresh[index] ?? '');
  }
  for (const { id, cells } of after) {
    if (!known.has(id)) clearRow(doc, key, id);
    const old = known.get(id)?.cells ?? {};
    for (const column of new Set([...Object.keys(old), ...Object.keys(cells)])) {
      const text = cells[column] ?? '';
      if (text === (old[column] ?? '')) continue;
      const place = `${id}:${column}`;
      if (chosen.has(place)) chosen.set(place, text);
      else {
        const written = doc.getText(names.cell(key, id, column));
        replaceText(written, written.toJSON(), text);
      }
    }
  }
};

/**
 * Makes a document say `after`, section by section; `before` is what it says now. A section of another form than
 * before begins anew.
 */
export const replaceContent = (doc: Y.Doc, before: Content, after: Content): void => {
  const old = new Map(before.sections.map((section) => [section.key, section]));
  const stays = new Set(after.sections.map(({ key }) => key));
  doc.transact(() => {
    const places = doc.getMap<string>(names.sections);
    for (const section of before.sections) if (!stays.has(section.key)) removeSection(doc, section);
    const order = JSON.stringify(before.sections.map(({ key }) => key));
    const moved = order !== JSON.stringify(after.sections.map(({ key }) => key));
    const fresh = spread(after.sections.length);
    for (const [index, section] of after.sections.entries()) {
      const known = old.get(section.key);
      if (moved) places.set(section.key, fresh[index] ?? '');
      if (known?.title !== section.title) doc.getMap(names.titles).set(section.key, section.title);
      // One that was taken out by hand still holds what stood in it.
      const body = known?.body ?? bodyOf(doc, section.key);
      if (body.form === section.body.form) {
        doc.getMap(names.forms).set(section.key, body.form);
        replaceBody(doc, section.key, body, section.body);
      } else {
        replaceBody(doc, section.key, body, emptyOf(body));
        if (section.body.form === 'rows')
          for (const { id } of section.body.rows) clearRow(doc, section.key, id);
        writeSection(doc, section);
      }
    }
  });
};

const emptyOf = (body: Body): Body =>
  body.form === 'text' ? { form: 'text', blocks: [] } : { form: 'rows', rows: [] };

/** A section that comes back begins empty, whatever it said before. */
const removeSection = (doc: Y.Doc, { key, body }: Section): void => {
  replaceBody(doc, key, body, emptyOf(body));
  if (body.form === 'rows') for (const { id } of body.rows) clearRow(doc, key, id);
  doc.getMap(names.sections).delete(key);
};
