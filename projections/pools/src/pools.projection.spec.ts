import { describe, expect, it } from '@jest/globals';
import { fold, newId, type StoredEvent } from '#libs/kernel';
import { MemoryReadModel } from '#libs/projecting';
import type { MembershipEvent } from '#libs/pools';
import fc from 'fast-check';
import { poolsProjection } from './pools.projection.js';
import { poolMemberships, poolStages } from './tables.js';

const [poolId, candidateId] = [newId(), newId()];
type Step = { readonly kind: 'turn' | 'move'; readonly at: number };

/** In and out by turns, with moves while somebody is in, at times of clocks that don't agree. */
const told = (steps: readonly Step[]): StoredEvent[] => {
  let isIn = false;
  const events: StoredEvent[] = [];
  for (const { kind, at } of steps) {
    if (kind === 'move' && !isIn) continue;
    const type: MembershipEvent['type'] =
      kind === 'move' ? 'membership.moved' : isIn ? 'membership.ended' : 'membership.began';
    if (kind === 'turn') isIn = !isIn;
    const n = events.length;
    events.push({
      id: newId(),
      type,
      data: { poolId, candidateId, ...(type === 'membership.ended' ? {} : { stage: `stage-${n}` }) },
      streamId: 'membership-1',
      revision: n,
      position: { commit: BigInt(n + 1), prepare: BigInt(n + 1) },
      subjectId: candidateId,
      occurredAt: new Date(Date.UTC(2026, 0, 1) + at),
      timePrecision: 'instant',
      recordedAt: new Date(0),
      correlationId: 'c',
      causationId: 'c',
      actor: { kind: 'user', id: 'recruiter-1' },
      source: 'api',
    });
  }
  return events;
};

const steps = fc.array(
  fc.record({ kind: fc.constantFrom('turn' as const, 'turn' as const, 'move' as const), at: fc.nat(20) }),
);

const rowsOf = (events: readonly StoredEvent[]) => {
  const model = new MemoryReadModel(poolsProjection);
  for (const event of events) model.apply([event]);
  const byRevision = <R>(revision: (row: R) => number, rows: readonly R[]): R[] =>
    rows.toSorted((a, b) => revision(a) - revision(b));
  return {
    stays: byRevision((row) => row.began_revision, model.rows(poolMemberships)),
    stages: byRevision((row) => row.revision, model.rows(poolStages)),
  };
};

describe('The stays of a person in a pool', () => {
  it('follow each other without overlap, whatever the clocks said, and only the last may be open', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const { stays } = rowsOf(told(all));
        stays.forEach(({ joined_at, left_at }, n) => {
          if (left_at) expect(left_at.getTime()).toBeGreaterThanOrEqual(joined_at.getTime());
          else expect(n).toBe(stays.length - 1);
          const before = stays[n - 1]?.left_at;
          if (before) expect(joined_at.getTime()).toBeGreaterThanOrEqual(before.getTime());
        });
      }),
    );
  });

  it('are as many as somebody came, and open exactly while they are in', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const events = told(all);
        const { stays } = rowsOf(events);
        expect(stays).toHaveLength(events.filter(({ type }) => type === 'membership.began').length);
        const isIn = fold<boolean, StoredEvent>(
          { initial: false, evolve: (_, { type }) => type !== 'membership.ended' },
          events,
        );
        expect(stays.some(({ left_at }) => left_at === null)).toBe(isIn);
      }),
    );
  });

  it('are filled by stays at stages from end to end', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const { stays, stages } = rowsOf(told(all));
        for (const { joined_at, left_at, began_revision, revision } of stays) {
          const own = stages.filter((stage) => stage.revision >= began_revision && stage.revision <= revision);
          expect(own[0]?.since).toEqual(joined_at);
          expect(own.at(-1)?.until).toEqual(left_at);
          own.slice(1).forEach(({ since }, n) => expect(own[n]?.until).toEqual(since));
        }
      }),
    );
  });
});
