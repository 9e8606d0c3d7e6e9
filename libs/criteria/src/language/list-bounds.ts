import { MOST_VALUES } from './leaves.js';

/** The lists of a condition, of whatever shape it is, by their pointers. */
const listsOf = (condition: object): readonly (readonly [pointer: string, values: readonly unknown[]])[] => {
  const { is, happened } = condition as { is?: unknown; happened?: { kinds?: unknown } | null };
  const lists: readonly (readonly [string, unknown])[] = [
    ['/is', is],
    ['/happened/kinds', happened?.kinds],
  ];
  return lists.flatMap(([pointer, list]) => (Array.isArray(list) ? [[pointer, list as unknown[]] as const] : []));
};

/** How many values a condition has in its lists. */
export const valuesIn = (condition: object): number =>
  listsOf(condition).reduce((sum, [, values]) => sum + values.length, 0);

/** Pointers to lists that are too long: what's wrong with each of a hundred thousand values, nobody needs to be told. */
export const tooLongLists = (condition: object): readonly string[] =>
  listsOf(condition)
    .filter(([, values]) => values.length > MOST_VALUES)
    .map(([pointer]) => pointer);

export const TOO_LONG = `must not have more than ${MOST_VALUES} values`;
