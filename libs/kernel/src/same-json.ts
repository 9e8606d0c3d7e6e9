/** Whether two values would be the same JSON, whatever the order of their keys. */
export const sameJson = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => sameJson((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
};

/** Those fields of a change that say something else than what's known; null for one that isn't known says nothing else. */
export const differing = <T extends object>(changes: T, known: object): Partial<T> =>
  Object.fromEntries(
    Object.entries(changes).filter(
      ([field, value]) =>
        value !== undefined && !sameJson(value ?? undefined, (known as Record<string, unknown>)[field]),
    ),
  ) as Partial<T>;
