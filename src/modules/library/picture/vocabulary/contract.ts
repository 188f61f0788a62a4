/** In bytes; a photograph of a phone fits. */
export const largestPicture = 10 * 2 ** 20;
/** In one draft. */
export const mostPictures = 1_000;
/** The kinds a page shows, with the ending each is given out under. */
export const pictureEndings: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
};
