import { closed, code, firstVersion, orNull, word } from '#libs/event-fields';
import type { EventOf } from '#libs/kernel';
import { Type, type Static } from 'typebox';

export const formLimits = {
  name: 200,
  sourceName: 100,
  origins: 20,
  topics: 50,
  topic: 100,
  consents: 25,
  textVersion: 60,
  wording: 5_000,
  url: 500,
} as const;

const url = () => Type.String({ maxLength: formLimits.url, pattern: '^https?://' });
const source = closed({ kind: code(), name: word(formLimits.sourceName) });
const origins = Type.Array(url(), { maxItems: formLimits.origins, uniqueItems: true });
const topics = Type.Array(word(formLimits.topic), { maxItems: formLimits.topics, uniqueItems: true });
/** What a person is asked to agree to; purposes and channels as the context of candidates has them. */
const consents = Type.Array(closed({ purpose: code(), channel: code() }), {
  minItems: 1,
  maxItems: formLimits.consents,
  uniqueItems: true,
});
/** `language`: BCP 47. The wording is what somebody agreed to: another one is another version. */
const consentText = closed({
  version: word(formLimits.textVersion),
  language: Type.String({ maxLength: 35, pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$' }),
  wording: word(formLimits.wording),
});

const defined = closed({
  name: word(formLimits.name),
  source,
  origins,
  topics,
  consents,
  consentText,
  privacyUrl: url(),
  redirectUrl: Type.Optional(url()),
  open: Type.Boolean(),
});
/** Everything in it is shown to whoever opens the form, but the source and the origins. */
export const signUpFormDefined = firstVersion('sign-up-form.defined', defined);

const changed = closed({
  name: Type.Optional(word(formLimits.name)),
  source: Type.Optional(source),
  origins: Type.Optional(origins),
  topics: Type.Optional(topics),
  consents: Type.Optional(consents),
  consentText: Type.Optional(consentText),
  privacyUrl: Type.Optional(url()),
  redirectUrl: Type.Optional(orNull(url())),
  open: Type.Optional(Type.Boolean()),
});
/** Only what changed, each with its whole new value; null clears. */
export const signUpFormChanged = firstVersion('sign-up-form.changed', changed);

/** What was decided about a form: the events of a `sign-up-form-<uuid>` stream. */
export type SignUpFormEvent = EventOf<typeof signUpFormDefined> | EventOf<typeof signUpFormChanged>;
export type SignUpFormDefined = Static<typeof defined>;
export type SignUpFormChanged = Static<typeof changed>;
