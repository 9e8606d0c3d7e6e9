import { err, ok, refusal, sameJson, type Decision, type Refusal, type Result } from '#libs/kernel';
import type { KnownCandidate } from '../candidate/candidate.js';
import type { CandidateEvent, CustomFieldSet } from '../events/index.js';
import type { CustomFields } from './custom-fields.js';
import { customValue } from './custom-value.js';

/** What's to become of somebody's value of a field; null: it's cleared. Retired fields get no other value. */
export interface CustomFieldValue {
  readonly field: string;
  readonly to: CustomFieldSet | null;
  readonly retired: boolean;
}

const pointerTo = (field: string): string => `/customFields/${field}`;

const fieldUnknown = (field: string): Refusal =>
  refusal('invalid', 'custom-field-undeclared', 'There is no custom field with this key.', pointerTo(field));
const valueWrong = (field: string, expected: string): Refusal =>
  refusal('invalid', 'custom-value-wrong', `The value of this field ${expected}.`, pointerTo(field));
const fieldRetired = (field: string): Refusal =>
  refusal(
    'conflict',
    'custom-field-retired',
    'This field is retired: a value may be cleared, not set.',
    pointerTo(field),
  );

/** What's asked for, checked against what was declared. */
export const customFieldValues = (
  asked: Readonly<Record<string, unknown>>,
  declared: CustomFields,
): Result<readonly CustomFieldValue[], Refusal> => {
  const values: CustomFieldValue[] = [];
  for (const [field, given] of Object.entries(asked)) {
    const known = declared.get(field);
    if (!known) return err(fieldUnknown(field));
    const { type, personal, retired } = known;
    if (given === null) {
      values.push({ field, to: null, retired });
      continue;
    }
    const value = customValue(known, given);
    if (!value.ok) return err(valueWrong(field, value.error));
    const stored = Array.isArray(value.value) ? [...value.value] : value.value;
    const to = { field, type, ...(personal ? { personalValue: stored } : { value: stored }) } as CustomFieldSet;
    values.push({ field, to, retired });
  }
  return ok(values);
};

/** One event for each value that really changes. */
export const decideCustomFields = (
  values: readonly CustomFieldValue[],
  { customFields }: Pick<KnownCandidate, 'customFields'>,
): Decision<CandidateEvent> => {
  const events: CandidateEvent[] = [];
  for (const { field, to, retired } of values) {
    const known = customFields[field];
    if (to === null) {
      if (known) events.push({ type: 'candidate.custom-field-cleared', data: { field } });
      continue;
    }
    if (known && sameJson(known, to)) continue;
    if (retired) return err(fieldRetired(field));
    events.push({ type: 'candidate.custom-field-set', data: to });
  }
  return ok(events);
};
