import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import type { Body, Content } from '../content/contract.ts';
import { effective, lockedAmong, touchedOf, withSections } from './rules.ts';

const body = (text: string): Body => ({
  form: 'text',
  blocks: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});
const keys = ['a', 'b', 'c', 'd'] as const;
const version: Content = { sections: keys.map((key) => ({ key, title: key, body: body(`原${key}`) })) };
const words = fc.constantFrom('原a', '原b', '改', '再改');
const changes = fc.array(
  fc.record({
    key: fc.constantFrom(...keys, 'own-1'),
    title: fc.constant('本校补充'),
    body: fc.option(words.map(body), { nil: null }),
  }),
  { maxLength: 6 },
);

it('what is touched is exactly what differs, whatever was set and linked again', () => {
  fc.assert(
    fc.property(changes, changes, (first, second) => {
      const touched = withSections(version, withSections(version, {}, first), second);
      assert.deepEqual(touchedOf(version, effective(version, touched)), touched);
      for (const { key, body: own } of version.sections) {
        const last = [...first, ...second].filter((change) => change.key === key).at(-1)?.body ?? own;
        assert.deepEqual(
          effective(version, touched).sections.find((section) => section.key === key)?.body,
          last,
        );
        assert.equal(key in touched, JSON.stringify(last) !== JSON.stringify(own));
      }
    }),
  );
});

it('a section that only stands here comes after the others with its own title', () => {
  const touched = withSections(version, {}, [{ key: 'own-1', title: '本校补充', body: body('加') }]);
  assert.deepEqual(
    effective(version, touched).sections.map(({ title }) => title),
    [...keys, '本校补充'],
  );
  assert.deepEqual(withSections(version, touched, [{ key: 'own-1', title: '', body: null }]), {});
});

it('names the locked section among those that would be set', () => {
  assert.equal(lockedAmong(version, ['b'], ['a', 'b']), 'b');
  assert.equal(lockedAmong(version, ['b'], ['a', 'c']), undefined);
});
