import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import type { Body, Content } from '../content/contract.ts';
import { differingSections, effective, savedTouched, touchedOf } from './rules.ts';

const body = (text: string): Body => ({
  form: 'text',
  blocks: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});
const keys = ['a', 'b', 'c', 'd'] as const;
const version: Content = { sections: keys.map((key) => ({ key, title: key, body: body(`原${key}`) })) };
/** A text of the same sections, some changed, some gone, one more of its own. */
const text: fc.Arbitrary<Content> = fc
  .array(fc.constantFrom('原', '改', '再改'), { minLength: 5, maxLength: 5 })
  .chain((words) =>
    fc.constantFrom(0, 1, 2).map((own) => ({
      sections: [
        ...keys.map((key, index) => ({ key, title: key, body: body(`${words[index] ?? ''}${key}`) })),
        ...(own === 0 ? [] : [{ key: 'own-1', title: '本校补充', body: body(words[4] ?? '') }]),
      ],
    })),
  );
const locks = fc.subarray([...keys]);

it('what is touched is exactly what differs, and reads as it was written', () => {
  fc.assert(
    fc.property(text, (here) => {
      const touched = touchedOf(version, here);
      assert.deepEqual(effective(version, touched), here);
      assert.deepEqual(Object.keys(touched).toSorted(), differingSections(version, here).toSorted());
    }),
  );
});

it('a locked section takes nothing new and keeps what it had', () => {
  fc.assert(
    fc.property(text, text, locks, (before, here, locked) => {
      const had = touchedOf(version, before);
      const touched = savedTouched(version, here, locked, had);
      for (const key of locked) assert.deepEqual(touched[key], had[key]);
      for (const { key } of here.sections)
        if (!locked.some((one) => one === key)) assert.deepEqual(touched[key], touchedOf(version, here)[key]);
    }),
  );
});

it('a section that only stands here comes after the others with its own title', () => {
  const touched = { 'own-1': { title: '本校补充', body: body('加') } };
  assert.deepEqual(
    effective(version, touched).sections.map(({ title }) => title),
    [...keys, '本校补充'],
  );
});
