import type { AddressRange } from './address.js';

const merged = (ranges: readonly AddressRange[]): AddressRange[] => {
  const apart: AddressRange[] = [];
  for (const range of [...ranges].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))) {
    const before = apart.at(-1);
    if (before === undefined || range.first > before.last + 1n) apart.push(range);
    else if (range.last > before.last) apart[apart.length - 1] = { first: before.first, last: range.last };
  }
  return apart;
};

/**
 * A set of addresses, found by halving: node's `net.BlockList` tries one network after the other, which took 0.4 ms for an
 * address among the 10,000 networks that one cloud has, and 13 ms among 60,000.
 */
export class AddressRanges {
  /** In order, and with a gap between each and the next: the same addresses are the same ranges, however they were written. */
  readonly ranges: readonly AddressRange[];

  constructor(ranges: readonly AddressRange[]) {
    this.ranges = merged(ranges);
  }

  has(address: bigint): boolean {
    let [from, to] = [0, this.ranges.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      const range = this.ranges[middle];
      if (range === undefined) return false;
      if (address < range.first) to = middle;
      else if (address > range.last) from = middle + 1;
      else return true;
    }
    return false;
  }
}
