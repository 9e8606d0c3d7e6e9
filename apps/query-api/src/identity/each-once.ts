import { sameJson } from '#libs/kernel';

/** What each of a person's ids has of something, in their order; what an earlier one has, word for word, isn't said again. */
export const eachOnce = <T>(lists: readonly (readonly T[])[]): T[] => {
  const all: T[] = [];
  for (const list of lists) all.push(...list.filter((item) => !all.some((known) => sameJson(known, item))));
  return all;
};
