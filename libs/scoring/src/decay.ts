const DAY = 24 * 3_600_000;
/** What stored sums are as of: the earliest instant that an event may have happened at, so that none loses precision. Whatever it is, it cancels out. */
const EPOCH = 0;
/** A signal at the epoch is stored to 40 binary places of a point; one of today, about 340 half-lives later, to 380 (a number of 115 digits). */
const MANTISSA_BITS = 40;

/** Values at an instant are whole billionths of a point, so that they add up exactly. */
export const UNITS_PER_POINT = 1_000_000_000;

/** Half-lives between two instants, negative if `to` is the earlier one. */
const halfLives = (halfLifeDays: number, from: number, to: number): number => (to - from) / (halfLifeDays * DAY);

/**
 * What a signal adds to the stored sum: `points` as of the epoch, grown instead of decayed. Rounded once, to a whole
 * number, so that sums don't depend on the order of addition, and a retraction takes away exactly what was added.
 */
export const contribution = (points: number, halfLifeDays: number, occurredAt: Date): bigint => {
  const exponent = halfLives(halfLifeDays, EPOCH, occurredAt.getTime());
  const whole = Math.floor(exponent);
  // The fraction alone, so that no double overflows however far the instant lies from the epoch.
  const mantissa = BigInt(Math.round(points * 2 ** (exponent - whole) * 2 ** MANTISSA_BITS));
  return whole >= 0 ? mantissa << BigInt(whole) : mantissa >> BigInt(-whole);
};

/** What a signal is worth at an instant, in units; 0 before it happened. */
export const valueAt = (points: number, halfLifeDays: number, occurredAt: Date, at: Date): bigint => {
  const age = halfLives(halfLifeDays, occurredAt.getTime(), at.getTime());
  return age < 0 ? 0n : BigInt(Math.round(points * 2 ** -age * UNITS_PER_POINT));
};

/** What a stored sum is worth at an instant, in points: as near as a double comes, for ranking and bounds. */
export const heatAt = (sum: bigint, halfLifeDays: number, at: Date): number => {
  if (sum <= 0n) return 0;
  // A double holds 53 bits; the rest only shifts.
  const shift = Math.max(0, sum.toString(2).length - 60);
  return Number(sum >> BigInt(shift)) * 2 ** (shift - MANTISSA_BITS - halfLives(halfLifeDays, EPOCH, at.getTime()));
};

/** Units as a decimal number of points with all its nine places: `"12.500000000"`. */
export const toPoints = (units: bigint): string => {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(10, '0');
  return `${sign}${digits.slice(0, -9)}.${digits.slice(-9)}`;
};

/** Points as units. */
export const toUnits = (points: number): bigint => BigInt(Math.round(points * UNITS_PER_POINT));
