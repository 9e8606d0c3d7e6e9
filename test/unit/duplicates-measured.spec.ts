import { describe, expect, it } from '@jest/globals';
import { DEFAULT_THRESHOLD, findDuplicates } from '#libs/identity';
import { generatedPeople } from '../eval/duplicates/generated-people.js';
import { keepPairs } from '../eval/duplicates/kept-pairs.js';
import { pairwise, type Pairwise } from '../eval/duplicates/pairwise.js';
import { readPeople, type LabelledPeople } from '../eval/duplicates/person-file.js';

const measured = ({ records, truth }: LabelledPeople): Pairwise =>
  pairwise(findDuplicates(records, DEFAULT_THRESHOLD).clustersAt(DEFAULT_THRESHOLD), truth);

describe('duplicates in files of which it is known who is who, without birth dates', () => {
  it('finds at least 0.80 of the pairs of people_1000, with at least 0.95 of what it finds right', () => {
    const { precision, recall, real } = measured(readPeople('test/data/duplicates/people_1000.csv'));
    expect(real).toBe(2031);
    expect(precision).toBeGreaterThanOrEqual(0.95);
    expect(recall).toBeGreaterThanOrEqual(0.8);
  });

  it('finds at least 0.94 of the pairs of febrl_1, with at least 0.98 of what it finds right', () => {
    const { precision, recall, real } = measured(readPeople('test/data/duplicates/febrl_1.csv'));
    expect(real).toBe(500);
    expect(precision).toBeGreaterThanOrEqual(0.98);
    expect(recall).toBeGreaterThanOrEqual(0.94);
  });

  it('compares each of 3,000 people with a few others, not with all, and is right of nine in ten', () => {
    const people = generatedPeople(3_000);
    const search = findDuplicates(people.records, DEFAULT_THRESHOLD);
    expect(search.compared / people.records.length).toBeLessThan(40);
    const { precision, recall } = pairwise(search.clustersAt(DEFAULT_THRESHOLD), people.truth);
    expect(precision).toBeGreaterThanOrEqual(0.93);
    expect(recall).toBeGreaterThanOrEqual(0.9);
  });

  it.each([
    ['people_1000', 2031, 0.95, 0.8],
    ['febrl_1', 500, 0.98, 0.94],
  ])('keeps as well what comes in one after the other, of %s', (name, pairs, right, foundAtLeast) => {
    const { records, truth } = readPeople(`test/data/duplicates/${name}.csv`);
    const { precision, recall, real } = pairwise(keepPairs(records).clustersAt(DEFAULT_THRESHOLD), truth);
    expect(real).toBe(pairs);
    expect(precision).toBeGreaterThanOrEqual(right);
    expect(recall).toBeGreaterThanOrEqual(foundAtLeast);
  });
});
