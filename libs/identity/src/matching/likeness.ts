import { jaroWinkler } from '@skyra/jaro-winkler';

/** At how much likeness (0 to 1) a difference counts as a slip of the pen: "jonson" and "johnson" are at 0.96, "maria" and "mario" at 0.92. */
export const SLIP = 0.88;
/** And as a garbled form of it: "gergge" and "george" are at 0.82, "allen" and "ellen" at 0.87. */
export const GARBLED = 0.78;

const counts = new Int16Array(128);

/** How many letters two words have in common, in any order; no fewer than Jaro's matches can be. */
const lettersInCommon = (a: string, b: string): number => {
  let common = 0;
  for (let i = 0; i < a.length; i += 1) counts[a.charCodeAt(i) & 127] += 1;
  for (let i = 0; i < b.length; i += 1) {
    const at = b.charCodeAt(i) & 127;
    if (counts[at] > 0) {
      counts[at] -= 1;
      common += 1;
    }
  }
  for (let i = 0; i < a.length; i += 1) counts[a.charCodeAt(i) & 127] = 0;
  return common;
};

/**
 * Jaro and Winkler's likeness of two words, 0 where it can't reach `GARBLED`. Nineteen of twenty pairs share too few
 * letters for it, and needn't be compared place by place.
 */
export const likeness = (a: string, b: string): number => {
  if (a.length < 3 || b.length < 3) return 0;
  const common = lettersInCommon(a, b);
  const jaro = (common / a.length + common / b.length + 1) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix += 1;
  return jaro + prefix * 0.1 * (1 - jaro) < GARBLED ? 0 : jaroWinkler(a, b);
};

export const alike = (a: string, b: string): boolean => likeness(a, b) >= SLIP;
