import { ok, UnknownEventError, type Decider } from '#libs/kernel';
import type { SignUpConfirmed, SignUpEvent } from '../events/sign-up-events.js';

/** One submission: nobody's, until it's confirmed. */
export type SignUp = { readonly kind: 'unknown' } | ({ readonly kind: 'confirmed' } & SignUpConfirmed);

export interface ConfirmSignUp {
  readonly confirmed: SignUpConfirmed;
}

/** A submission that was confirmed, on the stream `sign-up-<uuid>`. Confirmed twice, it's as it was the first time. */
export const signUpDecider: Decider<SignUp, ConfirmSignUp, SignUpEvent> = {
  initial: { kind: 'unknown' },
  decide: ({ confirmed }, state) =>
    ok(state.kind === 'confirmed' ? [] : [{ type: 'sign-up.confirmed', data: confirmed }]),
  evolve: (_, { type, data }) => {
    if (type !== 'sign-up.confirmed') throw new UnknownEventError(type);
    return { kind: 'confirmed', ...data };
  },
};
