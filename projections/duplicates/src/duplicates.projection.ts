import { reviewWeights } from '#libs/identity';
import type { StoredEvent } from '#libs/kernel';
import { defineProjection } from '#libs/projecting';
import { comparing } from './comparing.js';
import { comparedTypes, personAfter, type ComparedEvent } from './record.js';
import { duplicateKeys, duplicatePairs, duplicatePeople, duplicateValues } from './tables.js';

const compared = comparing({
  isWhole: ({ type }) => type === 'candidate.added',
  personAfter: (event, candidateId, before) => personAfter(event as StoredEvent & ComparedEvent, candidateId, before),
});

const SHAPE = 1;

/**
 * Who is likely there twice. Every record is compared, as it comes in and whenever it changes, with those that share a key
 * with it, and weighed by how common its values were by then: a fold, like everything else, with nothing learned from a whole.
 */
export const duplicates = defineProjection({
  name: 'duplicates',
  version: SHAPE * 1_000 + reviewWeights.edition,
  tables: [duplicatePeople, duplicateKeys, duplicateValues, duplicatePairs],
  handlers: Object.fromEntries(comparedTypes.map((type) => [type, compared])),
  // Counts of values and who shares a key are everybody's, and each pair is weighed by what they were when its records came.
  spansPeople: true,
});
