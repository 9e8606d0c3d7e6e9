import type { FieldError } from '#libs/http';
import type { EnteredForm, FormErrors, WrongField } from './form-page.js';

/** What a browser sent, as the API takes it: names of fields are the page's. Checked later. */
export const requestOf = (fields: URLSearchParams): Record<string, unknown> => {
  const name = fields.get('name') ?? '';
  return {
    email: fields.get('email') ?? '',
    ...(name.trim() === '' ? {} : { name }),
    topics: [...new Set(fields.getAll('topic'))],
    consents: [...new Set(fields.getAll('consent'))].map((value) => {
      const [purpose = '', channel = ''] = value.split('/', 2);
      return { purpose, channel };
    }),
    textVersion: fields.get('textVersion') ?? '',
    ticket: fields.get('ticket') ?? '',
    website: fields.get('website') ?? '',
  };
};

/** To be shown again. */
export const enteredIn = (fields: URLSearchParams): EnteredForm => ({
  email: fields.get('email') ?? '',
  name: fields.get('name') ?? '',
  topics: fields.getAll('topic'),
  consents: fields.getAll('consent'),
});

const shownAt: Readonly<Record<string, WrongField>> = { email: 'email', name: 'name', consents: 'consents' };

/** Where what's wrong is shown; what isn't in a field that people see is told about the whole. */
export const errorsOf = (errors: readonly FieldError[]): FormErrors => {
  const fields = [...new Set(errors.flatMap(({ pointer }) => shownAt[pointer.split('/', 2)[1] ?? ''] ?? []))];
  return fields.length > 0 ? { fields } : { fields, whole: 'other' };
};
