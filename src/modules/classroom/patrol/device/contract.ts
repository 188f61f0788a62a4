import type { Finish, StopMark, Tile } from '../contract.ts';

/** A patrol as a phone keeps it until the server has all of it. */
export interface KeptPatrol {
  readonly id: string;
  readonly schoolId: string;
  readonly schoolName: string;
  readonly dayOn: string;
  readonly slot: number;
  readonly slotText: string;
  readonly offDayReason: string;
  readonly startedAt: string;
  readonly tiles: readonly Tile[];
  /** One for each class: the newest. */
  readonly marks: readonly StopMark[];
  /** Typed in place of the proposed line; null while that stands. */
  readonly summary: string | null;
  readonly finish: Finish | null;
  /** What the server has acknowledged. */
  readonly sent: { readonly markIds: readonly string[]; readonly finish: boolean };
  readonly receipt: { readonly number: number; readonly at: string } | null;
}
