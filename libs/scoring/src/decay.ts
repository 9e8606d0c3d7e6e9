/** Days after which a signal is worth half. One for all kinds: a decayed sum with one half-life keeps its order for ever. */
export const HALF_LIFE_DAYS = 60;

const HALF_LIFE = HALF_LIFE_DAYS * 24 * 3_600_000;
/** What stored sums are as of: the earliest instant that an event may have happened at, so that none loses precision. Whatever it is, it cancels out. */
const EPOCH = 0;
/** A signal at the epoch is stored to 40 binary places of a point; one of today, about 340 half-lives later, to 380 (a number of 115 digits). */
const MANTISSA_BITS = 40;

/** Values at an instant are whole billionths of a point, so that they add up exactly. */
export const UNITS_PER_POINT = 1_000_000_000;

/** Halves of `HALF_LIFE_DAYS` between two instants, negative if `to` is the earlier one. */
const halfLives = (from: number, to: number): number => (to - from) / HALF_LIFE;

/**
 * What a signal adds to the stored sum: `weight` points as of the epoch, grown instead of decayed. Rounded once, to a
 * whole number, so that sums don't depend on the order of addition, and a retraction takes away exactly what was added.
 */
export const contribution = (weight: number, occurredAt: Date): bigint => {
  const exponent = halfLives(EPOCH, occurredAt.getTime());
  const whole = Math.floor(exponent);
  // The fraction alone, so that no double overflows however far the instant lies from the epoch.
  const mantissa = BigInt(Math.round(weight * 2 ** (exponent - whole) * 2 ** MANTISSA_BITS));
  return whole >= 0 ? mantissa << BigInt(whole) : mantissa >> BigInt(-whole);
};

/** What a signal is worth at an instant, in units; 0 before it happened. */
export const valueAt = (weight: number, occurredAt: Date, at: Date): bigint => {
  const age = halfLives(occurredAt.getTime(), at.getTime());
  return age < 0 ? 0n : BigInt(Math.round(weight * 2 ** -age * UNITS_PER_POINT));
};

/** Units as a decimal number of points with all its nine places: `"12.500000000"`. */
export const toPoints = (units: bigint): string => {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(10, '0');
  return `${sign}${digits.slice(0, -9)}.${digits.slice(-9)}`;
};

/** The first millisecond at which a sum of `units` at `at` will be less than `threshold` points, if nothing happens; undefined if it is already. */
export const fallsTo = (units: bigint, threshold: number, at: Date): Date | undefined => {
  const now = Number(units) / UNITS_PER_POINT;
  if (now < threshold) return undefined;
  return new Date(Math.floor(at.getTime() + Math.log2(now / threshold) * HALF_LIFE) + 1);
};
