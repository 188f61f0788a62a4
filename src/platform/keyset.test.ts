import assert from 'node:assert/strict';
import { it } from 'node:test';
import { newId } from './ids.ts';
import { decodeCursor, encodeCursor } from './keyset.ts';

const names = ['at', 'id'] as const;
const cursorOf = (at: string): string => encodeCursor([at, newId()]);

it('reads the instant it was made from', () => {
  const at = '2026-11-26T02:00:00.123456+00:00';
  assert.equal(decodeCursor(cursorOf(at), names).at, at);
});
for (const at of ['0000-01-01T00:00:00+00:00', '2026-13-01T00:00:00+00:00', '2026-11-26', 'x'])
  it(`refuses ${at}, which the database does not know`, () =>
    assert.throws(() => decodeCursor(cursorOf(at), names), { kind: 'invalid' }));
