/** In bytes of UTF-8, below what common file systems take, so that a download can be saved with a suffix added. */
const longest = 200;

// Control characters, and marks that turn the direction of text or are not seen: `photo\u202Egpj.exe` shows as a picture.
const unseen =
  /[\p{Cc}\p{Zl}\p{Zp}\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/gu;
const forbiddenOnWindows = /[<>:"|?*]/g;
const deviceName = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?=\.|$)/i;

/** Without the dot, in small letters; empty where the name has none. */
export const extensionOf = (name: string): string =>
  /[^.]\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? '';

const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8');

/** Cuts whole characters off the end until the text fits. */
const cutTo = (text: string, most: number): string => {
  let cut = '';
  let bytes = 0;
  for (const character of text) {
    bytes += bytesOf(character);
    if (bytes > most) break;
    cut += character;
  }
  return cut;
};

/**
 * A name as a person may see and save it: the last part of a path, without unseen characters, no device's name, not
 * overlong. Chinese of every plane stays as it is.
 */
export const cleanFileName = (given: string): string => {
  const last = given.toWellFormed().split(/[/\\]/).at(-1) ?? '';
  const seen = last
    .normalize('NFC')
    .replaceAll(unseen, '')
    .replaceAll(forbiddenOnWindows, '_')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[. ]+|[. ]+$/g, '');
  if (seen === '') return '未命名文件';
  const name = deviceName.test(seen) ? `_${seen}` : seen;
  if (bytesOf(name) <= longest) return name;
  const extension = extensionOf(name);
  const suffix = extension === '' ? '' : name.slice(-extension.length - 1);
  return `${cutTo(name.slice(0, name.length - suffix.length), longest - bytesOf(suffix)).trimEnd()}${suffix}`;
};

/** RFC 6266: a plain name for old readers, the whole one beside it. */
export const contentDisposition = (kind: 'inline' | 'attachment', fileName: string): string => {
  const plain = fileName.replaceAll(/[^\x20-\x7E]/gu, '_').replaceAll(/["\\%]/g, '_');
  const whole = encodeURIComponent(fileName.toWellFormed()).replaceAll(
    /['()*!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${whole}`;
};
