import { describe, expect, it } from '@jest/globals';
import { fold, isUuid, newId } from '#libs/kernel';
import { given } from '#libs/testing';
import fc from 'fast-check';
import type { MembershipEvent } from '../events/index.js';
import { membershipDecider, type MembershipCommand } from './membership-decider.js';
import { membershipId } from './membership-id.js';

const whose = { poolId: newId(), candidateId: newId() };
const began = (stage?: string): MembershipEvent => ({
  type: 'membership.began',
  data: { ...whose, ...(stage === undefined ? {} : { stage }) },
});
const ended: MembershipEvent = { type: 'membership.ended', data: whose };
const add = (stage?: string): MembershipCommand => ({
  kind: 'add',
  ...whose,
  why: {},
  ...(stage === undefined ? {} : { stage }),
});
const move = (stage: string): MembershipCommand => ({ kind: 'move', ...whose, why: {}, stage });
const remove: MembershipCommand = { kind: 'remove', ...whose, why: {} };

describe('A membership', () => {
  it('begins, moves and ends, and may begin again', () => {
    given(membershipDecider, [])
      .when(add('new'))
      .thenGives([began('new')]);
    given(membershipDecider, [began('new')])
      .when(move('contacted'))
      .thenGives([{ type: 'membership.moved', data: { ...whose, stage: 'contacted' } }]);
    given(membershipDecider, [began('new')])
      .when({ ...remove, why: { reason: 'not-interested', note: 'Asked to wait.' } })
      .thenGives([{ type: 'membership.ended', data: { ...whose, reason: 'not-interested', note: 'Asked to wait.' } }]);
    given(membershipDecider, [began('new'), ended])
      .when(add())
      .thenGives([began()]);
  });

  it('is not changed by adding who is in, or by removing who is not', () => {
    given(membershipDecider, [began('new')])
      .when(add('contacted'))
      .thenGives([]);
    given(membershipDecider, [began('new')])
      .when(move('new'))
      .thenGives([]);
    given(membershipDecider, []).when(remove).thenGives([]);
    given(membershipDecider, [began(), ended]).when(remove).thenGives([]);
  });

  it('is not moved where there is none', () => {
    given(membershipDecider, []).when(move('new')).thenRefused('not-a-member');
    given(membershipDecider, [began(), ended]).when(move('new')).thenRefused('not-a-member');
  });

  it('tells of coming and going by turns, whatever is asked for', () => {
    const command = fc.oneof(fc.constantFrom(add(), add('new'), remove), fc.constantFrom('new', 'contacted').map(move));
    fc.assert(
      fc.property(fc.array(command), (commands) => {
        const history: MembershipEvent[] = [];
        for (const one of commands) {
          const decided = membershipDecider.decide(one, fold(membershipDecider, history));
          if (decided.ok) history.push(...decided.value);
        }
        const turns = history.filter(({ type }) => type !== 'membership.moved').map(({ type }) => type);
        turns.forEach((type, n) => expect(type).toBe(n % 2 === 0 ? 'membership.began' : 'membership.ended'));
        const last = commands.findLast(({ kind }) => kind !== 'move');
        expect(fold(membershipDecider, history).kind).toBe(last?.kind === 'add' ? 'in' : 'out');
      }),
    );
  });

  it('has one stream for a person in a pool', () => {
    const [pool, other, candidate] = [newId(), newId(), newId()];
    expect(isUuid(membershipId(pool, candidate))).toBe(true);
    expect(membershipId(pool, candidate)).toBe(membershipId(pool, candidate));
    expect(
      new Set(
        [
          [pool, candidate],
          [other, candidate],
          [candidate, pool],
        ].map(([a = '', b = '']) => membershipId(a, b)),
      ).size,
    ).toBe(3);
  });
});
