import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTestDatabase } from '#platform/testing.ts';
import { replaceDraftSection } from '../co-editing/store.ts';
import { startRound } from '../round/actions.ts';
import {
  aLibraryDistrict,
  aParagraph,
  aPublishedItem,
  aStartedItem,
  contextOf,
  primaryMaths,
  publishOpenRound,
} from '../testing.ts';
import { changeItem, findItemAccess, getItem, startItem, withdrawItem } from './actions.ts';

const { db } = await createTestDatabase();
const district = await aLibraryDistrict(db);
const { writer, second, third, lead, teacher, colleague, principal, here } = district;

const change = async (personId: string, id: string, title: string, summary = '') => {
  const context = await contextOf(db, personId);
  const { version } = await getItem(context, { id });
  return changeItem(context, { ...primaryMaths, id, version, title, summary, locked: [] });
};
const mayEdit = async (personId: string, id: string) => {
  const context = await contextOf(db, personId);
  const access = await findItemAccess(context, id);
  const { may } = await getItem(context, { id });
  assert.equal(may.edit, access === 'edit', 'the page offers what the attachments allow');
  return may.edit;
};
const refusal = { kind: 'forbidden', message: /已经发布.*主备人、中心组组长或教研员/u };

describe('what is about an item of the district', () => {
  it('is changed by all who write it until it is published, then by its keepers alone', async () => {
    const { id, roundId } = await aStartedItem(db, district);
    await change(second, id, '两位数的乘法');
    for (const one of [writer, second, third, lead]) assert.equal(await mayEdit(one, id), true);
    await publishOpenRound(db, district, roundId);
    await assert.rejects(change(second, id, '改名'), refusal);
    await assert.rejects(change(third, id, '改名'), refusal);
    for (const [one, may] of [
      [writer, true],
      [lead, true],
      [second, false],
      [third, false],
      [teacher, false],
    ] as const)
      assert.equal(await mayEdit(one, id), may);
    await change(writer, id, '两位数乘两位数（一）');
    await change(lead, id, '两位数乘两位数（二）');
  });

  it('is not opened to whoever begins a next version before that is published', async () => {
    const id = await aPublishedItem(db, district);
    const round = await startRound(await contextOf(db, third), { itemId: id });
    await assert.rejects(change(third, id, '改名'), refusal);
    const body = { form: 'text' as const, blocks: [aParagraph('左边竖式。')] };
    await replaceDraftSection(db, round.id, { key: 'board', body, personId: third });
    await publishOpenRound(db, { ...district, second: writer, third: second }, round.id);
    await change(third, id, '改名');
  });

  it('is written down as it was and as it is, without what people wrote', async () => {
    const id = await aPublishedItem(db, district);
    await change(lead, id, '新名称', '写给大家的说明');
    const { version } = await getItem(await contextOf(db, lead), { id });
    await withdrawItem(await contextOf(db, lead), { id, version, reason: '内容有误的原因' });
    const rows = await db
      .selectFrom('platform.auditEntry')
      .select(['action', 'before', 'after'])
      .where('objectId', '=', id)
      .orderBy('id')
      .execute();
    assert.doesNotMatch(JSON.stringify(rows), /写给大家的说明|内容有误的原因/u);
    const changed = rows.find(({ action }) => action === 'library.item-changed');
    assert.deepEqual(changed, {
      action: 'library.item-changed',
      before: { title: '两位数乘两位数', locked: [], ...primaryMaths },
      after: { title: '新名称', locked: [], ...primaryMaths, summaryChanged: true, version },
    });
    assert.ok(rows.some(({ action }) => action === 'library.item-withdrawn'));
  });
});

describe('what is about an item of a school', () => {
  it('is changed by whoever began it and by those who answer for it in the school', async () => {
    const { id } = await startItem(await contextOf(db, teacher), {
      ...primaryMaths,
      kind: 'lesson-design',
      title: '本校的',
      schoolId: here,
      shared: false,
    });
    await change(colleague, id, '本校的设计');
    // Published, however it came to be: the school's reviews are not what is looked at here.
    await publishAsIs(id);
    await assert.rejects(change(colleague, id, '改名'), {
      kind: 'forbidden',
      message: /编写人、本校学科长/u,
    });
    await change(teacher, id, '本校的设计（一）');
    await change(principal, id, '本校的设计（二）');
  });
});

const publishAsIs = async (itemId: string): Promise<void> => {
  await db
    .insertInto('library.version')
    .values({
      itemId,
      number: 1,
      title: '本校的',
      content: JSON.stringify({ sections: [] }),
      note: '',
      contributors: [teacher],
      publishedBy: principal,
    })
    .execute();
  await db
    .updateTable('library.item')
    .set({ published: 1, publishedAt: new Date().toISOString() })
    .where('id', '=', itemId)
    .execute();
};

describe('the role of the application', () => {
  it('changes only what the stores change', async () => {
    const id = await aPublishedItem(db, district);
    const now = new Date().toISOString();
    const denied = /permission denied/u;
    for (const other of [{ kind: 'test-paper' }, { schoolId: here }, { madeBy: second }, { madeAt: now }])
      await assert.rejects(db.updateTable('library.item').set(other).where('id', '=', id).execute(), denied);
    await assert.rejects(db.updateTable('library.round').set({ mainPreparer: second }).execute(), denied);
    await assert.rejects(db.updateTable('library.review').set({ reviewerId: second }).execute(), denied);
    await assert.rejects(db.updateTable('library.adaptation').set({ personId: second }).execute(), denied);
    await assert.rejects(db.updateTable('library.suggestion').set({ reason: '改' }).execute(), denied);
    await assert.rejects(db.updateTable('library.comment').set({ text: '改' }).execute(), denied);
    await assert.rejects(db.updateTable('library.textbookImport').set({ broughtBy: '改' }).execute(), denied);
    for (const table of ['library.picture', 'library.standingPicture'] as const)
      await assert.rejects(
        db
          .updateTable(table)
          .set({ sha256: 'a'.repeat(64) })
          .execute(),
        denied,
      );
  });
});
