import { subjectOf, type StoredEvent } from '#libs/kernel';
import { branch, row, type Handler, type Rows } from '#libs/projecting';
import { judge, rowsToJudge } from './judge.js';
import { putIn, rowsOfRecord, takeOut } from './keys-and-counts.js';
import { featuresOf, isSameRecord } from './record.js';
import { duplicatePairs, duplicatePeople, type DuplicatePerson } from './tables.js';

/** What an event makes of a record. */
export interface RecordChange {
  /** Whether the event tells all of it, whatever was told before. */
  readonly isWhole: (event: StoredEvent) => boolean;
  readonly personAfter: (event: StoredEvent, candidateId: string, before?: DuplicatePerson) => DuplicatePerson;
}

/** Forgets whom they looked like; what the others look like among themselves stays. */
const unpair = (rows: Rows, candidateId: string): void => {
  for (const { other_id } of rows.fetchBranch(duplicatePairs, { candidate_id: candidateId })) {
    rows.remove(duplicatePairs, { candidate_id: candidateId, other_id });
    rows.remove(duplicatePairs, { candidate_id: other_id, other_id: candidateId });
  }
};

/** Has a record compared with the others whenever it changes. */
export const comparing = ({ isWhole, personAfter }: RecordChange): Handler => {
  /** Each event's once: a batch is folded several times. */
  const whole = new WeakMap<StoredEvent, DuplicatePerson>();
  const wholeOf = (event: StoredEvent): DuplicatePerson => {
    const known = whole.get(event) ?? personAfter(event, subjectOf(event));
    whole.set(event, known);
    return known;
  };
  return {
    needs: (event) => {
      const own = row(duplicatePeople, { candidate_id: subjectOf(event) });
      return isWhole(event) ? [own, ...rowsOfRecord(featuresOf(wholeOf(event)))] : [own];
    },
    foresees: (event, loaded) => (isWhole(event) ? rowsToJudge(loaded, featuresOf(wholeOf(event))) : []),
    apply: (event, rows) => {
      const candidateId = subjectOf(event);
      const before = rows.get(duplicatePeople, { candidate_id: candidateId });
      const after = isWhole(event) ? wholeOf(event) : personAfter(event, candidateId, before);
      rows.put(duplicatePeople, after);
      if (before && isSameRecord(before, after)) return;
      const person = featuresOf(after);
      rows.prefetch([
        ...rowsOfRecord(person),
        ...(before ? [...rowsOfRecord(featuresOf(before)), branch(duplicatePairs, { candidate_id: candidateId })] : []),
      ]);
      if (before) {
        takeOut(rows, candidateId, featuresOf(before));
        unpair(rows, candidateId);
      }
      judge(rows, candidateId, person, putIn(rows, candidateId, person));
    },
  };
};
