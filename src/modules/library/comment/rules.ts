/** How many remarks and answers stand at once: more than one round needs, and all of them are shown. */
export const mostRemarks = { document: 1_000, section: 300, answers: 100 } as const;

export interface RemarkCounts {
  readonly document: number;
  readonly section: number;
  /** Of the remark that is answered; 0 for a new one. */
  readonly answers: number;
}

/** Why one more cannot be added, in a sentence that says what to do; null where it can. */
export const remarkRefusal = (
  { document, section, answers }: RemarkCounts,
  isAnswer: boolean,
): string | null => {
  if (answers >= mostRemarks.answers)
    return `这条批注已有${mostRemarks.answers}条答复。请先标为已解决，再另写一条批注。`;
  const rest = isAnswer ? '请当面商量，或直接改在设计里。' : '请先在已有的批注下答复，或直接改在设计里。';
  if (section >= mostRemarks.section) return `这一部分的批注和答复已满${mostRemarks.section}条。${rest}`;
  return document >= mostRemarks.document
    ? `这份设计的批注和答复已满${mostRemarks.document}条。${rest}`
    : null;
};
