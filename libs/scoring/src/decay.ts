const DAY = 24 * 3_600_000;
/** What stored sums are as of: the earliest instant that an event may have happened at, so that none loses precision. Whatever it is, it cancels out. */
const EPOCH = 0;
/** A signal at the epoch is stored to 40 binary places of a point; one of today, about 340 half-lives later, to 380 (a number of 115 digits). */
const MANTISSA_BITS = 40;

/** Values at an instant are whole billionths of a point. */
export const UNITS_PER_POINT = 1_000_000_000;

/** Half-lives between the epoch and an instant. */
const halfLivesUntil = (halfLifeDays: number, instant: number): number => (instant - EPOCH) / (halfLifeDays * DAY);

/** The share of a signal that its age leaves. */
export const decayOf = (halfLifeDays: number, occurredAt: Date, at: Date): number =>
  2 ** -((at.getTime() - occurredAt.getTime()) / (halfLifeDays * DAY));

/**
 * What a signal adds to the stored sum of its group: `points` as of the epoch, grown instead of decayed. Rounded once, to
 * a whole number, so that sums don't depend on the order of addition, and a retraction takes away exactly what was added.
 */
export const contribution = (points: number, halfLifeDays: number, occurredAt: Date): bigint => {
  const exponent = halfLivesUntil(halfLifeDays, occurredAt.getTime());
  const whole = Math.floor(exponent);
  // The fraction alone, so that no double overflows however far the instant lies from the epoch.
  const mantissa = BigInt(Math.round(points * 2 ** (exponent - whole) * 2 ** MANTISSA_BITS));
  return whole >= 0 ? mantissa << BigInt(whole) : mantissa >> BigInt(-whole);
};

/** A stored sum as near as a double comes, without its range: `mantissa` × 2^`exponent` points as of the epoch. */
export interface Magnitude {
  readonly mantissa: number;
  readonly exponent: number;
}

export const magnitudeOf = (sum: bigint): Magnitude => {
  if (sum <= 0n) return { mantissa: 0, exponent: 0 };
  // A double holds 53 bits; the rest only shifts.
  const shift = Math.max(0, 4 * (sum.toString(16).length - 16));
  return { mantissa: Number(sum >> BigInt(shift)), exponent: shift - MANTISSA_BITS };
};

/** What a magnitude is worth at an instant (in milliseconds), in points. Of two, the larger one is never worth less. */
export const pointsAt = ({ mantissa, exponent }: Magnitude, halfLifeDays: number, instant: number): number => {
  // Nothing grown over centuries before the epoch is still nothing: zero times infinity would be no number.
  if (mantissa === 0) return 0;
  const halfLives = halfLivesUntil(halfLifeDays, instant);
  const whole = Math.floor(halfLives);
  // Powers of two of whole numbers are exact, so only one factor is rounded, and it's the same for all sums.
  return mantissa * 2 ** (whole - halfLives) * 2 ** (exponent - whole);
};

/** What a stored sum is worth at an instant, in points. */
export const heatAt = (sum: bigint, halfLifeDays: number, at: Date): number =>
  pointsAt(magnitudeOf(sum), halfLifeDays, at.getTime());

/** PostgreSQL keeps no number of more than 131,072 digits, and so no sum as large as this power of two. */
const MOST_BITS = 400_000;

/**
 * A stored sum over `divisor`, times `factor`, is what it's worth at an instant, in points: for databases. What's as of the epoch
 * is too large for a double from half-lives of three weeks down (it has 310 digits then); what's divided before it's
 * made one isn't, and the factor, from ½ to 1, is the same for all.
 */
export const scaleAt = (halfLifeDays: number, at: Date): { readonly divisor: bigint; readonly factor: number } => {
  const halfLives = halfLivesUntil(halfLifeDays, Math.max(EPOCH, at.getTime()));
  const bits = Math.min(MOST_BITS, MANTISSA_BITS + Math.floor(halfLives));
  return { divisor: 1n << BigInt(bits), factor: 2 ** (bits - MANTISSA_BITS - halfLives) };
};

/** Binary places of a level. */
export const LEVEL_BITS = 44;

/**
 * The binary logarithm of a stored sum in points, in units of 2^-44: what a database orders by, and raises two to. As
 * close to the sum as it was rounded itself. Null for nothing.
 */
export const levelOf = (sum: bigint): bigint | null => {
  if (sum <= 0n) return null;
  const { mantissa, exponent } = magnitudeOf(sum);
  const bits = Math.floor(Math.log2(mantissa));
  const fraction = Math.log2(mantissa / 2 ** bits);
  return (BigInt(exponent + bits) << BigInt(LEVEL_BITS)) + BigInt(Math.round(fraction * 2 ** LEVEL_BITS));
};

/** What a level is worth at an instant, in points. */
export const levelAt = (level: bigint, halfLifeDays: number, at: Date): number =>
  2 ** (Number(level) / 2 ** LEVEL_BITS - halfLivesUntil(halfLifeDays, at.getTime()));

/** Units as a decimal number of points with all its nine places: `"12.500000000"`. */
export const toPoints = (units: bigint): string => {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(10, '0');
  return `${sign}${digits.slice(0, -9)}.${digits.slice(-9)}`;
};

/** Points as units. */
export const toUnits = (points: number): bigint => BigInt(Math.round(points * UNITS_PER_POINT));
