import assert from 'node:assert/strict';
import { it } from 'node:test';
import * as Y from 'yjs';
import { docOf } from '../co-editing/rules.ts';
import { anchor } from './contract.ts';

const doc = docOf({ sections: [{ key: 'goals', title: '目标', body: { form: 'text', blocks: [] } }] });
const client = doc.clientID;

for (const place of [
  {},
  { assoc: 0 },
  { item: { client, clock: -1 } },
  { type: { client, clock: -5 } },
  { item: { client: -1, clock: 0 } },
])
  it(`takes no place that breaks the page: ${JSON.stringify(Object.keys(place))}`, () => {
    assert.equal(anchor.safeParse({ start: place, end: place }).success, false);
  });

it('takes whatever Yjs makes of a place, and one that stands nowhere any more', () => {
  const text = doc.getText('cell:goals:r:goal');
  text.insert(0, '会算');
  const made = [0, 1, 2].map((at) =>
    Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, at)),
  );
  for (const place of [...made, { item: { client, clock: 9_000 } }, { tname: 'text:nowhere' }]) {
    assert.equal(anchor.safeParse({ start: place, end: place }).success, true, JSON.stringify(place));
    Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(place), doc);
  }
});
