/** Three orders of ids; each side may lack some and hold some of its own. */
export interface Orders {
  readonly base: readonly string[];
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

const placesOf = (ids: readonly string[]): ReadonlyMap<string, number> =>
  new Map(ids.map((id, index) => [id, index]));

/**
 * The order in which each two ids stand as the side has them that turned them round, else as in the base; null where no
 * order does that (one side turned a and b, the other b and c, and so on round a circle), or where both added two and
 * disagree. Quadratic: 500 rows are 250,000 comparisons.
 */
const commonOrder = (common: readonly string[], { base, ours, theirs }: Orders): string[] | null => {
  const [inBase, inOurs, inTheirs] = [placesOf(base), placesOf(ours), placesOf(theirs)];
  const isBefore = (places: ReadonlyMap<string, number>, one: string, other: string): boolean =>
    (places.get(one) ?? 0) < (places.get(other) ?? 0);
  const ordered: (string | undefined)[] = common.map(() => undefined);
  for (const one of common) {
    let place = 0;
    for (const other of common) {
      if (other === one) continue;
      const [here, there] = [isBefore(inOurs, other, one), isBefore(inTheirs, other, one)];
      const known = inBase.has(one) && inBase.has(other);
      if (here !== there && !known) return null;
      const before = here !== there && isBefore(inBase, other, one) === here ? there : here;
      if (before) place += 1;
    }
    ordered[place] = one;
  }
  return ordered.every((id) => id !== undefined) ? ordered : null;
};

const anchored = (
  side: readonly string[],
  kept: ReadonlySet<string>,
  spine: ReadonlySet<string>,
): Map<string, string[]> => {
  const groups = new Map<string, string[]>();
  let anchor = '';
  for (const id of side) {
    if (spine.has(id)) anchor = id;
    else if (kept.has(id)) groups.set(anchor, [...(groups.get(anchor) ?? []), id]);
  }
  return groups;
};

/** What one side alone has follows what stands before it there; where both have some, the smaller id comes first. */
const withInsertions = (spine: readonly string[], kept: ReadonlySet<string>, orders: Orders): string[] => {
  const common = new Set(spine);
  const [ours, theirs] = [anchored(orders.ours, kept, common), anchored(orders.theirs, kept, common)];
  const groupsAt = (anchor: string): string[] =>
    [ours.get(anchor) ?? [], theirs.get(anchor) ?? []]
      .sort(([one = ''], [other = '']) => (one < other ? -1 : 1))
      .flat();
  return [...groupsAt(''), ...spine.flatMap((id) => [id, ...groupsAt(id)])];
};

/** One order of all that is kept, or null and what it is by each side's order. */
export interface MergedOrder {
  readonly order: readonly string[] | null;
  readonly by: Orders;
}

export const mergeOrder = (orders: Orders, kept: ReadonlySet<string>): MergedOrder => {
  const { base, ours, theirs } = orders;
  const inTheirs = new Set(theirs);
  const common = ours.filter((id) => kept.has(id) && inTheirs.has(id));
  const inCommon = new Set(common);
  const baseFirst = base.filter((id) => inCommon.has(id));
  const inBase = new Set(baseFirst);
  const by = {
    base: withInsertions([...baseFirst, ...common.filter((id) => !inBase.has(id)).sort()], kept, orders),
    ours: withInsertions(common, kept, orders),
    theirs: withInsertions(
      theirs.filter((id) => inCommon.has(id)),
      kept,
      orders,
    ),
  };
  const order = commonOrder(common, orders);
  return { order: order === null ? null : withInsertions(order, kept, orders), by };
};
