import { err, ok, refusal, unknownEvent, type Decider, type Decision } from '#libs/kernel';
import type { IdentityEvent, MergeReason } from '../events/identity-events.js';
import { GrownMap } from './grown-map.js';
import { idsOf, peopleOf, type Merge } from './people.js';

/** All merges that were ever decided, and which don't stand any more. */
export interface Identities {
  /** By their ids, in the order in which they were decided. */
  readonly standing: GrownMap<Merge>;
  readonly undone: GrownMap<Merge>;
  /** Pairs that are two people, by `pairKey`, with how likely they looked one when that was said. */
  readonly toldApart: GrownMap<number>;
}

export type IdentityCommand =
  | { readonly kind: 'merge'; readonly merge: Merge; readonly reason: MergeReason }
  | { readonly kind: 'undo'; readonly mergeId: string }
  | { readonly kind: 'tell-apart'; readonly ids: readonly [string, string]; readonly bits: number };

const sameCandidate = refusal(
  'invalid',
  'same-candidate',
  'Two ids are expected, and they are the same one.',
  '/otherId',
);
const alreadyOnePerson = refusal(
  'conflict',
  'already-one-person',
  'These two ids are one person already, maybe by way of others. Undo the merge that joined them first.',
);
const mergeUnknown = refusal('not-found', 'merge-unknown', 'There is no merge with this id.');

/** The same for a pair in either order. */
export const pairKey = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

const decide = (command: IdentityCommand, state: Identities): Decision<IdentityEvent> => {
  switch (command.kind) {
    case 'merge':
      return merge(command, state);
    case 'undo': {
      if (state.undone.has(command.mergeId)) return ok([]);
      const found = state.standing.get(command.mergeId);
      return found ? ok([{ type: 'identity.unmerged', data: found }]) : err(mergeUnknown);
    }
    case 'tell-apart':
      return tellApart(command, state);
  }
};

const areOne = ({ standing }: Identities, a: string, b: string): boolean =>
  idsOf(peopleOf(standing.values()), a).includes(b);

const merge = (
  { merge: wanted, reason }: Extract<IdentityCommand, { kind: 'merge' }>,
  state: Identities,
): Decision<IdentityEvent> => {
  const { survivorId, mergedId } = wanted;
  if (survivorId === mergedId) return err(sameCandidate);
  if (areOne(state, survivorId, mergedId)) return err(alreadyOnePerson);
  return ok([{ type: 'identity.merged', data: { ...wanted, reason } }]);
};

const tellApart = (
  { ids: [a, b], bits }: Extract<IdentityCommand, { kind: 'tell-apart' }>,
  state: Identities,
): Decision<IdentityEvent> => {
  if (a === b) return err(sameCandidate);
  if (areOne(state, a, b)) return err(alreadyOnePerson);
  const before = state.toldApart.get(pairKey(a, b));
  if (before !== undefined && before >= bits) return ok([]);
  const [candidateId, otherId] = a < b ? [a, b] : [b, a];
  return ok([{ type: 'identity.told-apart', data: { candidateId, otherId, bits } }]);
};

const evolve = (state: Identities, event: IdentityEvent): Identities => {
  switch (event.type) {
    case 'identity.merged': {
      const { mergeId, survivorId, mergedId } = event.data;
      return { ...state, standing: state.standing.with(mergeId, { mergeId, survivorId, mergedId }) };
    }
    case 'identity.unmerged': {
      const { mergeId } = event.data;
      return {
        ...state,
        standing: state.standing.without(mergeId),
        undone: state.undone.with(mergeId, event.data),
      };
    }
    case 'identity.told-apart': {
      const { candidateId, otherId, bits } = event.data;
      return { ...state, toldApart: state.toldApart.with(pairKey(candidateId, otherId), bits) };
    }
    default:
      return unknownEvent(event);
  }
};

/** Who is whom, decided in one place, so that no two decisions made at once contradict each other. */
export const identityDecider: Decider<Identities, IdentityCommand, IdentityEvent> = {
  initial: { standing: GrownMap.empty(), undone: GrownMap.empty(), toldApart: GrownMap.empty() },
  decide,
  evolve,
};
