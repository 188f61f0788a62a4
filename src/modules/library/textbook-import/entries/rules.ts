import type { PlannedEntry, StandingEntry, TextbookRow, WrittenEntry } from '../contract.ts';
import { matchEntries } from '../matching/rules.ts';

export type PlannedRow = Omit<TextbookRow, 'number'>;

interface Place<Entry> {
  /** The id of the volume or unit above, or the key of a new one. */
  readonly parentRef: string;
  readonly wanted: readonly Entry[];
  readonly standing: readonly StandingEntry[];
  /** 'by-title' or 'by-number' where somebody decided. */
  readonly decision: string | undefined;
  /** The file names all there are: what is missing in it is withdrawn. */
  readonly complete: boolean;
  readonly nameOf: (entry: Pick<WrittenEntry, 'number' | 'title'>) => string;
  readonly what: '单元' | '课';
  /** The names above, for the rows of the preview. */
  readonly above: string;
}

export interface PlannedList<Entry> {
  readonly entries: readonly PlannedEntry[];
  /** What each entry of the file became, in the file's order. */
  readonly settled: readonly { readonly wanted: Entry; readonly ref: string; readonly isNew: boolean }[];
  readonly withdraw: readonly string[];
  readonly rows: readonly PlannedRow[];
  readonly unclear: boolean;
}

interface Settled<Entry> {
  readonly wanted: Entry;
  readonly stands: StandingEntry | undefined;
}

/** What a file does to the units of one volume, or to the lessons of one unit. */
export const planEntries = <Entry extends WrittenEntry>(place: Place<Entry>): PlannedList<Entry> => {
  const { parentRef, wanted, standing, decision, complete, nameOf, what, above } = place;
  const standingOf = new Map(standing.map((one) => [one.id, one]));
  const matching = matchEntries(wanted, standing, decision);
  let settled: Settled<Entry>[] = matching.found.map((one) => ({
    wanted: one.wanted,
    stands: standingOf.get(one.id ?? ''),
  }));
  const waiting = matching.waiting.map((one) => ({ wanted: one, reason: '等上面的问题决定后再导入' }));

  const inOrder = standing
    .filter(({ withdrawn }) => !withdrawn)
    .toSorted((one, other) => one.position - other.position || (one.id < other.id ? -1 : 1));
  const staysAside = (): StandingEntry[] => {
    const used = new Set(settled.map(({ stands }) => stands?.id));
    return inOrder.filter(({ id }) => !used.has(id) && (!complete || matching.blocked.has(id)));
  };
  // What is left as it is keeps its number, and may stand in the way of another in turn.
  for (;;) {
    const taken = new Set(staysAside().flatMap(({ number }) => (number === null ? [] : [number])));
    const clash = settled.find(({ wanted: one, stands }) => {
      const number = one.number ?? stands?.number ?? null;
      if (number === null) return false;
      if (taken.has(number)) return true;
      taken.add(number);
      return false;
    });
    if (clash === undefined) break;
    settled = settled.filter((one) => one !== clash);
    const number = clash.wanted.number ?? clash.stands?.number;
    waiting.push({ wanted: clash.wanted, reason: `已经有第${number}${what}，请先决定别的问题或改好文件` });
  }

  const kept = new Set(settled.map(({ stands }) => stands?.id));
  const aside = new Set(staysAside().map(({ id }) => id));
  const withdraw = inOrder.filter(({ id }) => !kept.has(id) && !aside.has(id));
  const before = inOrder.filter(({ id }) => kept.has(id)).map(({ id }) => id);
  const now = settled.flatMap(({ stands }) => (stands === undefined || stands.withdrawn ? [] : [stands.id]));
  const reordered = now.some((id, index) => id !== before[index]);
  const renumber = reordered || settled.some(({ stands }) => stands === undefined || stands.withdrawn);
  // Those that wait keep their place behind the one they followed.
  const positions = renumber ? positionsOf(settled, wanted, inOrder, aside) : new Map<unknown, number>();

  const rows: PlannedRow[] = [];
  const entries: PlannedEntry[] = [];
  const refs = new Map<Entry, { readonly ref: string; readonly isNew: boolean }>();
  if (reordered) rows.push({ status: 'changed', text: above, reason: `${what}的顺序按文件调整`, cell: '' });
  for (const { wanted: one, stands } of settled) {
    const ref = stands?.id ?? `${parentRef} ${what} ${one.number ?? ''} ${one.title}`;
    refs.set(one, { ref, isNew: stands === undefined });
    const next = {
      number: one.number ?? stands?.number ?? null,
      title: one.title,
      plannedHours: one.plannedHours ?? stands?.plannedHours ?? null,
      position: positions.get(one) ?? stands?.position ?? 0,
    };
    const changes = stands === undefined ? [] : changesOf(stands, next);
    const text = `${above} › ${nameOf(next)}`;
    const status = stands === undefined ? 'new' : changes.length > 0 ? 'changed' : 'unchanged';
    rows.push({ status, text, reason: changes.join('，'), cell: one.cell });
    if (stands === undefined || changes.length > 0 || next.position !== stands.position)
      entries.push({ ref, isNew: stands === undefined, parentRef, ...next });
  }
  for (const { wanted: one, reason } of waiting)
    rows.push({ status: 'needs-decision', text: `${above} › ${nameOf(one)}`, reason, cell: one.cell });
  for (const one of withdraw)
    rows.push({
      status: 'removed',
      text: `${above} › ${nameOf(one)}`,
      reason: '文件里没有，标为停用；已有的资源都保留',
      cell: '',
    });
  // In question itself and in the file: those that stay aside move along with a new order.
  for (const one of inOrder) {
    const position = positions.get(one);
    if (position === undefined || position === one.position) continue;
    const { id, number, title, plannedHours } = one;
    entries.push({ ref: id, isNew: false, parentRef, number, title, plannedHours, position });
  }
  return {
    entries,
    settled: wanted.flatMap((one) => {
      const found = refs.get(one);
      return found === undefined ? [] : [{ wanted: one, ...found }];
    }),
    withdraw: withdraw.map(({ id }) => id),
    rows,
    unclear: matching.unclear,
  };
};

