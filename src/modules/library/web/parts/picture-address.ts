/** Where a picture of a design is read, by the SHA-256 of its file. */
export const pictureAddress = (file: string): string => `/files/library/picture/${file}`;
