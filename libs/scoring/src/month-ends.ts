/** The last instants of whole months in UTC, the latest one at or before `until`, oldest first. */
export const monthEnds = (until: Date, count: number): Date[] =>
  Array.from({ length: count }, (_, i) => {
    // The first instant of a month, less a millisecond.
    const first = Date.UTC(until.getUTCFullYear(), until.getUTCMonth() - (count - 1 - i), 1);
    return new Date(first - 1);
  });
