import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as Y from 'yjs';
import { makePerson } from '#modules/organisation/testing.ts';
import { appendUpdates, applyParts, findDocument } from '#platform/co-editing/document-log.ts';
import { newId } from '#platform/ids.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { type Content, content as contentSchema } from '../content/contract.ts';
import { names } from './rules.ts';
import {
  closeDraftDocument,
  findDraftContent,
  insertDraftDocument,
  listDraftContributors,
  reopenDraftDocument,
} from './store.ts';

const { db } = await createTestDatabase();
const start: Content = {
  sections: [
    {
      key: 'learners',
      title: '学情分析',
      body: { form: 'text', blocks: [{ type: 'paragraph', content: [{ type: 'text', text: '会数数' }] }] },
    },
  ],
};

/** What a client would send after doing something to the document as it stands. */
const changeOf = async (id: string, write: (doc: Y.Doc) => void): Promise<Uint8Array> => {
  const doc = new Y.Doc();
  applyParts(doc, id, (await findDocument(db, id))?.parts ?? []);
  const before = Y.encodeStateVector(doc);
  write(doc);
  return Y.encodeStateAsUpdate(doc, before);
};

describe('the document of a draft', () => {
  it('is made once, and says at its end all that was taken before it was closed', async () => {
    const id = newId();
    const person = await makePerson(db, '主备甲');
    assert.equal(await insertDraftDocument(db, id, start), true);
    assert.equal(await insertDraftDocument(db, id, { sections: [] }), false);
    assert.deepEqual(await findDraftContent(db, id), { content: start, cuts: [], closed: false });
    const bytes = await changeOf(id, (doc) => doc.getMap(names.titles).set('learners', '学情'));
    assert.equal(await appendUpdates(db, id, [{ personId: person, bytes }]), 1);
    const closing = db.transaction().execute(async (transaction) => {
      const content = await closeDraftDocument(transaction, id);
      // Somebody writes while it is being closed: the change waits, and is refused.
      const late = appendUpdates(db, id, [{ personId: person, bytes }]);
      await new Promise((resolve) => setTimeout(resolve, 50));
      return { content, late };
    });
    const { content, late } = await closing;
    assert.equal(content?.content.sections[0]?.title, '学情');
    assert.equal(await late, null);
    assert.equal((await findDraftContent(db, id))?.closed, true);
    await reopenDraftDocument(db, id);
    assert.equal(await appendUpdates(db, id, [{ personId: person, bytes }]), 2);
    assert.deepEqual(
      (await listDraftContributors(db, id)).map(({ personId }) => personId),
      [person],
    );
    assert.equal(await findDraftContent(db, newId()), undefined);
    assert.equal(await closeDraftDocument(db, newId()), undefined);
  });

  it('gives content that passes the schema whatever was appended', async () => {
    const id = newId();
    await insertDraftDocument(db, id, start);
    const bytes = await changeOf(id, (doc) => {
      const script = new Y.XmlElement('script');
      script.setAttribute('src', 'javascript:alert(1)');
      doc.getXmlFragment(names.text('learners')).insert(0, [script]);
      doc.getMap(names.sections).set('坏的键', 'V');
    });
    await appendUpdates(db, id, [
      { personId: null, bytes },
      { personId: null, bytes: new Uint8Array([9, 9, 9]) },
    ]);
    const found = await findDraftContent(db, id);
    assert.deepEqual(contentSchema.parse(found?.content), start);
    assert.deepEqual(await listDraftContributors(db, id), []);
  });
});
