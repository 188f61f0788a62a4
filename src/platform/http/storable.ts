/**
 * Whether PostgreSQL can keep every text in a value as it stands: it knows neither NUL nor half a surrogate pair.
 * Walks with a list instead of recursion, so that no depth of nesting can exhaust the stack.
 */
export const isStorable = (value: unknown): boolean => {
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const one = waiting.pop();
    if (typeof one === 'string') {
      if (one.includes('\0') || !one.isWellFormed()) return false;
    } else if (typeof one === 'object' && one !== null)
      for (const [key, part] of Object.entries(one)) waiting.push(key, part);
  }
  return true;
};
