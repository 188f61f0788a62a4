import { displayWidth } from './text.ts';

const noLineStart = /^[、，。；：！？）〕》」』”’的和与及等了]/u;
const noLineEnd = /[（〔《「『“‘]$|关于$/u;
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

const bracketed = /[《“（〔][^《“（〔》”）〕]*[》”）〕]/gu;

/** Words; what stands in brackets or quotation marks stays whole if it fits into a line. */
const units = (title: string, lineWidth: number): string[] => {
  const words = (text: string) => [...segmenter.segment(text)].map(({ segment }) => segment);
  const result: string[] = [];
  let end = 0;
  for (const { 0: whole, index } of title.matchAll(bracketed)) {
    result.push(
      ...words(title.slice(end, index)),
      ...(displayWidth(whole) < lineWidth ? [whole] : words(whole)),
    );
    end = index + whole.length;
  }
  return [...result, ...words(title.slice(end))];
};

/** Lower is better: lines that form a trapezoid or a diamond, breaks before 关于 and after a pause. */
const cost = (lines: readonly string[]): number => {
  const widths = lines.map(displayWidth);
  let sum = 0;
  lines.forEach((line, index) => {
    const next = lines[index + 1];
    if (next === undefined) return;
    if (noLineStart.test(next) || noLineEnd.test(line)) sum += 50;
    if (next.startsWith('关于')) sum -= 6;
    if (/[、，》”的]$/u.test(line)) sum -= 2;
    if (widths[index] === widths[index + 1]) sum += 3;
    const before = widths[index - 1];
    if (
      before !== undefined &&
      before > (widths[index] ?? 0) &&
      (widths[index] ?? 0) < (widths[index + 1] ?? 0)
    )
      sum += 20;
  });
  const longest = Math.max(...widths);
  const shortest = Math.min(...widths);
  return sum + (longest - shortest) * 0.5 + (shortest < 4 ? 15 : 0);
};

const splits = (parts: readonly string[], count: number): string[][] => {
  if (count === 1) return [[parts.join('')]];
  return parts
    .slice(1)
    .flatMap((_, index) =>
      splits(parts.slice(index + 1), count - 1).map((rest) => [parts.slice(0, index + 1).join(''), ...rest]),
    );
};

const fill = (parts: readonly string[], lineWidth: number): string[] => {
  const lines: string[] = [''];
  for (const part of parts.flatMap((word) => (displayWidth(word) > lineWidth ? Array.from(word) : [word]))) {
    const last = lines.at(-1) ?? '';
    if (displayWidth(last + part) > lineWidth) lines.push(part);
    else lines[lines.length - 1] = last + part;
  }
  return lines;
};

/** Breaks a title by sense into as few lines as fit; a line feed in it is obeyed. `lineWidth` in full-width characters. */
export const breakTitle = (title: string, lineWidth: number): string[] => {
  const given = title
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (given.length > 1) return given.flatMap((line) => breakTitle(line, lineWidth));
  const [text = ''] = given;
  if (displayWidth(text) <= lineWidth) return [text];
  const parts = units(text, lineWidth);
  const least = Math.ceil(displayWidth(text) / lineWidth);
  // Four lines of thirty words are 3,654 ways; beyond that lines are simply filled.
  for (let count = least; count <= (parts.length <= 30 ? 4 : 3) && parts.length <= 50; count += 1) {
    const fitting = splits(parts, count).filter((lines) =>
      lines.every((line) => displayWidth(line) <= lineWidth),
    );
    const best = fitting.toSorted((a, b) => cost(a) - cost(b))[0];
    if (best && cost(best) < 45) return best;
  }
  return fill(parts, lineWidth);
};
