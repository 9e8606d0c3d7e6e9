/** T without the fields that may be undefined being present as undefined. */
export type Plain<T> = T extends readonly (infer Item)[]
  ? Plain<Item>[]
  : T extends Date
    ? T
    : T extends object
      ? { [K in keyof T]: Plain<T[K]> }
      : T;

/**
 * A DTO as plain data: no class, and no fields that are there but undefined, which JSON doesn't know.
 * DTOs have such fields because TypeScript defines every declared one.
 */
export const plain = <T>(value: T): Plain<T> => {
  if (Array.isArray(value)) return value.map(plain) as Plain<T>;
  if (typeof value !== 'object' || value === null || value instanceof Date) return value as Plain<T>;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([key, field]) => [key, plain(field)]),
  ) as Plain<T>;
};
