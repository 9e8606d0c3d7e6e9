import { normalise } from '#libs/criteria';
import { err, ok, refusal, sameJson, type Decider, type Decision, type Refusal } from '#libs/kernel';
import { customFieldLimits, type CustomFieldDeclared, type CustomFieldEvent } from '../events/custom-field-events.js';
import { evolveCustomFields, noCustomFields, type CustomField, type CustomFields } from './custom-fields.js';

/** As many as one can find one's way in. Retired ones don't count. */
export const MOST_CUSTOM_FIELDS = 200;

/** Absent: leave. Null: clear. */
export interface CustomFieldChange {
  readonly label?: string;
  readonly description?: string | null;
  readonly addOptions?: readonly string[];
}

export type CustomFieldCommand =
  | { readonly kind: 'declare'; readonly field: CustomFieldDeclared }
  | { readonly kind: 'change'; readonly key: string; readonly change: CustomFieldChange }
  | { readonly kind: 'retire'; readonly key: string };

const fieldExists = refusal(
  'conflict',
  'custom-field-exists',
  'There is another field with this key, and what a field is never changes. Take another key.',
  '/key',
);
const fieldUnknown = refusal('not-found', 'custom-field-unknown', 'There is no custom field with this key.');
const fieldRetired = refusal(
  'conflict',
  'custom-field-retired',
  'This field is retired. Declare another one, under another key.',
);
const tooManyFields = refusal(
  'conflict',
  'too-many-custom-fields',
  `There are at most ${MOST_CUSTOM_FIELDS} custom fields. Retire one first.`,
);
const typedIsPersonal = refusal(
  'invalid',
  'custom-field-personal',
  'What is typed freely may say anything about anybody: a text or a url is always personal.',
  '/personal',
);
const noOptions = (pointer: string): Refusal =>
  refusal('invalid', 'options-unwanted', 'Only a choice or a multi-choice has options.', pointer);
const optionsNeeded = refusal('invalid', 'options-needed', 'A choice needs its options.', '/options');
const tooManyOptions = refusal(
  'invalid',
  'too-many-options',
  `A field has at most ${customFieldLimits.options} options.`,
  '/addOptions',
);
const optionAlike = (pointer: string): Refusal =>
  refusal(
    'invalid',
    'options-alike',
    'Options must differ in more than case, accents and punctuation, and have a letter or a digit.',
    pointer,
  );

const hasOptions = ({ type }: Pick<CustomFieldDeclared, 'type'>): boolean =>
  type === 'choice' || type === 'multi-choice';

/** The place of the first that can't be told from an earlier one, or from one that's there. */
const alike = (options: readonly string[], there: readonly string[] = []): number => {
  const forms = [...there, ...options].map(normalise);
  return options.findIndex((_, n) => {
    const at = there.length + n;
    return forms[at] === '' || forms.indexOf(forms[at] ?? '') < at;
  });
};

const wrongDeclaration = ({ type, personal, options, ...field }: CustomFieldDeclared): Refusal | undefined => {
  if ((type === 'text' || type === 'url') && !personal) return typedIsPersonal;
  if (options && !hasOptions({ ...field, type })) return noOptions('/options');
  if (!options) return hasOptions({ type }) ? optionsNeeded : undefined;
  const wrong = alike(options);
  return wrong < 0 ? undefined : optionAlike(`/options/${wrong}`);
};

const declare = (field: CustomFieldDeclared, state: CustomFields): Decision<CustomFieldEvent> => {
  const wrong = wrongDeclaration(field);
  if (wrong) return err(wrong);
  const known = state.get(field.key);
  if (known) {
    const { retired, ...there } = known;
    return !retired && sameJson(there, field) ? ok([]) : err(fieldExists);
  }
  if ([...state.values()].filter(({ retired }) => !retired).length >= MOST_CUSTOM_FIELDS) return err(tooManyFields);
  return ok([{ type: 'custom-field.declared', data: field }]);
};

const change = (
  { label, description, addOptions = [] }: CustomFieldChange,
  known: CustomField,
): Decision<CustomFieldEvent> => {
  const { key, options: there = [] } = known;
  if (known.retired) return err(fieldRetired);
  if (addOptions.length > 0 && !hasOptions(known)) return err(noOptions('/addOptions'));
  // What's there already, exactly so, is no mistake.
  const added = addOptions.filter((option) => !there.includes(option));
  const wrong = alike(added, there);
  if (wrong >= 0) return err(optionAlike(`/addOptions/${addOptions.indexOf(added[wrong] ?? '')}`));
  if (there.length + added.length > customFieldLimits.options) return err(tooManyOptions);
  const described = {
    ...(label === undefined || label === known.label ? {} : { label }),
    ...(description === undefined || description === (known.description ?? null) ? {} : { description }),
  };
  return ok([
    ...(Object.keys(described).length > 0
      ? [{ type: 'custom-field.described' as const, data: { key, ...described } }]
      : []),
    ...(added.length > 0 ? [{ type: 'custom-field.options-added' as const, data: { key, options: added } }] : []),
  ]);
};

/** Which fields candidates may have besides those that everybody has, on the stream `custom-fields`. */
export const customFieldsDecider: Decider<CustomFields, CustomFieldCommand, CustomFieldEvent> = {
  initial: noCustomFields,
  decide: (command, state) => {
    if (command.kind === 'declare') return declare(command.field, state);
    const known = state.get(command.key);
    if (!known) return err(fieldUnknown);
    if (command.kind === 'change') return change(command.change, known);
    return ok(known.retired ? [] : [{ type: 'custom-field.retired', data: { key: known.key } }]);
  },
  evolve: evolveCustomFields,
};
