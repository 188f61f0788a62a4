/** Why the server ends a connection; the page tells them apart. */
export const closeCodes = {
  sessionEnded: 4401,
  rightEnded: 4403,
  documentClosed: 4409,
  restart: 1012,
} as const;
