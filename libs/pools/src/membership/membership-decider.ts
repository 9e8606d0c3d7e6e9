import { err, ok, refusal, unknownEvent, type Decider, type Decision } from '#libs/kernel';
import type { MembershipEvent } from '../events/index.js';

export interface Why {
  /** A code. */
  readonly reason?: string;
  readonly note?: string;
}

/** Whether somebody is in a pool. */
export type Membership = { readonly kind: 'out' } | { readonly kind: 'in'; readonly stage?: string };

interface Whose {
  readonly poolId: string;
  readonly candidateId: string;
}

export type MembershipCommand = Whose & { readonly why: Why } & (
    | { readonly kind: 'add'; readonly stage?: string }
    | { readonly kind: 'move'; readonly stage: string }
    | { readonly kind: 'remove' }
  );

const notAMember = refusal('not-found', 'not-a-member', 'The candidate is not in this pool.');

/** Adding who's in and removing who isn't change nothing. Where somebody is already, only a move changes their stage. */
const decide = (command: MembershipCommand, state: Membership): Decision<MembershipEvent> => {
  const { poolId, candidateId, why } = command;
  const data = { poolId, candidateId, ...why };
  switch (command.kind) {
    case 'add':
      if (state.kind === 'in') return ok([]);
      return ok([
        {
          type: 'membership.began',
          data: { ...data, ...(command.stage === undefined ? {} : { stage: command.stage }) },
        },
      ]);
    case 'move':
      if (state.kind === 'out') return err(notAMember);
      return ok(
        state.stage === command.stage ? [] : [{ type: 'membership.moved', data: { ...data, stage: command.stage } }],
      );
    case 'remove':
      return ok(state.kind === 'out' ? [] : [{ type: 'membership.ended', data }]);
  }
};

const evolve = (state: Membership, event: MembershipEvent): Membership => {
  switch (event.type) {
    case 'membership.began':
      return { kind: 'in', ...(event.data.stage === undefined ? {} : { stage: event.data.stage }) };
    case 'membership.moved':
      if (state.kind === 'out') throw new Error('Nobody who is out of a pool moves in it.');
      return { kind: 'in', stage: event.data.stage };
    case 'membership.ended':
      return { kind: 'out' };
    default:
      return unknownEvent(event);
  }
};

/** One person in one static pool, on the stream `membership-<uuid>`. */
export const membershipDecider: Decider<Membership, MembershipCommand, MembershipEvent> = {
  initial: { kind: 'out' },
  decide,
  evolve,
};
