/** Of lists and records in one another; twice what the deepest design has. Readers that recurse bear it. */
const deepest = 200;

/**
 * Whether PostgreSQL can keep a value as it stands: it knows neither NUL nor half a surrogate pair, and no JSON nested
 * without end. Walks with a list instead of recursion, so that no depth of nesting can exhaust the stack: asked before
 * any schema, which does recurse.
 */
export const isStorable = (value: unknown): boolean => {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return false;
    const below: unknown[] = [];
    for (const one of level)
      if (typeof one === 'string') {
        if (one.includes('\0') || !one.isWellFormed()) return false;
      } else if (typeof one === 'object' && one !== null)
        for (const [key, part] of Object.entries(one)) below.push(key, part);
    level = below;
  }
  return true;
};
