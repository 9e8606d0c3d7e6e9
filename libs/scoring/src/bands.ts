import { UNITS_PER_POINT } from './decay.js';

export const bands = ['hot', 'warm', 'cold', 'dormant'] as const;
export type Band = (typeof bands)[number];

/** From so many points on. */
export const BAND_THRESHOLDS = { hot: 60, warm: 20 } as const;
/** Without a signal for so long, whatever the score. */
export const DORMANT_DAYS = 180;

const DORMANT = DORMANT_DAYS * 24 * 3_600_000;

/** How warm a relationship is. `units` as of `at`; `lastSignalAt` not after it. */
export const bandOf = (units: bigint, lastSignalAt: Date | null, at: Date): Band => {
  if (lastSignalAt === null || at.getTime() - lastSignalAt.getTime() >= DORMANT) return 'dormant';
  if (units >= BigInt(BAND_THRESHOLDS.hot * UNITS_PER_POINT)) return 'hot';
  return units >= BigInt(BAND_THRESHOLDS.warm * UNITS_PER_POINT) ? 'warm' : 'cold';
};

/** When the band changes if nothing happens, and to which; undefined once it's dormant. */
export const nextBand = (
  units: bigint,
  lastSignalAt: Date | null,
  at: Date,
  fallsTo: (units: bigint, threshold: number, at: Date) => Date | undefined,
): { readonly band: Band; readonly at: Date } | undefined => {
  const band = bandOf(units, lastSignalAt, at);
  if (band === 'dormant' || lastSignalAt === null) return undefined;
  const dormant = { band: 'dormant' as const, at: new Date(lastSignalAt.getTime() + DORMANT) };
  if (band === 'cold') return dormant;
  const falls = fallsTo(units, BAND_THRESHOLDS[band], at);
  return falls !== undefined && falls < dormant.at ? { band: band === 'hot' ? 'warm' : 'cold', at: falls } : dormant;
};
