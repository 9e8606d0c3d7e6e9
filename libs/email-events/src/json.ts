/** What somebody else's JSON may hold. */
export type Json = unknown;
export type JsonObject = Readonly<Record<string, Json>>;

export const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object at a field, or an empty one. */
export const at = (value: Json, field: string): JsonObject => {
  const found = isObject(value) ? value[field] : undefined;
  return isObject(found) ? found : {};
};

export const list = (value: Json): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);

/** Text that isn't blank; numbers as text, since some providers number their events. */
export const text = (value: Json): string | undefined => {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') return undefined;
  // JSON may hold NUL and halves of characters, which UTF-8 and PostgreSQL don't take.
  const trimmed = value.replace(/[\0\p{Surrogate}]/gu, '').trim();
  return trimmed === '' ? undefined : trimmed;
};

const LONGEST_ADDRESS = 500;

export const isAddress = (value: string | undefined): value is string =>
  value !== undefined && value.length <= LONGEST_ADDRESS && /^[^\s@]+@[^\s@]+$/.test(value);

/** `Jane Doe <jane@example.com>` or `jane@example.com` as `jane@example.com`. */
export const address = (value: Json): string | undefined => {
  const found = text(value);
  return found === undefined ? undefined : (/<([^<>]+)>\s*$/.exec(found)?.[1] ?? found);
};

/** A time as text with an offset, to the millisecond. */
export const timeOf = (value: Json): Date | undefined => {
  const found = typeof value === 'string' && /\d(Z|[+-]\d\d:?\d\d)$/.test(value) ? new Date(value) : undefined;
  return found && !Number.isNaN(found.getTime()) ? found : undefined;
};

/** A time in seconds since 1970, with fractions. */
export const secondsOf = (value: Json): Date | undefined => {
  const seconds = typeof value === 'string' ? Number(value.trim() || Number.NaN) : value;
  if (typeof seconds !== 'number' || !Number.isFinite(seconds)) return undefined;
  const time = new Date(Math.round(seconds * 1_000));
  return Number.isNaN(time.getTime()) ? undefined : time;
};

/** Parts of a fallback key, told apart whatever they hold. */
export const joined = (...parts: readonly (string | undefined)[]): string =>
  JSON.stringify(parts.map((part) => part ?? null));

/** What a table has for a word from outside, which may be `constructor`. */
export const ownOf = <T>(table: Readonly<Record<string, T>>, word: string): T | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined;