/** New places for everything that stands afterwards: the file's order, and each one left aside after what it followed. */
const positionsOf = <Entry extends WrittenEntry>(
  settled: readonly Settled<Entry>[],
  wanted: readonly Entry[],
  inOrder: readonly StandingEntry[],
  aside: ReadonlySet<string>,
): ReadonlyMap<unknown, number> => {
  const order: unknown[] = wanted.filter((one) => settled.some((other) => other.wanted === one));
  const wantedOf = new Map(settled.map(({ wanted: one, stands }) => [stands?.id, one]));
  inOrder.forEach((one, index) => {
    if (!aside.has(one.id)) return;
    const previous = inOrder[index - 1];
    const follows =
      previous === undefined
        ? undefined
        : (wantedOf.get(previous.id) ?? (aside.has(previous.id) ? previous : undefined));
    const at = follows === undefined ? (index === 0 ? 0 : order.length) : order.indexOf(follows) + 1;
    order.splice(at, 0, one);
  });
  return new Map(order.map((one, index) => [one, index]));
};

const shown = (value: number | null): string => (value === null ? '无' : String(value));

const changesOf = (
  stands: StandingEntry,
  next: Pick<WrittenEntry, 'number' | 'title' | 'plannedHours'>,
): string[] => [
  ...(stands.withdrawn ? ['原已停用，恢复'] : []),
  ...(stands.title === next.title ? [] : [`原名“${stands.title}”`]),
  ...(stands.number === next.number ? [] : [`原序号${shown(stands.number)}`]),
  ...(stands.plannedHours === next.plannedHours ? [] : [`原课时${shown(stands.plannedHours)}`]),
];
