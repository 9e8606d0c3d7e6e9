/** What a writer says about the stream that it appends to. */
export type Expected = 'any' | 'no-stream' | 'stream-exists' | bigint;

/** Where an event lies. */
export interface Place {
  readonly revision: bigint;
  readonly position: bigint;
}

/** What's known of the events that the stream has. */
export interface KnownEvents {
  /** Where an id lies that came lately. Best effort: it's forgotten in time. */
  lately(id: string): Place | undefined;
  /** The stored events from a revision on, at most `count`. */
  from(revision: bigint, count: number): Promise<readonly (Place & { readonly id: string })[]>;
}

export type AppendVerdict =
  | { readonly kind: 'append' }
  /** The same events are there already; the last of them lies here. */
  | { readonly kind: 'repeated'; readonly last: Place }
  | { readonly kind: 'wrong' };

const APPEND: AppendVerdict = { kind: 'append' };
const WRONG: AppendVerdict = { kind: 'wrong' };

/** A writer that names no revision is known by its first id; what follows must be the same events then. */
const decideWithoutRevision = (proposed: readonly string[], known: KnownEvents): AppendVerdict => {
  const [first, ...others] = proposed;
  let last = first === undefined ? undefined : known.lately(first);
  if (!last) return APPEND;
  for (const id of others) {
    const place = known.lately(id);
    if (!place) return WRONG;
    last = place;
  }
  return { kind: 'repeated', last };
};

/**
 * Decides an append as the server does. `current` is the stream's last revision, -1 without events; `proposed` are the
 * ids of the events. An append that names a revision, and is repeated, finds its own events right behind that revision.
 */
export const decideAppend = async (
  expected: Expected,
  current: bigint,
  proposed: readonly string[],
  known: KnownEvents,
): Promise<AppendVerdict> => {
  if (expected === 'stream-exists' && current < 0n) return WRONG;
  if (expected === 'any' || expected === 'stream-exists') return decideWithoutRevision(proposed, known);
  const base = expected === 'no-stream' ? -1n : expected;
  if (base === current) return APPEND;
  if (base > current || proposed.length === 0) return WRONG;
  const stored = await known.from(base + 1n, proposed.length);
  const last = stored.at(-1);
  const same = stored.length === proposed.length && stored.every(({ id }, i) => id === proposed[i]);
  return same && last ? { kind: 'repeated', last: { revision: last.revision, position: last.position } } : WRONG;
};
