import type { Day } from '#platform/dates.ts';

/** An official document (公文) as GB/T 9704-2012 lays it out. Plain data: how it is printed is decided elsewhere. */
export type OfficialDocument = {
  /** The red mark at the head (发文机关标志), e.g. 丰南区教育局文件. */
  issuerMark: string;
  /** Copy number (份号), printed as six digits. */
  copyNumber?: number;
  /** Urgency (紧急程度), e.g. 特急. */
  urgency?: string;
  /** Absent while a draft: （草稿） is printed in its place. */
  documentNumber?: DocumentNumber;
  /** A line feed in the title fixes the break; without one it is broken by sense. */
  title: string;
  /** Main recipients (主送机关), without the colon. */
  recipients?: string;
  body: readonly Block[];
  attachments?: readonly Attachment[];
  signature: Signature;
  /** Note (附注), without its brackets. */
  note?: string;
  /** Copies to (抄送机关), without 抄送： and the full stop. */
  copyTo?: string;
  /** Issuing office (印发机关). */
  issuedBy?: string;
  issuedOn?: Day;
};

export type DocumentNumber = { series: string; year: number; number: number };

export type Signature = {
  issuer: string;
  date: Day;
  /** Leaves room for the seal that is put on by hand or by a seal service; none is ever drawn. */
  sealed: boolean;
};

export type Attachment = {
  name: string;
  body: readonly Block[];
  /** Landscape pages, for wide tables. */
  landscape?: boolean;
};

export type Block =
  | { kind: 'paragraph'; text: string }
  /** Numbered by itself: 一、 （一） 1. （1）. `text` runs on in the same paragraph, in the type of plain text. */
  | { kind: 'heading'; level: HeadingLevel; title: string; text?: string }
  | ({ kind: 'table' } & Table)
  | { kind: 'page-break' };

export type HeadingLevel = 1 | 2 | 3 | 4;

export type Table = {
  /** Printed above the table, centred. */
  heading?: string;
  columns: readonly TableColumn[];
  rows: readonly (readonly string[])[];
};

export type TableColumn = {
  title: string;
  /** Share of the table's width; 1 unless given. */
  width?: number;
  align?: 'left' | 'center' | 'right';
  /** Equal, non-empty cells below one another become one, within the merged cells of the columns to the left. */
  mergeDown?: boolean;
};
