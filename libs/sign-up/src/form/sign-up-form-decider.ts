import { differing, err, ok, refusal, sameJson, type Decider, type Decision } from '#libs/kernel';
import type { SignUpFormChanged, SignUpFormDefined, SignUpFormEvent } from '../events/sign-up-form-events.js';
import { evolveForm, unknownForm, type KnownForm, type SignUpForm } from './sign-up-form.js';

export type SignUpFormCommand =
  | { readonly kind: 'define'; readonly form: SignUpFormDefined }
  /** Absent: leave. Null: clear. */
  | { readonly kind: 'change'; readonly changes: SignUpFormChanged };

export const formUnknown = refusal('not-found', 'form-unknown', 'There is no sign-up form with this id.');
const formExists = refusal('conflict', 'form-exists', 'There is a form with this id already. To change it, update it.');
const textWithoutVersion = refusal(
  'conflict',
  'text-without-version',
  'Another text of the consent needs another version: people agreed to the one that was there.',
  '/consentText/version',
);

const change = (changes: SignUpFormChanged, form: KnownForm): Decision<SignUpFormEvent> => {
  const { consentText } = changes;
  if (form.texts.some((text) => text.version === consentText?.version && !sameJson(text, consentText)))
    return err(textWithoutVersion);
  const changed: SignUpFormChanged = differing(changes, form);
  return ok(Object.keys(changed).length > 0 ? [{ type: 'sign-up-form.changed', data: changed }] : []);
};

const decide = (command: SignUpFormCommand, state: SignUpForm): Decision<SignUpFormEvent> => {
  if (command.kind === 'define')
    return state.kind === 'unknown' ? ok([{ type: 'sign-up-form.defined', data: command.form }]) : err(formExists);
  return state.kind === 'unknown' ? err(formUnknown) : change(command.changes, state);
};

/** A form, on the stream `sign-up-form-<uuid>`. Who signed up isn't in it. */
export const signUpFormDecider: Decider<SignUpForm, SignUpFormCommand, SignUpFormEvent> = {
  initial: unknownForm,
  decide,
  evolve: evolveForm,
};
