/** What's needed of a stay to tell whether it goes on in another one. */
interface Stay {
  readonly poolId: string;
  readonly joinedAt: Date;
  readonly leftAt: Date | null;
}

/** Never, for who is still in. */
const endOf = ({ leftAt }: Stay): number => leftAt?.getTime() ?? Infinity;

/** Whether somebody was in at an instant. */
export const isIn = (stay: Stay, at: Date): boolean =>
  stay.joinedAt.getTime() <= at.getTime() && endOf(stay) > at.getTime();

/** How somebody came is what the earlier one says, how they went what the one that ends later says. */
export type Together<S extends Stay> = (came: S, went: S) => S;

/**
 * A person's stays in pools, under all their ids, as one history: stays in a pool that overlap are one. Those that only
 * touch are two, as under one id. The latest first.
 */
export const onePersonsStays = <S extends Stay>(stays: readonly S[], together: Together<S>): S[] => {
  const inOrder = stays.toSorted((a, b) => a.joinedAt.getTime() - b.joinedAt.getTime() || endOf(a) - endOf(b));
  const united: S[] = [];
  for (const stay of inOrder) {
    const n = united.findLastIndex(({ poolId }) => poolId === stay.poolId);
    const last = united[n];
    if (last && stay.joinedAt.getTime() < endOf(last))
      united[n] = endOf(stay) > endOf(last) ? together(last, stay) : last;
    else united.push(stay);
  }
  return united.toSorted((a, b) => b.joinedAt.getTime() - a.joinedAt.getTime() || (a.poolId < b.poolId ? -1 : 1));
};
