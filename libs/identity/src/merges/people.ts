/** Somebody decided that two ids are one person's. */
export interface Merge {
  readonly mergeId: string;
  readonly survivorId: string;
  readonly mergedId: string;
}

/** Everybody who has several ids, by each of them: the ids, the one that the person goes by first, then in the order in which they came to it. */
export type People = ReadonlyMap<string, readonly string[]>;

/**
 * Who is one person, by the merges that stand, in the order in which they were decided. Each joins all ids of both sides, and
 * the survivor's side leads; so what's left without one of them is what would be there had it never been.
 */
export const peopleOf = (merges: Iterable<Merge>): People => {
  const people = new Map<string, readonly string[]>();
  for (const { survivorId, mergedId } of merges) {
    const into = people.get(survivorId) ?? [survivorId];
    const from = people.get(mergedId) ?? [mergedId];
    if (into === from) continue;
    const ids = [...into, ...from];
    for (const id of ids) people.set(id, ids);
  }
  return people;
};

/** All ids of whoever has this one. */
export const idsOf = (people: People, id: string): readonly string[] => people.get(id) ?? [id];

/** The id that a person goes by. */
export const survivorOf = (people: People, id: string): string => people.get(id)?.[0] ?? id;
