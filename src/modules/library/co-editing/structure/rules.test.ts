import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import * as Y from 'yjs';
import type { Block, Content, Section } from '../../content/contract.ts';
import { plainText } from '../../content/rules.ts';
import { bodyOf, contentOf } from '../reading/rules.ts';
import { docOf, names, sectionKeys } from '../rules.ts';
import {
  addSection,
  hiddenSections,
  hideSection,
  moveSection,
  renameSection,
  restoreSection,
} from './rules.ts';

const paragraph = (text: string): Block => ({ type: 'paragraph', content: [{ type: 'text', text }] });
const section = (key: string, text: string): Section => ({
  key,
  title: `栏目${key}`,
  body: { form: 'text', blocks: [paragraph(text)] },
});
const start: Content = { sections: ['a', 'b', 'c', 'own-old'].map((key) => section(key, `原${key}`)) };

/** A copy of the document on another machine. */
const copyOf = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
};
const meet = (one: Y.Doc, other: Y.Doc): void => {
  Y.applyUpdate(one, Y.encodeStateAsUpdate(other));
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
};
const type = (doc: Y.Doc, key: string, text: string): void => {
  const node = doc.getXmlFragment(names.text(key)).get(0);
  const run = node instanceof Y.XmlElement ? node.get(0) : undefined;
  if (run instanceof Y.XmlText) run.insert(0, text);
};

interface Step {
  readonly what: 'add' | 'move' | 'rename' | 'hide' | 'type';
  readonly at: number;
  readonly to: number;
}
const steps = fc.array(
  fc.record<Step>({
    what: fc.constantFrom('add', 'move', 'rename', 'hide', 'type'),
    at: fc.nat(9),
    to: fc.nat(9),
  }),
  { maxLength: 8 },
);

/** What one person does; gives every word that they wrote. */
const carryOut = (doc: Y.Doc, wanted: readonly Step[], who: string): string[] => {
  const written: string[] = [];
  for (const [index, { what, at, to }] of wanted.entries()) {
    const keys = sectionKeys(doc);
    const key = keys[at % keys.length] ?? '';
    const words = `${who}${index}；`;
    if (what === 'add') addSection(doc, section(`own-${who}${index}`, words), to);
    if (what === 'move') moveSection(doc, key, to % keys.length);
    if (what === 'rename' && key.startsWith('own-')) renameSection(doc, key, `${who}改${index}`);
    if (what === 'hide' && key.startsWith('own-')) hideSection(doc, key);
    if (what === 'type') type(doc, key, words);
    if (what === 'add' || what === 'type') written.push(words);
  }
  return written;
};

describe('sections that two people add, move, rename and take out at once', () => {
  it('are the same for both afterwards, and no word of either is lost', () => {
    fc.assert(
      fc.property(steps, steps, (one, other) => {
        const here = docOf(start);
        const there = copyOf(here);
        const written = [...carryOut(here, one, 'x'), ...carryOut(there, other, 'y')];
        meet(here, there);
        assert.deepEqual(contentOf(here), contentOf(there));
        const all = [
          ...contentOf(here).sections,
          ...hiddenSections(here).map((hidden) => ({ ...hidden, body: bodyOf(here, hidden.key) })),
        ];
        assert.deepEqual(
          all.map(({ key }) => key).toSorted(),
          [...new Set(all.map(({ key }) => key))].toSorted(),
        );
        const text = all.map(({ body }) => plainText(body)).join('\n');
        for (const words of [...written, ...start.sections.map(({ key }) => `原${key}`)])
          assert.ok(text.includes(words), `${words} is gone`);
      }),
      { numRuns: 300 },
    );
  });

  it('stand where they were put', () => {
    fc.assert(
      fc.property(fc.nat(3), fc.nat(4), (at, to) => {
        const doc = docOf(start);
        const key = sectionKeys(doc)[at] ?? '';
        moveSection(doc, key, Math.min(to, 3));
        assert.equal(sectionKeys(doc).indexOf(key), Math.min(to, 3));
        addSection(doc, section('own-new', '新'), to);
        assert.equal(sectionKeys(doc).indexOf('own-new'), to);
      }),
    );
  });
});

it('what was taken out comes back with what somebody else wrote into it meanwhile', () => {
  const here = docOf(start);
  const there = copyOf(here);
  hideSection(here, 'own-old');
  type(there, 'own-old', '同事还在写。');
  meet(here, there);
  assert.deepEqual(sectionKeys(here), ['a', 'b', 'c']);
  const [hidden] = hiddenSections(here);
  assert.equal(hidden?.title, '栏目own-old');
  restoreSection(here, 'own-old');
  assert.deepEqual(hiddenSections(here), []);
  const back = contentOf(here).sections.at(-1);
  assert.equal(back === undefined ? '' : plainText(back.body), '同事还在写。原own-old');
});

it('a section of which nothing was written is not offered again, nor one of the form', () => {
  const doc = docOf({
    sections: [{ ...section('own-1', ''), body: { form: 'text', blocks: [] } }, ...start.sections],
  });
  hideSection(doc, 'own-1');
  hideSection(doc, 'a');
  assert.deepEqual(hiddenSections(doc), []);
});
