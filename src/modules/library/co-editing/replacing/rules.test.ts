import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import * as Y from 'yjs';
import type { Body } from '../../content/contract.ts';
import { bodyTriple, contentTriple } from '../../merge/design/testing.ts';
import { normalBody } from '../../tokens/rules.ts';
import { contentOf } from '../reading/rules.ts';
import { docOf, names } from '../rules.ts';
import { hideSection } from '../structure/rules.ts';
import { replaceBody, replaceContent } from './rules.ts';

const holding = (body: Body): Y.Doc => docOf({ sections: [{ key: 'learners', title: '学情', body }] });
const bodyIn = (doc: Y.Doc): Body | undefined => contentOf(doc).sections[0]?.body;

it('a section says what it was made to say, whatever it said before', () => {
  fc.assert(
    fc.property(bodyTriple, ({ ours, theirs }) => {
      fc.pre(ours.form === theirs.form);
      const doc = holding(ours);
      const before = bodyIn(doc);
      assert.ok(before !== undefined);
      replaceBody(doc, 'learners', before, theirs);
      assert.deepEqual(bodyIn(doc), bodyIn(holding(theirs)));
    }),
    { numRuns: 200 },
  );
});

it('what says the same already is not written again', () => {
  fc.assert(
    fc.property(bodyTriple, ({ ours }) => {
      const doc = holding(ours);
      const known = Y.encodeStateVector(doc);
      replaceBody(doc, 'learners', normalBody(ours), ours);
      assert.deepEqual(Y.encodeStateVector(doc), known);
    }),
  );
});

it('somebody who writes in another paragraph at the same time loses nothing', () => {
  const paragraph = (text: string) => ({
    type: 'paragraph' as const,
    content: [{ type: 'text' as const, text }],
  });
  const before: Body = { form: 'text', blocks: ['一。', '二。', '三。'].map(paragraph) };
  const doc = holding(before);
  const elsewhere = new Y.Doc();
  Y.applyUpdate(elsewhere, Y.encodeStateAsUpdate(doc));
  const third = elsewhere.getXmlFragment(names.text('learners')).get(2);
  assert.ok(third instanceof Y.XmlElement);
  const run = third.get(0);
  assert.ok(run instanceof Y.XmlText);
  run.insert(0, '又');
  replaceBody(doc, 'learners', before, { form: 'text', blocks: ['一。', '二，改。', '三。'].map(paragraph) });
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(elsewhere));
  assert.deepEqual(bodyIn(doc), {
    form: 'text',
    blocks: ['一。', '二，改。', '又三。'].map(paragraph),
  });
});

it('a whole design says what it was made to say: sections added, removed, moved, renamed, of another form', () => {
  fc.assert(
    fc.property(contentTriple, ({ ours, theirs }) => {
      const doc = docOf(ours);
      replaceContent(doc, contentOf(doc), theirs);
      assert.deepEqual(contentOf(doc), contentOf(docOf(theirs)));
    }),
    { numRuns: 200 },
  );
});

it('a section or a row that comes back says what it is made to say, not what it said before', () => {
  fc.assert(
    fc.property(contentTriple, ({ base, ours, theirs }) => {
      const doc = docOf(ours);
      for (const next of [{ sections: [] }, theirs, base, { sections: base.sections.slice(0, 1) }, ours]) {
        replaceContent(doc, contentOf(doc), next);
        assert.deepEqual(contentOf(doc), contentOf(docOf(next)));
      }
    }),
    { numRuns: 100 },
  );
});

it('a section that was taken out by hand and comes back says what it is made to say', () => {
  fc.assert(
    fc.property(contentTriple, ({ base, ours, theirs }) => {
      const doc = docOf(ours);
      for (const next of [theirs, base, ours]) {
        for (const { key } of contentOf(doc).sections.slice(0, 2)) hideSection(doc, key);
        replaceContent(doc, contentOf(doc), next);
        assert.deepEqual(contentOf(doc), contentOf(docOf(next)));
      }
    }),
    { numRuns: 100 },
  );
});

it('what reads as no block is not counted as one', () => {
  const paragraph = (text: string) => ({
    type: 'paragraph' as const,
    content: [{ type: 'text' as const, text }],
  });
  const before: Body = { form: 'text', blocks: ['one', 'two'].map(paragraph) };
  const doc = holding(before);
  doc.getXmlFragment(names.text('learners')).insert(0, [new Y.XmlElement('unheard-of')]);
  replaceBody(doc, 'learners', before, { form: 'text', blocks: ['one', '2'].map(paragraph) });
  assert.deepEqual(bodyIn(doc), { form: 'text', blocks: ['one', '2'].map(paragraph) });
});
