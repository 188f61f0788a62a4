import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Actor } from '#modules/organisation/contract.ts';
import { actorOf, contextFor, makePerson } from '#modules/organisation/testing.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { newId } from '#platform/ids.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { type AccessToDocument, commentActions } from './actions.ts';
import type { CommentAccess } from './policy.ts';
import { mostRemarks } from './rules.ts';

const { db } = await createTestDatabase();
const documentId = newId();
const rights = new Map<string | null, CommentAccess>();
const accessTo: AccessToDocument = async (_db, id, { personId }) =>
  id === documentId ? (rights.get(personId) ?? null) : null;
const { listComments, addComment, replyToComment, resolveComment, reopenComment } = commentActions(accessTo);

const person = async (name: string, access: CommentAccess): Promise<ActionContext<Actor>> => {
  const id = await makePerson(db, name);
  rights.set(id, access);
  return contextFor(db, await actorOf(db, id));
};
let author: ActionContext<Actor>;
let reviewer: ActionContext<Actor>;
let reader: ActionContext<Actor>;
let stranger: ActionContext<Actor>;
before(async () => {
  author = await person('主备甲', 'comment');
  reviewer = await person('审核乙', 'comment');
  reader = await person('旁观丙', 'read');
  stranger = await person('外校丁', null);
});

const anchor = {
  start: { type: { client: 1, clock: 2 }, item: { client: 1, clock: 3 }, assoc: 0 },
  end: { tname: 'text:goals', assoc: -1 },
};
const aRemark = { documentId, sectionKey: 'goals', anchor, quote: '能比较大小', text: '怎样才算能比较？' };

describe('a remark on a passage', () => {
  it('is answered and resolved by those who may, and nothing of it is lost', async () => {
    const { id } = await addComment(reviewer, aRemark);
    const { id: replyId } = await replyToComment(author, { id, text: '改为“能说出理由”。' });
    await assert.rejects(replyToComment(author, { id: replyId, text: '答复不能再答复' }), {
      kind: 'not-found',
    });
    await resolveComment(author, { id });
    await assert.rejects(resolveComment(reviewer, { id }), { kind: 'conflict' });
    const { rows, mayComment } = await listComments(reader, { documentId });
    assert.equal(mayComment, false);
    const [row] = rows;
    assert.deepEqual(
      [row?.anchor, row?.quote, row?.text, row?.authorName, row?.resolved?.byName],
      [anchor, aRemark.quote, aRemark.text, '审核乙', '主备甲'],
    );
    assert.deepEqual(
      row?.replies.map(({ text, authorName }) => [text, authorName]),
      [['改为“能说出理由”。', '主备甲']],
    );
    await reopenComment(reviewer, { id });
    await assert.rejects(reopenComment(reviewer, { id }), { kind: 'conflict' });
    assert.equal((await listComments(author, { documentId })).rows[0]?.resolved, null);
    const audited = await db
      .selectFrom('platform.auditEntry')
      .where('objectId', '=', id)
      .select('action')
      .orderBy('id')
      .execute();
    assert.deepEqual(
      audited.map(({ action }) => action),
      ['added', 'replied', 'resolved', 'reopened'].map((what) => `library.comment-${what}`),
    );
  });

  it('is read when nothing changes any more, and nothing is added', async () => {
    const { id } = await addComment(author, aRemark);
    rights.set(author.actor.personId, 'ended');
    for (const act of [
      () => addComment(author, aRemark),
      () => replyToComment(author, { id, text: '还想说' }),
      () => resolveComment(author, { id }),
    ])
      await assert.rejects(act, { kind: 'conflict', message: /只能查看/ });
    const { rows, mayComment } = await listComments(author, { documentId });
    assert.equal(mayComment, false);
    assert.ok(rows.some((row) => row.id === id));
    rights.set(author.actor.personId, 'comment');
  });

  it('is one of so many, and the next is refused in a sentence', async () => {
    const sectionKey = 'board';
    const { id } = await addComment(author, { ...aRemark, sectionKey });
    const { answers, section } = mostRemarks;
    const fill = async (many: number, parentId: string | null): Promise<void> => {
      const authorId = author.actor.personId ?? '';
      await db
        .insertInto('library.comment')
        .values(
          Array.from({ length: many }, () => ({
            id: newId(),
            documentId,
            sectionKey,
            parentId,
            text: '同意',
            authorId,
          })),
        )
        .execute();
    };
    await fill(answers - 1, id);
    await replyToComment(author, { id, text: '最后一条' });
    await assert.rejects(replyToComment(author, { id, text: '多一条' }), {
      kind: 'invalid',
      message: new RegExp(`已有${answers}条答复`),
    });
    await fill(section - answers - 2, null);
    await addComment(author, { ...aRemark, sectionKey });
    await assert.rejects(addComment(author, { ...aRemark, sectionKey }), {
      kind: 'invalid',
      message: new RegExp(`已满${section}条`),
    });
    await addComment(author, { ...aRemark, sectionKey: 'goals' });
    const shown = (await listComments(author, { documentId })).rows.filter(
      (row) => row.sectionKey === sectionKey,
    );
    assert.equal(shown.length + (shown.find((row) => row.id === id)?.replies.length ?? 0), section);
  });

  it('stands on a cell of a table, or on a whole row', async () => {
    const cells = [
      { row: 'goals-1', column: 'goal' },
      { row: 'goals-1', column: null },
    ];
    for (const cell of cells) await addComment(reviewer, { ...aRemark, anchor: null, cell });
    const { rows } = await listComments(author, { documentId });
    assert.deepEqual(
      rows.slice(-2).map(({ cell }) => cell),
      cells,
    );
    await assert.rejects(
      db.updateTable('library.comment').set({ rowId: null }).where('columnKey', '=', 'goal').execute(),
    );
  });

  it('is closed to readers, and is not there for strangers', async () => {
    const { id } = await addComment(author, { ...aRemark, anchor: null, quote: '' });
    await assert.rejects(addComment(reader, aRemark), { kind: 'forbidden' });
    await assert.rejects(replyToComment(reader, { id, text: '我也说' }), { kind: 'forbidden' });
    for (const act of [
      () => listComments(stranger, { documentId }),
      () => addComment(stranger, aRemark),
      () => replyToComment(stranger, { id, text: '我也说' }),
      () => resolveComment(stranger, { id }),
      () => reopenComment(stranger, { id }),
      () => listComments(author, { documentId: newId() }),
      () => resolveComment(author, { id: newId() }),
    ])
      await assert.rejects(act, { kind: 'not-found' });
    rights.set(null, 'comment');
    const nobody = contextFor(db, await actorOf(db, null));
    await assert.rejects(addComment(nobody, aRemark), { kind: 'forbidden' });
  });
});
