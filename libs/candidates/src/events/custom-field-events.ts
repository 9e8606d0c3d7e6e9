import { closed, firstVersion, oneOf, orNull, word } from '#libs/event-fields';
import type { EventOf } from '#libs/kernel';
import { Type, type Static } from 'typebox';

/** What a value may be. `text` and `url` are whatever somebody typed; the options of a choice are declared. */
export const customFieldTypes = ['text', 'url', 'number', 'date', 'boolean', 'choice', 'multi-choice'] as const;

/** Lower-case words with dashes, a letter first; not what every object has already. */
export const CUSTOM_FIELD_KEY = '^(?!constructor$)[a-z][a-z0-9]*(-[a-z0-9]+)*$';

export const customFieldLimits = {
  key: 60,
  label: 100,
  description: 500,
  option: 100,
  options: 200,
  /** Characters of a text or a URL. */
  text: 2_000,
  /** How far a number may be from zero: what's beyond isn't exact. */
  number: 1e15,
} as const;

const key = () => Type.String({ pattern: CUSTOM_FIELD_KEY, maxLength: customFieldLimits.key });
const options = () =>
  Type.Array(word(customFieldLimits.option), { minItems: 1, maxItems: customFieldLimits.options, uniqueItems: true });

const declared = closed({
  key: key(),
  label: word(customFieldLimits.label),
  type: oneOf(customFieldTypes),
  /** Whether values are sealed, with the narrative group: always so for what's typed freely. */
  personal: Type.Boolean(),
  description: Type.Optional(word(customFieldLimits.description)),
  /** Of a choice. */
  options: Type.Optional(options()),
});
/** Candidates may have a value of this type from now on. Type and `personal` never change. */
export const customFieldDeclared = firstVersion('custom-field.declared', declared);

const described = closed({
  key: key(),
  label: Type.Optional(word(customFieldLimits.label)),
  description: Type.Optional(orNull(word(customFieldLimits.description))),
});
/** Only what changed; null clears. */
export const customFieldDescribed = firstVersion('custom-field.described', described);

/** After those that there are. */
export const customFieldOptionsAdded = firstVersion(
  'custom-field.options-added',
  closed({ key: key(), options: options() }),
);

/** Nobody gets another value any more. Those that there are stay. */
export const customFieldRetired = firstVersion('custom-field.retired', closed({ key: key() }));

/** Which fields a business has of its own: the events of the one stream `custom-fields`. About nobody. */
export const customFieldsEventDefinitions = [
  customFieldDeclared,
  customFieldDescribed,
  customFieldOptionsAdded,
  customFieldRetired,
] as const;

/** Dates are `YYYY-MM-DD`; several options are in the order in which they were declared. */
export type CustomValue = string | number | boolean | readonly string[];

const clearValue = Type.Union([
  Type.Number({ minimum: -customFieldLimits.number, maximum: customFieldLimits.number }),
  Type.Boolean(),
  word(customFieldLimits.option),
  options(),
]);
const sealedValue = Type.Unsafe<CustomValue>({
  type: ['string', 'number', 'boolean', 'array'],
  privacy: 'narrative',
});

const valueSet = closed({
  /** The key of the field. */
  field: key(),
  /** As it was declared, so that the value can be read without the declaration. */
  type: oneOf(customFieldTypes),
  /** What isn't personal; one of the two. */
  value: Type.Optional(clearValue),
  personalValue: Type.Optional(sealedValue),
});
/** The whole value of a field of the business's own. */
export const candidateCustomFieldSet = firstVersion('candidate.custom-field-set', valueSet);

export const candidateCustomFieldCleared = firstVersion('candidate.custom-field-cleared', closed({ field: key() }));

export const customValueEventDefinitions = [candidateCustomFieldSet, candidateCustomFieldCleared] as const;

export type CustomFieldEvent = EventOf<(typeof customFieldsEventDefinitions)[number]>;
export type CustomFieldType = (typeof customFieldTypes)[number];
export type CustomFieldDeclared = Static<typeof declared>;
export type CustomFieldSet = Static<typeof valueSet>;
