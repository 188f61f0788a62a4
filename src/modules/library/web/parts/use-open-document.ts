import { useEffect, useState, useSyncExternalStore } from 'react';
import type * as Y from 'yjs';
import { rowIds, sectionKeys } from '../../co-editing/rules.ts';
import { type DocumentState, type OpenDocument, openDocument } from './open-document.ts';

/** Opens a draft's document while the page stands. */
export const useOpenDocument = (
  draftId: string,
  { id, name }: { readonly id: string; readonly name: string },
): OpenDocument | null => {
  const [open, setOpen] = useState<OpenDocument | null>(null);
  useEffect(() => {
    const opened = openDocument(draftId, { id, name });
    let here = true;
    queueMicrotask(() => {
      if (here) setOpen(opened);
    });
    return () => {
      here = false;
      opened.close();
    };
  }, [draftId, id, name]);
  return open;
};

export const useDocumentState = (open: OpenDocument): DocumentState =>
  useSyncExternalStore(open.subscribe, open.getState);

/** A value read out of the document, again after every change of these types; compared as text. */
export const useShared = (
  types: readonly { observeDeep(f: () => void): void; unobserveDeep(f: () => void): void }[],
  read: () => string,
): string =>
  useSyncExternalStore((changed) => {
    for (const type of types) type.observeDeep(changed);
    return () => {
      for (const type of types) type.unobserveDeep(changed);
    };
  }, read);

const separator = '\n';
const listed = (text: string): string[] => (text === '' ? [] : text.split(separator));

export const useSectionKeys = (doc: Y.Doc): string[] =>
  listed(useShared([doc.getMap('sections')], () => sectionKeys(doc).join(separator)));

export const useRowIds = (doc: Y.Doc, key: string): string[] =>
  listed(useShared([doc.getMap(`rows:${key}`)], () => rowIds(doc, key).join(separator)));
