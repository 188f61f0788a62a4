/**
 * Finding any part of a text through an index of its character pairs. Chinese has no spaces to split at, and a
 * splitter of words misses what it split elsewhere; pairs miss nothing, and what they find too much a LIKE takes out.
 * Letters and digits are indexed by three as well, since their pairs are in nearly every text.
 */

/** Characters that stand alone in folding: most of a Chinese text, kept out of the slow path. */
const foldsToItself = /[a-z0-9 \n\u4e00-\u9fff]+/gu;

const foldOne = (sign: string): string => {
  for (const form of [sign.normalize('NFKC').toLowerCase(), sign.toLowerCase()])
    if (form.length === sign.length && Array.from(form).length === 1) return form;
  return sign;
};

/** Full width and capital letters become plain small ones, character by character, so that places stay the same. */
export const fold = (text: string): string => {
  let folded = '';
  let from = 0;
  for (const match of text.matchAll(foldsToItself)) {
    if (match.index > from) folded += Array.from(text.slice(from, match.index), foldOne).join('');
    folded += match[0];
    from = match.index + match[0].length;
  }
  return folded + Array.from(text.slice(from), foldOne).join('');
};

const plain = /^[a-z0-9]$/;

/** Every pair of neighbours of a folded text, white space between them excepted, and every three letters or digits. */
export const gramsOf = (folded: string): Set<string> => {
  const grams = new Set<string>();
  for (const run of folded.split(/\s+/u)) {
    const signs = Array.from(run);
    let plainBefore = 0;
    for (const [index, sign] of signs.entries()) {
      const before = signs[index - 1] ?? '';
      if (index > 0) grams.add(before + sign);
      plainBefore = plain.test(sign) ? plainBefore + 1 : 0;
      if (plainBefore >= 3) grams.add((signs[index - 2] ?? '') + before + sign);
    }
  }
  return grams;
};

/** The words of a query, folded, each once. */
export const wordsOf = (query: string): string[] => [
  ...new Set(
    fold(query)
      .split(/\s+/u)
      .filter((word) => word !== ''),
  ),
];

/** The fewest grams that every text with this folded word has; none of a word of one character. */
export const gramsOfWord = (word: string): string[] => {
  const signs = Array.from(word);
  const isTriple = (at: number): boolean =>
    at >= 0 && at + 3 <= signs.length && signs.slice(at, at + 3).every((sign) => plain.test(sign));
  return [
    ...new Set(
      signs.flatMap((_, at) => {
        if (isTriple(at)) return [signs.slice(at, at + 3).join('')];
        const inside = at + 2 > signs.length || isTriple(at - 1);
        return inside ? [] : [signs.slice(at, at + 2).join('')];
      }),
    ),
  ];
};

/** Whether a text that has the word's grams has the word: then no LIKE need look again. */
export const isOneGram = (word: string): boolean => gramsOfWord(word)[0] === word;
