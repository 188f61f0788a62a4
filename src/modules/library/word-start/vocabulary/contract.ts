/** In bytes; a lesson with many photographs fits. */
export const largestWordFile = 60 * 2 ** 20;
