import { expect } from '@jest/globals';
import { fold, type Decider, type DomainEvent } from '#libs/kernel';

/** A decision told as a story: `given(decider, [past…]).when(command).thenGives([events…])`. */
export const given = <S, C, E extends DomainEvent>(decider: Decider<S, C, E>, history: readonly NoInfer<E>[]) => ({
  when: (command: C) => {
    const decision = decider.decide(command, fold(decider, history));
    return {
      /** The events that it gives, all of them, in order; none: right, and nothing changed. */
      thenGives: (events: readonly E[]): void => expect(decision).toEqual({ ok: true, value: events }),
      /** Refused, with this code. */
      thenRefused: (code: string): void => expect(decision).toMatchObject({ ok: false, error: { code } }),
    };
  },
});
