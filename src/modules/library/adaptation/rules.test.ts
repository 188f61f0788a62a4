import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import type { Body, Content } from '../content/contract.ts';
import { contentTriple } from '../merge/design/testing.ts';
import { resolveContent } from '../merge/resolution/rules.ts';
import { mergeContent } from '../merge/rules.ts';
import { decideAll } from '../merge/testing.ts';
import { normalBody } from '../tokens/rules.ts';
import { differingSections, effective, isSameTouched, savedTouched, touchedOf } from './rules.ts';

const body = (text: string): Body => ({
  form: 'text',
  blocks: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});
const keys = ['a', 'b', 'c', 'd'] as const;
const version: Content = { sections: keys.map((key) => ({ key, title: key, body: body(`原${key}`) })) };
const ownKeys = ['own-1', 'own-2', 'own-3'] as const;
/** A text of the same sections, some changed, with some of its own at any places. */
const text: fc.Arbitrary<Content> = fc
  .tuple(
    fc.array(fc.constantFrom('原', '改', '再改'), { minLength: 4, maxLength: 4 }),
    fc.shuffledSubarray([...ownKeys]),
    fc.array(fc.nat(6), { minLength: 3, maxLength: 3 }),
  )
  .map(([words, own, places]) => {
    const sections: Content['sections'] = keys.map((key, index) => ({
      key,
      title: key,
      body: body(`${words[index] ?? ''}${key}`),
    }));
    for (const [index, key] of own.entries())
      sections.splice((places[index] ?? 0) % (sections.length + 1), 0, {
        key,
        title: `补充${places[index] ?? 0}`,
        body: body(key),
      });
    return { sections };
  });
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

it('the order of the keys in what is stored says nothing', () => {
  fc.assert(
    fc.property(text, (here) => {
      const touched = Object.fromEntries(Object.entries(touchedOf(version, here)).toReversed());
      assert.deepEqual(effective(version, touched), here);
      assert.ok(isSameTouched(touched, touchedOf(version, here)));
    }),
  );
});

it('a section that was added and then renamed or moved is something to save', () => {
  const own = { key: 'own-1', title: '本校补充', body: body('加') };
  const at = (index: number, title = own.title): Content => ({
    sections: version.sections.toSpliced(index, 0, { ...own, title }),
  });
  assert.deepEqual(differingSections(at(1), at(1)), []);
  assert.deepEqual(differingSections(at(1), at(1, '课前三分钟')), ['own-1']);
  assert.deepEqual(differingSections(at(1), at(3)), ['own-1']);
  assert.equal(isSameTouched(touchedOf(version, at(1)), touchedOf(version, at(1, '课前三分钟'))), false);
  assert.equal(isSameTouched(touchedOf(version, at(1)), touchedOf(version, at(3))), false);
});

it('a section of which the one before it is gone, or that wait for each other, come at the end', () => {
  const touched = {
    'own-1': { title: '甲', body: body('甲'), after: 'own-2' },
    'own-2': { title: '乙', body: body('乙'), after: 'own-1' },
    'own-3': { title: '丙', body: body('丙'), after: 'gone' },
  };
  assert.deepEqual(
    effective(version, touched).sections.map(({ title }) => title),
    [...keys, '甲', '乙', '丙'],
  );
});

it('a section that only stands here comes after the others with its own title', () => {
  const touched = { 'own-1': { title: '本校补充', body: body('加') } };
  assert.deepEqual(
    effective(version, touched).sections.map(({ title }) => title),
    [...keys, '本校补充'],
  );
});

const normal = ({ sections }: Content): Content => ({
  sections: sections.map((section) => ({ ...section, body: normalBody(section.body) })),
});

it('an update of a version whose sections were added, moved, renamed and deleted reads as it was merged', () => {
  fc.assert(
    fc.property(contentTriple, fc.constantFrom('ours', 'theirs'), ({ base, ours: typed, theirs }, choice) => {
      const ours = effective(base, touchedOf(base, typed));
      const merged = mergeContent(base, ours, theirs);
      const content = resolveContent(merged, decideAll(merged.conflicts, choice));
      assert.deepEqual(normal(effective(theirs, touchedOf(theirs, content))), normal(content));
      // What was edited here and deleted above is there for whoever keeps what is here, with its title.
      const kept = new Map(content.sections.map((section) => [section.key, section]));
      for (const { key, title, body: own } of ours.sections) {
        const isGone = !theirs.sections.some((section) => section.key === key);
        const edited = touchedOf(base, ours)[key] !== undefined;
        if (!isGone || !edited || choice !== 'ours') continue;
        assert.deepEqual(kept.get(key), { key, title, body: normalBody(own) });
      }
    }),
    { numRuns: 500 },
  );
});
