import { err, type Decider, type DomainEvent, type Refusal, type Result } from '#libs/kernel';

/**
 * A decider that refuses what another stream stands against. The runner asks it all the same: a command that was accepted
 * before is answered as it was then, though it would be refused now.
 */
export const unlessRefused = <S, C, E extends DomainEvent>(
  decider: Decider<S, C, E>,
  allowed: Result<unknown, Refusal>,
): Decider<S, C, E> => (allowed.ok ? decider : { ...decider, decide: () => err(allowed.error) });
