import type { Content } from '../content/contract.ts';
import type { ItemKind } from '../vocabulary/contract.ts';

/** What stands at the head of a printed design; null is not printed. */
export interface DesignHead {
  title: string;
  kind: ItemKind;
  subject: string | null;
  grade: string | null;
  edition: string | null;
  unit: string | null;
  lessonHour: string | null;
  school: string | null;
  author: string | null;
  /** As printed, e.g. 第3版. */
  version: string | null;
  /** As printed, e.g. 2024年3月5日. */
  date: string | null;
}

export interface PrintedDesign {
  head: DesignHead;
  content: Content;
  /** Names of units and lessons of the textbook by their id, for cells that refer to them. */
  textbookNames: ReadonlyMap<string, string>;
  /** A paper with its answers and what is noted of each item, for teachers; without effect on other kinds. */
  answers: boolean;
}
