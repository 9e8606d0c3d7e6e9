import { cluster, type Link } from './clustering/cluster.js';
import { blockPeople, type Blocks } from './matching/candidate-pairs.js';
import { learnModel } from './matching/learn-model.js';
import { outcomesOf, scorePair, sumBits, type MatchModel, type PairScore } from './matching/score-pair.js';
import { readPerson, type Features, type PersonRecord } from './person/features.js';

/** At and above this, two records are taken for one person's: odds of 2 to 1. What follows is a look by a recruiter, not a merge by itself. */
export const DEFAULT_THRESHOLD = 1;

export interface DuplicateSearch {
  readonly model: MatchModel;
  readonly people: readonly Features[];
  /** Pairs at or above the lowest threshold that was asked for. */
  readonly links: readonly Link[];
  readonly blocks: Blocks;
  /** How many pairs were compared. */
  readonly compared: number;
  /** Groups of records (by index) that are one person's, at a threshold in bits. */
  readonly clustersAt: (threshold: number) => number[][];
  /** How two records (by index) compare, and why. */
  readonly explain: (a: number, b: number) => PairScore;
}

/** Finds who is there twice. Pure: the same records in the same order give the same answer. */
export const findDuplicates = (records: readonly PersonRecord[], lowest = 0): DuplicateSearch => {
  const people = records.map(readPerson);
  const blocks = blockPeople(people);
  const model = learnModel(people, blocks);
  const score = (a: number, b: number): number => sumBits(model, outcomesOf(people[a], people[b]));
  const links: Link[] = [];
  const compared = blocks.visitPairs((a, b) => {
    const bits = score(a, b);
    if (bits >= lowest) links.push({ a, b, bits });
  });
  return {
    model,
    people,
    links,
    blocks,
    compared,
    clustersAt: (threshold) => cluster(links, score, sumBits(model, []), threshold),
    explain: (a, b) => scorePair(model, people[a], people[b]),
  };
};
