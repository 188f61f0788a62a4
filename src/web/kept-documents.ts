/**
 * Texts written together that stand on this device (IndexedDB), each in a database of its own named by person and
 * document: some hold what never reached the server, some only what closing the browser left.
 */
const everything = 'yanxun-draft:';

export const keptDocumentName = (personId: string, documentId: string): string =>
  `${everything}${personId}:${documentId}`;

const allNames = async (): Promise<string[]> => {
  try {
    const found = await indexedDB.databases();
    return found.flatMap(({ name }) => (name?.startsWith(everything) === true ? [name] : []));
  } catch {
    return [];
  }
};

/** The documents a person has kept here. */
export const keptDocuments = async (personId: string): Promise<string[]> => {
  const own = keptDocumentName(personId, '');
  return (await allNames()).filter((name) => name.startsWith(own)).map((name) => name.slice(own.length));
};

/** A page that has it open keeps it until it is closed. */
export const forgetKeptDocument = (name: string): Promise<void> =>
  new Promise((resolve) => {
    const asked = indexedDB.deleteDatabase(name);
    for (const event of ['success', 'error', 'blocked']) asked.addEventListener(event, () => resolve());
  });

export const hasKeptDocuments = async (): Promise<boolean> => (await allNames()).length > 0;

export const forgetKeptDocuments = async (): Promise<void> => {
  await Promise.all((await allNames()).map(forgetKeptDocument));
};
