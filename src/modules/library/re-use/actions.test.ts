import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { newId } from '#platform/ids.ts';
import { Refusal } from '#platform/refusal.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { adaptItem, listAdaptations } from '../adaptation/actions.ts';
import { getItem, listItems, openItem, withdrawItem } from '../item/actions.ts';
import { reflect, withdrawReflection } from '../reflection/actions.ts';
import { aLibraryDistrict, aPublishedItem, contextOf } from '../testing.ts';
import { getReuse, getReuseShare } from './actions.ts';
import { mayReadReuseShare } from './policy.ts';

const { db } = await createTestDatabase();
const district = await aLibraryDistrict(db);
// The main preparer is at home in `here`; his colleagues and `elsewhere` use what he wrote.
const { here, there, writer, lead, head, chinese, teacher, colleague, elsewhere } = district;
const as = (personId: string) => contextOf(db, personId);
const itemId = await aPublishedItem(db, district);
const counts = async (personId = writer) => getReuse(await as(personId), { itemId });
const none = { opened: 0, adapted: 0, taught: 0, suggested: 0, outside: 0 };

const adapt = async (personId: string, schoolId: string) =>
  (await adaptItem(await as(personId), { itemId, schoolId, openTo: 'maker' })).id;
const teach = async (personId: string, adaptationId: string) =>
  reflect(await as(personId), {
    id: newId(),
    adaptationId,
    taughtOn: '2026-11-20',
    classLabel: '',
    worked: '学生会说算理。',
    change: '',
    aspects: {},
  });

const rowsOf = async (personId: string, view: 'field' | 'used-outside') =>
  (await listItems(await as(personId), { view, limit: 30 })).rows.map(({ id }) => id);
/** Whatever was made of the item, as the schools that made it. */
const schoolsOf = async (personId: string, taught?: true) => {
  const { rows } = await listAdaptations(await as(personId), { view: 'item', itemId, taught, limit: 30 });
  return new Set(rows.map(({ schoolName }) => schoolName)).size;
};

describe('re-use of an item', () => {
  it('counts schools once each, whoever in them and however often', async () => {
    assert.deepEqual(await counts(), none);
    for (const person of [teacher, colleague, teacher, elsewhere])
      await openItem(await as(person), { id: itemId });
    assert.deepEqual(await counts(), { ...none, opened: 2 });
    const mine = await adapt(teacher, here);
    await adapt(colleague, here);
    await teach(teacher, mine);
    await teach(teacher, mine);
    assert.deepEqual(await counts(), { opened: 2, adapted: 1, taught: 1, suggested: 0, outside: 0 });
  });

  it('counts the schools beside those of its authors apart; to open it is not to use it', async () => {
    assert.deepEqual(await getReuseShare(await as(head)), { items: 1, outside: 0 });
    assert.deepEqual([await rowsOf(head, 'field'), await rowsOf(head, 'used-outside')], [[itemId], []]);
    const theirs = await adapt(elsewhere, there);
    const taught = await teach(elsewhere, theirs);
    assert.deepEqual(await counts(), { opened: 2, adapted: 2, taught: 2, suggested: 0, outside: 1 });
    await withdrawReflection(await as(elsewhere), { id: taught.id });
    assert.deepEqual(await counts(), { opened: 2, adapted: 2, taught: 1, suggested: 0, outside: 1 });
    assert.deepEqual(await getReuseShare(await as(head)), { items: 1, outside: 1 });
    for (const person of [head, lead]) assert.deepEqual(await rowsOf(person, 'used-outside'), [itemId]);
  });

  it('a count opens the rows behind it', async () => {
    const { adapted, taught } = await counts();
    assert.deepEqual([await schoolsOf(writer), await schoolsOf(writer, true)], [adapted, taught]);
    for (const person of [teacher, chinese]) assert.deepEqual(await rowsOf(person, 'field'), []);
  });

  it('is read by those who write it, answer for it or read everything; not by a school', async () => {
    const gone = (error: unknown) => error instanceof Refusal && error.kind === 'not-found';
    for (const person of [writer, lead, head]) assert.equal((await counts(person)).adapted, 2);
    for (const person of [teacher, elsewhere, chinese]) await assert.rejects(counts(person), gone);
  });

  it('the share is of one’s own fields, and of what stands', async () => {
    assert.deepEqual(await getReuseShare(await as(chinese)), { items: 0, outside: 0 });
    assert.deepEqual(await getReuseShare(await as(lead)), { items: 1, outside: 1 });
    assert.equal(mayReadReuseShare((await as(teacher)).actor), false);
    const { version } = await getItem(await as(lead), { id: itemId });
    await withdrawItem(await as(lead), { id: itemId, version, reason: '改用新版' });
    assert.deepEqual(await getReuseShare(await as(head)), { items: 0, outside: 0 });
  });
});
