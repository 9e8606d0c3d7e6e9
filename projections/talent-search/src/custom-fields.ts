import type { CustomFieldSet, CustomFieldType, CustomValue } from '#libs/candidates';
import { ANY_CUSTOM_VALUE, customWord, type CustomState } from '#libs/criteria';
import type { Talent } from './tables.js';

/** A value of a field of the business's own; `[erased]` where it was personal and is no more. */
export interface KnownCustomField {
  readonly type: CustomFieldType;
  readonly personal: boolean;
  readonly value: CustomValue;
}

type ByKey = Readonly<Record<string, KnownCustomField>>;

/** Values by the keys of their fields. */
export const customFieldsOf = ({ custom_fields }: Pick<Talent, 'custom_fields'>): ByKey => custom_fields as ByKey;

export const withCustomField = (known: Talent, { field, type, value, personalValue }: CustomFieldSet): ByKey => {
  const personal = personalValue !== undefined;
  const stated = personal ? personalValue : value;
  if (stated === undefined) throw new Error('A custom field was set to nothing.');
  return { ...customFieldsOf(known), [field]: { type, personal, value: stated } };
};

export const withoutCustomField = (known: Talent, field: string): ByKey => {
  const { [field]: _, ...others } = customFieldsOf(known);
  return others;
};

const together = (first: KnownCustomField, second: KnownCustomField): KnownCustomField =>
  Array.isArray(first.value) && Array.isArray(second.value)
    ? { ...first, value: [...new Set([...(first.value as string[]), ...(second.value as string[])])] }
    : first;

/** Of one person's records: what the first one doesn't tell, the next one does; several options are taken together. */
export const customFieldsTogether = (records: readonly Talent[]): ByKey => {
  const all: Record<string, KnownCustomField> = {};
  for (const record of records)
    for (const [key, known] of Object.entries(customFieldsOf(record)))
      all[key] = Object.hasOwn(all, key) ? together(all[key] ?? known, known) : known;
  return all;
};

/** What criteria compare of a value. Nothing is found by what's personal. */
export const customState = ({ type, personal, value }: KnownCustomField): CustomState | null => {
  if (personal) return null;
  const words = (Array.isArray(value) ? (value as readonly string[]) : [value as string | number | boolean]).map(
    customWord,
  );
  const isRanked = type === 'number' || type === 'date';
  return { words, rank: isRanked ? (value as number | string) : null };
};

/** Each value as words of its field, and that there is one. */
export const customWords = (person: Talent): (readonly [key: string, word: string])[] =>
  Object.entries(customFieldsOf(person)).flatMap(([key, known]) => {
    const state = customState(known);
    return state ? [ANY_CUSTOM_VALUE, ...state.words].map((word) => [key, word] as const) : [];
  });
