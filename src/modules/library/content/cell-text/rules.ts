/** A piece of a text cell: what a person typed, a formula between dollars, or a picture. */
export type CellPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'math'; readonly latex: string }
  | { readonly type: 'picture'; readonly alt: string; readonly file: string };

const special = /\$([^$\n]{1,4000})\$|!\[([^\]\n]{0,500})\]\(([0-9a-f]{64})\)/g;

/** Reads `$LaTeX$` and `![alt](sha256)` out of a cell; a lone dollar is a dollar. */
export const cellParts = (text: string): CellPart[] => {
  const parts: CellPart[] = [];
  let from = 0;
  for (const match of text.matchAll(special)) {
    if (match.index > from) parts.push({ type: 'text', text: text.slice(from, match.index) });
    const [whole, latex, alt, file] = match;
    parts.push(
      latex === undefined
        ? { type: 'picture', alt: alt ?? '', file: file ?? '' }
        : { type: 'math', latex: latex.trim() },
    );
    from = match.index + whole.length;
  }
  if (from < text.length) parts.push({ type: 'text', text: text.slice(from) });
  return parts;
};
