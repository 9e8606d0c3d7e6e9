import { unknownEvent } from '#libs/kernel';
import type { SignUpFormDefined, SignUpFormEvent } from '../events/sign-up-form-events.js';

/** What was decided about a form so far. */
export interface KnownForm extends SignUpFormDefined {
  readonly kind: 'known';
  /** Every text that it ever showed: a version is one text for good. */
  readonly texts: readonly SignUpFormDefined['consentText'][];
}

export type SignUpForm = { readonly kind: 'unknown' } | KnownForm;

export const unknownForm: SignUpForm = { kind: 'unknown' };

/** Takes changes in; null takes a field away. */
const changed = (form: KnownForm, changes: Readonly<Record<string, unknown>>): KnownForm =>
  Object.fromEntries(
    Object.entries({ ...form, ...changes }).filter(([, value]) => value !== null),
  ) as unknown as KnownForm;

export const evolveForm = (state: SignUpForm, event: SignUpFormEvent): SignUpForm => {
  if (event.type === 'sign-up-form.defined') return { ...event.data, kind: 'known', texts: [event.data.consentText] };
  if (state.kind === 'unknown') throw new Error(`A form's first event is sign-up-form.defined, not ${event.type}.`);
  switch (event.type) {
    case 'sign-up-form.changed': {
      const { consentText } = event.data;
      return changed({ ...state, texts: consentText ? [...state.texts, consentText] : state.texts }, event.data);
    }
    default:
      return unknownEvent(event);
  }
};
