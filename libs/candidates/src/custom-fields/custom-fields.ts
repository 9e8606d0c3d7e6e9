import { unknownEvent } from '#libs/kernel';
import type { CustomFieldDeclared, CustomFieldEvent } from '../events/custom-field-events.js';

/** A field as it's declared by now. */
export interface CustomField extends CustomFieldDeclared {
  readonly retired: boolean;
}

/** All that were ever declared, by key. */
export type CustomFields = ReadonlyMap<string, CustomField>;

export const noCustomFields: CustomFields = new Map();

export const evolveCustomFields = (state: CustomFields, event: CustomFieldEvent): CustomFields => {
  const { key } = event.data;
  if (event.type === 'custom-field.declared') return new Map(state).set(key, { ...event.data, retired: false });
  const known = state.get(key);
  if (!known) throw new Error(`${event.type} of a field that wasn't declared.`);
  switch (event.type) {
    case 'custom-field.described': {
      const { label = known.label, description = known.description ?? null } = event.data;
      const { description: _, ...rest } = known;
      return new Map(state).set(key, { ...rest, label, ...(description === null ? {} : { description }) });
    }
    case 'custom-field.options-added':
      return new Map(state).set(key, { ...known, options: [...(known.options ?? []), ...event.data.options] });
    case 'custom-field.retired':
      return new Map(state).set(key, { ...known, retired: true });
    default:
      return unknownEvent(event);
  }
};
