const canonical = (value: unknown): unknown =>
  typeof value !== 'object' || value === null
    ? value
    : Object.entries(value)
        .map(([key, inner]) => [key, canonical(inner)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1));

/** Whether two JSON documents say the same, whatever the order of their fields. */
export const isSameDocument = (a: object, b: object): boolean =>
  JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));
