/** Under which key this device remembers what the server last said of a draft. */
export const draftCopyKey = (accountId: string, draftId: string): string =>
  `library-draft:${accountId}:${draftId}`;
