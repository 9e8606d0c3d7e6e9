import type { Features } from '../person/features.js';
import { blockingKeys } from './blocking.js';

/** A block with more people than this isn't compared each with each: 60 people are 1,770 pairs. */
const LARGE_BLOCK = 60;
/** In a large block people are put in order, and each is compared with so many who follow. */
const NEIGHBOURS = 15;

/** People who share a key, of those that more than one has. */
export interface Blocks {
  readonly count: number;
  /** Of them, those in which each is compared with their neighbours only. */
  readonly large: number;
  /** How many people the largest has. */
  readonly largest: number;
  /** Calls back once with each pair (by index, the lower one first) that's worth comparing, in the same order each time; says how many. */
  readonly visitPairs: (visit: (a: number, b: number) => void) => number;
}

/** Groups people by key. Pairs grow with the number of people, not with its square. */
export const blockPeople = (people: readonly Features[]): Blocks => {
  const blocks = sharedBlocks(people);
  const small: number[][] = [];
  const following = new Map<number, Set<number>>();
  const orderKeys = people.map(orderKey);
  let largest = 0;
  for (const block of blocks) {
    largest = Math.max(largest, block.length);
    if (block.length <= LARGE_BLOCK) small.push(block);
    else linkNeighbours(block, orderKeys, following);
  }
  const blocksOf: number[][] = people.map(() => []);
  small.forEach((block, number) => {
    for (const one of block) blocksOf[one]?.push(number);
  });
  return {
    count: blocks.length,
    large: blocks.length - small.length,
    largest,
    visitPairs: (visit) => {
      // By whom each was met last, so that a pair with many keys in common is visited once.
      const metBy = new Int32Array(people.length).fill(-1);
      let pairs = 0;
      blocksOf.forEach((numbers, index) => {
        const meet = (other: number): void => {
          if (other <= index || metBy[other] === index) return;
          metBy[other] = index;
          pairs += 1;
          visit(index, other);
        };
        for (const number of numbers) small[number]?.forEach(meet);
        following.get(index)?.forEach(meet);
      });
      return pairs;
    },
  };
};

const sharedBlocks = (people: readonly Features[]): number[][] => {
  // The first whom a key is met at is kept as a number: most keys are one person's, and an array each took half the memory.
  const blocks = new Map<string, number | number[]>();
  people.forEach((person, index) => {
    for (const key of blockingKeys(person)) {
      const block = blocks.get(key);
      if (block === undefined) blocks.set(key, index);
      else if (typeof block === 'number') blocks.set(key, [block, index]);
      else block.push(index);
    }
  });
  return [...blocks.values()].filter((block) => typeof block !== 'number');
};

/** Puts those who are likely one person beside each other, whatever the block has in common. */
const orderKey = ({ name, emails, city, employer }: Features): string =>
  `${name.family}|${name.given}|${emails[0]?.local ?? ''}|${city}|${employer}`;

const linkNeighbours = (block: number[], orderKeys: readonly string[], following: Map<number, Set<number>>): void => {
  const orderOf = (index: number): string => orderKeys[index];
  block.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : orderOf(a) > orderOf(b) ? 1 : a - b));
  block.forEach((one, at) => {
    for (const other of block.slice(at + 1, at + 1 + NEIGHBOURS)) {
      const [low, high] = one < other ? [one, other] : [other, one];
      const known = following.get(low);
      if (known) known.add(high);
      else following.set(low, new Set([high]));
    }
  });
};
