import { hash } from 'node:crypto';
import { blockingKeys } from '../matching/blocking.js';
import type { Features } from '../person/features.js';

/** A key that more people share says so little that it isn't looked at any more. */
export const MOST_WHO_SHARE_A_KEY = 60;

/**
 * Kinds that cost most and find least: names but for one letter, which are half of all keys and without which the test files
 * lose one pair in a hundred (those who are misspelt share a sound, an address or a place), and colleagues by the domain of
 * their addresses.
 */
const leftOut = new Set(['f1', 'g1', 'ed']);

/** Keys for what many people share each part of: names that fill their own key still meet in one city, or at one employer. */
const narrowKeys = ({ name: { given, family }, city, employer }: Features): string[] => {
  if (given === '' || family === '') return [];
  const names = [given, family].sort().join(':');
  return [`nn:${names}`, ...(city ? [`nc:${names}:${city}`] : []), ...(employer ? [`ne:${names}:${employer}`] : [])];
};

const KEY_BYTES = 8;

/** Of which two records share one to be compared, as they come in: as numbers of 64 bits, since there are a dozen and more a record. */
export const reviewKeys = (person: Features): bigint[] => {
  const keys = blockingKeys(person).filter((key) => !leftOut.has(key.slice(0, key.indexOf(':'))));
  const digests = [...keys, ...narrowKeys(person)].map((key) =>
    BigInt.asIntN(64, BigInt(`0x${hash('sha256', key, 'hex').slice(0, 2 * KEY_BYTES)}`)),
  );
  return [...new Set(digests)];
};
