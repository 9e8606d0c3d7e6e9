import { closed, firstVersion, uuid } from '#libs/event-fields';
import type { EventOf } from '#libs/kernel';
import { defineProcessManager, type ProcessManager } from '#libs/reacting';
import { signUpConfirmed } from '#libs/sign-up';
import { AdmitSignUpCommand } from './admit-sign-up.handler.js';

const begun = firstVersion('sign-up-admission.begun', closed({ signUpId: uuid() }));

/** Every event type of the admission of who signed up. */
export const signUpAdmissionEventDefinitions = [begun] as const;

const UUID_LENGTH = 36;

/**
 * Has whoever confirmed a submission become a candidate, with what they agreed to and are interested in. From the beginning of
 * the log: a confirmation that came before automation first ran isn't forgotten, and one that was admitted isn't again.
 */
export const signUpAdmission: ProcessManager = defineProcessManager<{ readonly begun: boolean }, EventOf<typeof begun>>(
  {
    name: 'sign-up-admission',
    from: 'beginning',
    definitions: signUpAdmissionEventDefinitions,
    listensTo: [signUpConfirmed.type],
    correlate: ({ streamId }) => streamId,
    initial: { begun: false },
    decide: (input, state) => {
      if (input.kind === 'deadline' || state.begun) return [];
      return [{ type: 'sign-up-admission.begun', data: { signUpId: input.event.streamId.slice(-UUID_LENGTH) } }];
    },
    evolve: () => ({ begun: true }),
    commands: ({ data: { signUpId } }, meta) => [new AdmitSignUpCommand(signUpId, meta(0))],
  },
);
