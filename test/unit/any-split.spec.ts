import { describe, expect, it } from '@jest/globals';
import type { Merge } from '#libs/identity';
import type { StoredEvent } from '#libs/kernel';
import { MemoryReadModel, type Projection } from '#libs/projecting';
import { duplicates } from '#projections/duplicates';
import { engagement } from '#projections/engagement';
import { funnel } from '#projections/funnel';
import { hygieneProjection } from '#projections/hygiene';
import { poolsProjection } from '#projections/pools';
import { relationship } from '#projections/relationship';
import { talentSearch } from '#projections/talent-search';
import { timeline } from '#projections/timeline';
import fc from 'fast-check';
import { history, step } from '../support/any-history.js';

const rowsAfter = (projection: Projection, batches: readonly (readonly StoredEvent[])[]): unknown => {
  const model = new MemoryReadModel(projection);
  for (const batch of batches) model.apply(batch);
  return projection.tables.map((table) => model.rows(table));
};

const readModels = [
  talentSearch,
  engagement,
  funnel,
  timeline,
  relationship,
  poolsProjection,
  duplicates,
  hygieneProjection,
];

describe('The read models', () => {
  it.each(readModels)('give the same rows for any split of a history into batches: $name', (projection) => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60 }),
        fc.array(fc.nat({ max: 76 }), { maxLength: 12 }),
        (steps, cuts) => {
          const events = history(steps);
          const at = [0, ...cuts.filter((cut) => cut < events.length).sort((a, b) => a - b), events.length];
          const split = at.slice(1).map((end, i) => events.slice(at[i], end));
          const oneByOne = rowsAfter(
            projection,
            events.map((event) => [event]),
          );
          expect(rowsAfter(projection, split)).toEqual(oneByOne);
          expect(rowsAfter(projection, [events])).toEqual(oneByOne);
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each(readModels)('are, once a merge was undone, what they would be had it never been: $name', (projection) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.nat(), (steps, which) => {
        const events = history(steps);
        const undone = new Set(
          events.filter(({ type }) => type === 'identity.unmerged').map(({ data }) => (data as Merge).mergeId),
        );
        const standing = events.filter(
          ({ type, data }) => type === 'identity.merged' && !undone.has((data as Merge).mergeId),
        );
        const merged = standing[which % Math.max(1, standing.length)];
        if (!merged) return;
        const end = BigInt(events.length + 1);
        const unmerged = { ...merged, type: 'identity.unmerged', position: { commit: end, prepare: end } };
        const without = events.filter((event) => event !== merged);
        expect(rowsAfter(projection, [[...events, unmerged]])).toEqual(rowsAfter(projection, [without]));
      }),
      { numRuns: 60 },
    );
  });
});
