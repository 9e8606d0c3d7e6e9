import { idsOf, peopleOf, survivorOf, type IdentityEvent, type Merge, type People } from '#libs/identity';
import type { StoredEvent } from '#libs/kernel';
import { row, type BranchRef, type Handler, type RowRef, type Rows } from '#libs/projecting';
import type { PersonTables } from './person-tables.js';

/** A merge that stands, with when it was recorded. */
export interface StandingMerge extends Merge {
  readonly position: string;
}

/** The people whom a decision is about: the ids of each, the one that they go by first. */
export interface Regrouping {
  readonly before: readonly (readonly string[])[];
  readonly after: readonly (readonly string[])[];
}

/** How a read model follows. */
export interface Follower {
  /** Rows about one id that `regroup` reads. It fetches others, which is for people of three ids and more. */
  readonly needs: (candidateId: string) => readonly (RowRef | BranchRef)[];
  /** Puts what was under the people of before under those of after. It sees who is who as it was before. */
  readonly regroup: (rows: Rows, regrouping: Regrouping) => void;
}

type Of<T extends IdentityEvent['type']> = StoredEvent & Extract<IdentityEvent, { type: T }>;

const sides = ({ survivorId, mergedId }: Merge): readonly string[] => [survivorId, mergedId];

/** The merges that made whoever these ids belong to, in their order. */
const mergesAround = (rows: Rows, { aliases, people }: PersonTables, ids: readonly string[]): StandingMerge[] => {
  const persons = new Set(ids.flatMap((id) => rows.get(aliases, { candidate_id: id })?.person_id ?? []));
  return [...persons]
    .flatMap((id) => (rows.fetch(people, { person_id: id })?.merges ?? []) as StandingMerge[])
    .sort((a, b) => (BigInt(a.position) < BigInt(b.position) ? -1 : 1));
};

/** Writes who is one person by `after`, where it was by `before`. */
const settle = (
  rows: Rows,
  { aliases, people }: PersonTables,
  [was, is]: readonly [People, People],
  after: readonly StandingMerge[],
): void => {
  for (const id of was.keys()) if (!is.has(id)) rows.remove(aliases, { candidate_id: id });
  for (const [person_id] of was.values()) rows.remove(people, { person_id });
  for (const [id, [person_id]] of is) rows.put(aliases, { candidate_id: id, person_id });
  for (const person_id of new Set([...is.values()].map(([first]) => first)))
    rows.put(people, {
      person_id,
      merges: after.filter(({ survivorId }) => survivorOf(is, survivorId) === person_id),
    });
};

/** Each of these people once. */
const peopleAmong = (ids: ReadonlySet<string>, people: People): (readonly string[])[] => [
  ...new Map([...ids].map((id) => [survivorOf(people, id), idsOf(people, id)])).values(),
];

/**
 * Handlers of merges and of undoing them, for a read model that keeps one person's rows together: by the merges that
 * stand, so that what's left without one is what would be there had it never been.
 */
export const followMerges = (
  tables: PersonTables,
  { needs, regroup }: Follower,
): Readonly<Record<'identity.merged' | 'identity.unmerged', Handler>> => {
  const follow = (rows: Rows, about: Merge, change: (before: readonly StandingMerge[]) => StandingMerge[]): void => {
    const before = mergesAround(rows, tables, sides(about));
    const after = change(before);
    const [was, is] = [peopleOf(before), peopleOf(after)];
    const ids = new Set([...before, ...after].flatMap(sides));
    regroup(rows, { before: peopleAmong(ids, was), after: peopleAmong(ids, is) });
    settle(rows, tables, [was, is], after);
  };
  const needed: Handler['needs'] = ({ data }) =>
    sides(data as Merge).flatMap((id) => [
      row(tables.aliases, { candidate_id: id }),
      row(tables.people, { person_id: id }),
      ...needs(id),
    ]);
  return {
    'identity.merged': {
      needs: needed,
      apply: (event, rows) => {
        const { data, position } = event as Of<'identity.merged'>;
        const { mergeId, survivorId, mergedId } = data;
        const merge = { mergeId, survivorId, mergedId, position: String(position.commit) };
        follow(rows, data, (before) => [...before, merge]);
      },
    },
    'identity.unmerged': {
      needs: needed,
      apply: (event, rows) => {
        const { data } = event as Of<'identity.unmerged'>;
        follow(rows, data, (before) => before.filter(({ mergeId }) => mergeId !== data.mergeId));
      },
    },
  };
};
