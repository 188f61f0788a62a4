import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { bodyTriple } from '../merge/design/testing.ts';
import { resolveSection } from '../merge/resolution/rules.ts';
import { decideAll, lostEdits } from '../merge/testing.ts';
import { normalBody } from '../tokens/rules.ts';
import { mergeSuggestion } from './rules.ts';

const place = { kind: 'lesson-design', section: 'own-1' } as const;
const runs = { numRuns: 300, seed: 20_261_126 };

describe('a suggestion merged', () => {
  it('comes in as it is proposed where the draft has no such section, or says the same', () => {
    fc.assert(
      fc.property(bodyTriple, fc.constantFrom('none', 'same'), ({ base, theirs }, draft) => {
        const now = draft === 'none' ? null : theirs;
        for (const before of [null, base]) {
          const merged = mergeSuggestion({ before, now, proposed: theirs }, place);
          assert.deepEqual(merged.conflicts, []);
          assert.deepEqual(resolveSection(merged, {}), normalBody(theirs));
        }
      }),
      runs,
    );
  });

  it('writes over nothing that the draft says, also where the version had no such section', () => {
    fc.assert(
      fc.property(bodyTriple, ({ base, ours, theirs }) => {
        const merged = mergeSuggestion({ before: null, now: ours, proposed: theirs }, place);
        const empty = base.form === 'text' ? { ...base, blocks: [] } : { ...base, rows: [] };
        assert.deepEqual(lostEdits({ base: empty, ours, theirs }, merged), []);
        const kept = resolveSection(merged, decideAll(merged.conflicts, 'ours'));
        const again = mergeSuggestion({ before: null, now: kept, proposed: kept }, place);
        assert.deepEqual(again.conflicts, []);
      }),
      runs,
    );
  });
});
