/** T without fields that are there but undefined. */
export type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** The fields that are there: DTOs have their absent ones too, as undefined, since TypeScript defines every declared field. */
export const given = <T extends object>(value: T): Given<T> =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Given<T>;
