import * as Y from 'yjs';
import {
  appendUpdates,
  applyParts,
  closeDocument,
  findDocument,
  insertDocument,
  listContributors,
  lockDocument,
  reopenDocument,
} from '#platform/co-editing/document-log.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Body, Content, Section } from '../content/contract.ts';
import { contentOf, type Reading, readingOf } from './reading/rules.ts';
import { replaceBody, replaceContent } from './replacing/rules.ts';
import { docOf } from './rules.ts';

/** Makes the document in which a draft is written together; gives false where it has been made before. */
export const insertDraftDocument = (db: Queryable, id: string, content: Content): Promise<boolean> =>
  insertDocument(db, id, docOf(content));

/** What a draft says now: everything that was acknowledged to anybody. `undefined` where there is none. */
export const findDraftContent = async (
  db: Queryable,
  id: string,
): Promise<(Reading & { readonly closed: boolean }) | undefined> => {
  const stored = await findDocument(db, id);
  if (stored === undefined) return undefined;
  const doc = new Y.Doc();
  applyParts(doc, id, stored.parts);
  const reading = readingOf(doc);
  doc.destroy();
  return { ...reading, closed: stored.closed };
};

/**
 * Takes no further change, and gives what the draft says at its end. In the transaction that submits the draft: a
 * change is either in what this gives, or it is refused and stays with whoever wrote it.
 */
export const closeDraftDocument = async (db: Queryable, id: string): Promise<Reading | undefined> => {
  await closeDocument(db, id);
  return findDraftContent(db, id);
};

export const reopenDraftDocument = (db: Queryable, id: string): Promise<void> => reopenDocument(db, id);

/** Who changed something in a draft, by first change. */
export const listDraftContributors = (
  db: Queryable,
  id: string,
): Promise<{ personId: string; firstAt: string; lastAt: string }[]> => listContributors(db, id);

/** Nobody's change is taken until the transaction ends: what is read of a draft is then what is written over. */
export const lockDraft = async (db: Queryable, id: string): Promise<void> => {
  await lockDocument(db, id);
};

/** Writes a change of the person's own into an open draft; false where it is closed or `change` sees no way. */
const changeDraft = async (
  db: Queryable,
  id: string,
  personId: string,
  change: (doc: Y.Doc, now: Content) => boolean,
): Promise<boolean> => {
  const stored = await findDocument(db, id);
  if (stored === undefined || stored.closed) return false;
  const doc = new Y.Doc();
  applyParts(doc, id, stored.parts);
  const known = Y.encodeStateVector(doc);
  if (!change(doc, contentOf(doc))) return false;
  const bytes = Y.encodeStateAsUpdate(doc, known);
  doc.destroy();
  return (await appendUpdates(db, id, [{ personId, bytes }])) !== null;
};

/** Makes a section say something else; false also where there is no such section, or one of another form. */
export const replaceDraftSection = (
  db: Queryable,
  id: string,
  { key, body, personId }: { readonly key: string; readonly body: Body; readonly personId: string },
): Promise<boolean> =>
  changeDraft(db, id, personId, (doc, { sections }) => {
    const before = sections.find((section) => section.key === key)?.body;
    if (before === undefined || before.form !== body.form) return false;
    replaceBody(doc, key, before, body);
    return true;
  });

/** Adds a section that the draft does not have at its end; false where it has one of this key. */
export const addDraftSection = (
  db: Queryable,
  id: string,
  section: Section,
  personId: string,
): Promise<boolean> =>
  changeDraft(db, id, personId, (doc, now) => {
    if (now.sections.some(({ key }) => key === section.key)) return false;
    replaceContent(doc, now, { sections: [...now.sections, section] });
    return true;
  });

export const replaceDraftContent = (
  db: Queryable,
  id: string,
  content: Content,
  personId: string,
): Promise<boolean> =>
  changeDraft(db, id, personId, (doc, now) => {
    replaceContent(doc, now, content);
    return true;
  });
