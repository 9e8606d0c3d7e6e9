import {
  centibitsBefore,
  compareRecords,
  countsAskedBy,
  weighBy,
  type Compared,
  type CountedValue,
  type Evidence,
  type Features,
} from '#libs/identity';
import { branch, row, type BranchRef, type LoadedSoFar, type RowRef, type Rows } from '#libs/projecting';
import { countIn, countRow, countSoFar, everybody, sharingKeys } from './keys-and-counts.js';
import { featuresOf } from './record.js';
import { duplicatePairs, duplicatePeople, type DuplicatePerson } from './tables.js';

/**
 * Pairs below this, in hundredths of a bit, aren't kept. What speaks against any pair only grows with the number of people,
 * so a pair that's too unlikely once stays so, and what's asked for from here on is all there.
 */
export const KEPT_FROM_CENTIBITS = -300;
/** Rounding moves no pair by more than a bit. */
const ROUGHLY_CENTIBITS = 100;

const known = (rows: Rows, id: string): DuplicatePerson => {
  const person = rows.fetch(duplicatePeople, { candidate_id: id });
  if (!person) throw new Error('A key names somebody whom there is no row of.');
  return person;
};

/** What two records have to say at least, among so many people. */
const leastToKeep = (people: number): number => KEPT_FROM_CENTIBITS - centibitsBefore(people);

/** By the records themselves: a batch is folded several times. */
const results = new WeakMap<Features, WeakMap<Features, Compared>>();
const comparedOnce = (other: Features, person: Features): Compared => {
  const own = results.get(person) ?? new WeakMap<Features, Compared>();
  results.set(person, own);
  const compared = own.get(other) ?? compareRecords(other, person);
  own.set(other, compared);
  return compared;
};

/** Compares somebody with others, with all rows that it takes loaded at once. */
const compareWith = (rows: Rows, person: Features, ids: readonly string[]): Map<string, Compared> => {
  rows.prefetch(ids.map((id) => row(duplicatePeople, { candidate_id: id })));
  const compared = new Map(ids.map((id) => [id, comparedOnce(featuresOf(known(rows, id)), person)]));
  rows.prefetch(countsAskedBy(compared.values()).map(countRow));
  return compared;
};

/**
 * The rows that judging somebody takes, as far as it's known by those that are loaded: whoever shares a key, then the counts
 * that weigh them, then the pairs of whoever's likely.
 */
export const rowsToJudge = (loaded: LoadedSoFar, person: Features): readonly (RowRef | BranchRef)[] => {
  const people: RowRef[] = [];
  const compared = new Map<string, Compared>();
  for (const id of sharingKeys(loaded, person)) {
    const other = loaded.peek(duplicatePeople, { candidate_id: id });
    if (other === undefined) people.push(row(duplicatePeople, { candidate_id: id }));
    else if (other) compared.set(id, comparedOnce(featuresOf(other), person));
  }
  if (people.length > 0) return people;
  const counts = countsAskedBy(compared.values());
  if (counts.some((counted) => countSoFar(loaded)(counted) === undefined)) return counts.map(countRow);
  const countOf = (counted: CountedValue): number => countSoFar(loaded)(counted) ?? 0;
  const least = leastToKeep(countOf(everybody));
  const { roughly } = weighBy(countOf);
  return [...compared].flatMap(([id, one]) =>
    roughly(one) * 100 < least - ROUGHLY_CENTIBITS ? [] : [branch(duplicatePairs, { candidate_id: id })],
  );
};

const putPair = (rows: Rows, a: string, b: string, { centibits, reasons }: Evidence): void => {
  rows.put(duplicatePairs, { candidate_id: a, other_id: b, centibits, reasons });
  rows.put(duplicatePairs, { candidate_id: b, other_id: a, centibits, reasons });
};

/**
 * Keeps whom somebody looks like, and how they compare with those whom these look like: of a group it's known then what
 * speaks against it too.
 */
export const judge = (rows: Rows, id: string, person: Features, met: ReadonlySet<string>): void => {
  const least = leastToKeep(countIn(rows)(everybody));
  const weighing = weighBy(countIn(rows));
  const likely: string[] = [];
  for (const [other, compared] of compareWith(rows, person, [...met])) {
    if (weighing.roughly(compared) * 100 < least - ROUGHLY_CENTIBITS) continue;
    const evidence = weighing.evidence(compared);
    if (evidence.centibits < least) continue;
    putPair(rows, id, other, evidence);
    likely.push(other);
  }
  rows.prefetch(likely.map((other) => branch(duplicatePairs, { candidate_id: other })));
  const further = new Set(
    likely.flatMap((other) =>
      rows
        .fetchBranch(duplicatePairs, { candidate_id: other })
        .filter((pair) => pair.centibits >= least && pair.other_id !== id)
        .map((pair) => pair.other_id),
    ),
  );
  for (const other of likely) further.delete(other);
  for (const [other, compared] of compareWith(rows, person, [...further]))
    putPair(rows, id, other, weighing.evidence(compared));
};
