import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import * as Y from 'yjs';
import { cellParts } from '../../content/cell-text/rules.ts';
import { idsIn, movedBy, type Splice, spliceBetween, toggling } from './rules.ts';

const words = fc.string({ unit: fc.constantFrom('a', 'b', '好', '😀', ' '), maxLength: 12 });
/** Without characters of two halves: the property puts text in at any place. */
const letters = fc.string({ unit: fc.constantFrom('a', 'b', '好', ' '), maxLength: 12 });
const spliced = (text: string, { at, remove, insert }: Splice): string =>
  text.slice(0, at) + insert + text.slice(at + remove);

describe('typing into a cell', () => {
  it('is told as one change that makes the new text of the old, and breaks no character', () => {
    fc.assert(
      fc.property(words, words, fc.nat(24), (before, after, caret) => {
        const splice = spliceBetween(before, after, Math.min(caret, after.length));
        assert.equal(spliced(before, splice), after);
        assert.ok(splice.insert.isWellFormed());
        assert.ok(before.slice(splice.at, splice.at + splice.remove).isWellFormed());
      }),
      { numRuns: 2_000 },
    );
    assert.deepEqual(spliceBetween('aaa', 'aaaa', 2), { at: 1, remove: 0, insert: 'a' });
  });

  it('keeps the caret at its letter while others write', () => {
    fc.assert(
      fc.property(letters, letters, fc.nat(30), fc.nat(30), (before, insert, at, caretAt) => {
        const text = new Y.Doc().getText('cell');
        text.insert(0, `${before}|`);
        const caret = Math.min(caretAt, before.length);
        const letter = text.toJSON().charAt(caret);
        const place = Math.min(at, before.length);
        let moved = caret;
        text.observe(({ delta }) => {
          moved = movedBy(delta, caret);
        });
        text.insert(place, insert);
        assert.equal(text.toJSON().charAt(place === caret ? moved + insert.length : moved), letter);
      }),
    );
    assert.equal(movedBy([{ retain: 2 }, { delete: 3 }], 4), 2);
    assert.equal(movedBy([{ delete: 1 }], 4), 3);
  });

  it('ticks references on and off, also when two people do so at once', () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^[a-z0-9-]{1,4}$/), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(ids, ([one = '', other = '', ...rest]) => {
        const start = rest.join(' ');
        const change = (text: string, id: string): string => toggling(text, id).reduce(spliced, text);
        assert.deepEqual(idsIn(change(start, one)), [...rest, one]);
        assert.deepEqual(idsIn(change(change(start, one), one)), rest);
        const [first, second] = [new Y.Doc(), new Y.Doc()];
        first.getText('x').insert(0, start);
        Y.applyUpdate(second, Y.encodeStateAsUpdate(first));
        for (const [doc, id] of [
          [first, one],
          [second, other],
        ] as const)
          for (const { at, insert } of toggling(start, id)) doc.getText('x').insert(at, insert);
        Y.applyUpdate(first, Y.encodeStateAsUpdate(second));
        assert.deepEqual(new Set(idsIn(first.getText('x').toJSON())), new Set([...rest, one, other]));
      }),
    );
  });
});

describe('a cell with formulas and pictures', () => {
  it('is read in pieces that make up what was typed', () => {
    const file = 'a'.repeat(64);
    assert.deepEqual(cellParts(`折出 $\\frac{1}{4}$，见![折纸](${file})，5$`), [
      { type: 'text', text: '折出 ' },
      { type: 'math', latex: '\\frac{1}{4}' },
      { type: 'text', text: '，见' },
      { type: 'picture', alt: '折纸', file },
      { type: 'text', text: '，5$' },
    ]);
    assert.deepEqual(cellParts('![x](javascript:alert(1))'), [
      { type: 'text', text: '![x](javascript:alert(1))' },
    ]);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '$', '!', '[', ']', '(', ')') }), (text) => {
        const back = cellParts(text).map((part) =>
          part.type === 'text' ? part.text : part.type === 'math' ? `$${part.latex}$` : '',
        );
        assert.equal(back.join(''), text);
      }),
    );
  });
});
