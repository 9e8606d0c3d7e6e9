/** What a writer says about the stream that it appends to. */
export type Expected = 'any' | 'no-stream' | 'stream-exists' | bigint;

export type AppendVerdict =
  | { readonly kind: 'append' }
  /** The same events are there already, the last of them at this revision. */
  | { readonly kind: 'repeated'; readonly revision: bigint }
  | { readonly kind: 'wrong' };

/**
 * Decides an append as the server does. `current` is the stream's last revision, -1 without events.
 * `idsFrom` gives the ids of the stored events from a revision on, as many as are proposed: an append that names a
 * revision and is repeated finds its own events right behind it.
 */
export const decideAppend = async (
  expected: Expected,
  current: bigint,
  proposed: readonly string[],
  idsFrom: (revision: bigint, count: number) => Promise<readonly string[]>,
): Promise<AppendVerdict> => {
  if (expected === 'any') return { kind: 'append' };
  if (expected === 'stream-exists') return current >= 0n ? { kind: 'append' } : { kind: 'wrong' };
  const base = expected === 'no-stream' ? -1n : expected;
  if (base === current) return { kind: 'append' };
  if (base > current || proposed.length === 0) return { kind: 'wrong' };
  const stored = await idsFrom(base + 1n, proposed.length);
  const same = stored.length === proposed.length && stored.every((id, i) => id === proposed[i]);
  return same ? { kind: 'repeated', revision: base + BigInt(proposed.length) } : { kind: 'wrong' };
};
