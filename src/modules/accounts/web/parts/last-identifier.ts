const key = 'yanxun:last-identifier';

/** Who signed in here last, so that the same person types only the password. */
export const readLastIdentifier = (): string => {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
};

export const keepLastIdentifier = (identifier: string): void => {
  try {
    localStorage.setItem(key, identifier);
  } catch {
    // Without storage it is typed again next time.
  }
};

/** At sign-out: the next person at a shared device does not see who was here. */
export const forgetLastIdentifier = (): void => {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept either.
  }
};
