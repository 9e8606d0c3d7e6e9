import { describe, expect, it } from '@jest/globals';
import { fold, UnknownEventError } from '#libs/kernel';
import { given } from '#libs/testing';
import fc from 'fast-check';
import type { IdentityEvent } from '../events/identity-events.js';
import { identityDecider, type IdentityCommand } from './identity-decider.js';
import { idsOf, peopleOf, survivorOf } from './people.js';

const into = (survivorId: string, mergedId: string) => ({
  mergeId: `${mergedId} into ${survivorId}`,
  survivorId,
  mergedId,
});
const merge = (survivorId: string, mergedId: string): IdentityCommand => ({
  kind: 'merge',
  merge: into(survivorId, mergedId),
  reason: 'review',
});
const merged = (survivorId: string, mergedId: string): IdentityEvent => ({
  type: 'identity.merged',
  data: { ...into(survivorId, mergedId), reason: 'review' },
});
const undo = (survivorId: string, mergedId: string): IdentityCommand => ({
  kind: 'undo',
  mergeId: into(survivorId, mergedId).mergeId,
});
const unmerged = (survivorId: string, mergedId: string): IdentityEvent => ({
  type: 'identity.unmerged',
  data: into(survivorId, mergedId),
});
const toldApart = (bits: number): IdentityEvent => ({
  type: 'identity.told-apart',
  data: { candidateId: 'a', otherId: 'b', bits },
});
const apart = (bits: number): IdentityCommand => ({ kind: 'tell-apart', ids: ['b', 'a'], bits });

const standingAfter = (history: readonly IdentityEvent[]) => [...fold(identityDecider, history).standing.values()];
const peopleAfter = (history: readonly IdentityEvent[]) => peopleOf(standingAfter(history));

describe('Who is whom', () => {
  it('is decided once: two ids that are one person are not merged again, whichever way round or by way of others', () => {
    given(identityDecider, [])
      .when(merge('a', 'b'))
      .thenGives([merged('a', 'b')]);
    given(identityDecider, []).when(merge('a', 'a')).thenRefused('same-candidate');
    given(identityDecider, [merged('a', 'b')])
      .when(merge('b', 'a'))
      .thenRefused('already-one-person');
    given(identityDecider, [merged('a', 'b'), merged('b', 'c')])
      .when(merge('c', 'a'))
      .thenRefused('already-one-person');
  });

  it('follows somebody who was merged away to who they are now', () => {
    const people = peopleAfter([merged('a', 'b'), merged('c', 'b')]);
    expect(idsOf(people, 'b')).toEqual(['c', 'a', 'b']);
    expect(survivorOf(people, 'a')).toBe('c');
  });

  it('undoes one merge of a chain, and leaves what was decided besides', () => {
    const chain = [merged('a', 'b'), merged('b', 'c'), merged('c', 'd')];
    const people = peopleAfter([...chain, unmerged('b', 'c')]);
    expect(idsOf(people, 'b')).toEqual(['a', 'b']);
    expect(idsOf(people, 'd')).toEqual(['c', 'd']);
  });

  it('undoes a merge once, and knows those that there were', () => {
    const undone = [merged('a', 'b'), unmerged('a', 'b')];
    given(identityDecider, []).when(undo('a', 'b')).thenRefused('merge-unknown');
    given(identityDecider, [merged('a', 'b')])
      .when(undo('a', 'b'))
      .thenGives([unmerged('a', 'b')]);
    given(identityDecider, undone).when(undo('a', 'b')).thenGives([]);
    given(identityDecider, undone)
      .when(merge('b', 'a'))
      .thenGives([merged('b', 'a')]);
  });

  it('is folded without a copy an event: as many decisions as a review of years leaves take no time', () => {
    const history = Array.from({ length: 20_000 }, (_, n): IdentityEvent[] => [
      { type: 'identity.told-apart', data: { candidateId: `a${n}`, otherId: `b${n}`, bits: 1 } },
      merged(`a${n}`, `c${n}`),
    ]).flat();
    const startedAt = performance.now();
    expect(peopleAfter(history).size).toBe(40_000);
    // It takes 0.1 s; with copies it took minutes.
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it('keeps apart whom somebody told apart, and hears of it again only where they look more alike', () => {
    given(identityDecider, [])
      .when(apart(4))
      .thenGives([toldApart(4)]);
    given(identityDecider, [toldApart(4)])
      .when(apart(3))
      .thenGives([]);
    given(identityDecider, [toldApart(4)])
      .when(apart(8))
      .thenGives([toldApart(8)]);
    given(identityDecider, [merged('a', 'b')])
      .when(apart(4))
      .thenRefused('already-one-person');
    given(identityDecider, [toldApart(4)])
      .when(merge('a', 'b'))
      .thenGives([merged('a', 'b')]);
  });

  it('is not decided on where half of its history is unknown', () => {
    const newer = { type: 'identity.split', data: {} } as unknown as IdentityEvent;
    expect(() => fold(identityDecider, [newer])).toThrow(UnknownEventError);
  });

  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const wish = fc.oneof(
    { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids)).map(([x, y]) => merge(x, y)) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids)).map(([x, y]) => undo(x, y)) },
  );
  /** What becomes of wishes, refused ones left out. */
  const historyOf = (wishes: readonly IdentityCommand[]): IdentityEvent[] => {
    const history: IdentityEvent[] = [];
    for (const [n, command] of wishes.entries()) {
      // An undone merge may be made again, by another id.
      const fresh =
        command.kind === 'merge'
          ? { ...command, merge: { ...command.merge, mergeId: `${n}` } }
          : command.kind === 'undo'
            ? { ...command, mergeId: `${n % 5}` }
            : command;
      const decision = identityDecider.decide(fresh, fold(identityDecider, history));
      if (decision.ok) history.push(...decision.value);
    }
    return history;
  };

  it('has no cycles: everybody is one person, under one id, which is one of theirs', () => {
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 40 }), (wishes) => {
        const standing = standingAfter(historyOf(wishes));
        const people = peopleOf(standing);
        for (const id of ids) {
          expect(idsOf(people, id)).toContain(id);
          for (const other of idsOf(people, id)) expect(idsOf(people, other)).toEqual(idsOf(people, id));
        }
        // A forest: each merge that stands made one person of two.
        expect(new Set(ids.map((id) => survivorOf(people, id))).size).toBe(ids.length - standing.length);
      }),
    );
  });

  it('is, once a merge was undone, as if it had never been', () => {
    fc.assert(
      fc.property(fc.array(wish, { minLength: 1, maxLength: 40 }), fc.nat(), (wishes, which) => {
        const history = historyOf(wishes);
        const standing = standingAfter(history);
        const gone = standing[which % Math.max(1, standing.length)];
        if (!gone) return;
        const without = peopleOf(standing.filter(({ mergeId }) => mergeId !== gone.mergeId));
        expect(peopleAfter([...history, { type: 'identity.unmerged', data: gone }])).toEqual(without);
      }),
    );
  });
});
