import { ValidateBy } from 'class-validator';

type ContactKind = 'email' | 'phone' | 'profile-url';

const email = /^[^\s@]{1,64}@[^\s@]{1,255}$/;
const phone = /^[+\d][\d\s().\-/x#]*$/i;
const profileUrl = /^(https?:\/\/)?[^\s/?#@:]+\.[^\s/?#@:]+(\/\S*)?$/i;

const fits: Readonly<Record<ContactKind, (value: string) => boolean>> = {
  email: (value) => email.test(value.trim()),
  phone: (value) => phone.test(value.trim()) && (value.match(/\d/g) ?? []).length >= 3,
  'profile-url': (value) => profileUrl.test(value.trim()),
};

/** Whether a contact's value can be of its kind at all; kinds that aren't known here take any. */
export const isContactValue = (kind: unknown, value: unknown): boolean =>
  typeof value === 'string' &&
  (typeof kind !== 'string' || !Object.hasOwn(fits, kind) || fits[kind as ContactKind](value));

/** On the value of an object that has a `kind`. */
export const IsContactValue = (): PropertyDecorator =>
  ValidateBy({
    name: 'isContactValue',
    validator: {
      validate: (value, args) => isContactValue(Reflect.get(args?.object ?? {}, 'kind'), value),
      defaultMessage: () =>
        'must fit its kind: an email address, a phone number with 3 digits or more, or a profile URL with a host',
    },
  });
