import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Body } from '../../content/contract.ts';
import type { Decisions, MergeConflict } from '../contract.ts';
import { mergeSection } from '../rules.ts';
import { decisionsOn, keeping, typedOn } from './rules.ts';

const body = (text: string): Body => ({
  form: 'text',
  blocks: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});
/** The one conflict of a section that both sides wrote anew. */
const conflictsOf = (ours: string, theirs: string): MergeConflict[] =>
  mergeSection(body('学生会一位数乘法'), body(ours), body(theirs), { key: 'learners' }).conflicts;

it('a decision is kept for the conflict it was made on, and for no other in its place', () => {
  const seen = conflictsOf('我班都会口算', '还不会估算');
  const later = conflictsOf('我班都会口算和笔算', '还不会估算');
  const id = seen[0]?.id ?? '';
  assert.equal(later[0]?.id, id, 'the place has the same name');
  const decisions: Decisions = { [id]: { choice: 'own', text: '都会口算，还不会估算' } };
  const kept = keeping({}, seen, decisions);
  assert.deepEqual(decisionsOn(kept, conflictsOf('我班都会口算', '还不会估算')), decisions);
  assert.deepEqual(decisionsOn(kept, later), {});
  // What was typed is not lost, and is no decision on what nobody has seen.
  assert.deepEqual(typedOn(kept), { [id]: '都会口算，还不会估算' });
  assert.deepEqual(keeping(kept, later, {}), kept);
  assert.deepEqual(decisionsOn(keeping(kept, later, { [id]: { choice: 'ours' } }), later), {
    [id]: { choice: 'ours' },
  });
});
