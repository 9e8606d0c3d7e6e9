import { closed, code, firstVersion, identity, instant, uuid, word } from '#libs/event-fields';
import type { EventOf } from '#libs/kernel';
import { Type, type Static } from 'typebox';
import { formLimits } from './sign-up-form-events.js';

const confirmed = closed({
  formId: uuid(),
  /** Whose it is: the candidate that the address led to, or a new one. */
  candidateId: uuid(),
  /** In lower case; the one that the confirmation came from. */
  email: Type.String({ minLength: 3, maxLength: 320, privacy: 'contact' }),
  name: Type.Optional(identity()),
  topics: Type.Array(word(formLimits.topic), { maxItems: formLimits.topics, uniqueItems: true }),
  consents: Type.Array(closed({ purpose: code(), channel: code() }), {
    minItems: 1,
    maxItems: formLimits.consents,
    uniqueItems: true,
  }),
  /** Of the text that was shown: of the form, one text for good. */
  textVersion: word(formLimits.textVersion),
  /** That the text was in; BCP 47. */
  language: word(35),
  /** Of the form when it was submitted: a touch. */
  source: closed({ kind: code(), name: word(formLimits.sourceName) }),
  /** ISO 8601, in UTC. When it was confirmed is when the event occurred. */
  submittedAt: instant(),
});

/**
 * Somebody filled a form in and then confirmed by email that it was them: the evidence of what they agreed to. What was never
 * confirmed isn't in the log.
 */
export const signUpConfirmed = firstVersion('sign-up.confirmed', confirmed);

/** What became of one submission: the events of a `sign-up-<uuid>` stream. */
export type SignUpEvent = EventOf<typeof signUpConfirmed>;
export type SignUpConfirmed = Static<typeof confirmed>;
