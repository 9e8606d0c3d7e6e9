import { parseCriteria } from '#libs/criteria';
import { refusal, type Refusal } from '#libs/kernel';

/** Says what's wrong with criteria first; undefined where nothing is, or where there are none. */
export const refuseCriteria = (criteria: unknown): Refusal | undefined => {
  if (criteria === undefined) return undefined;
  const parsed = parseCriteria(criteria);
  if (parsed.ok) return undefined;
  const [{ pointer, detail } = { pointer: '', detail: 'is not valid' }] = parsed.error;
  return refusal(
    'invalid',
    'criteria-invalid',
    `The criteria can't be read: this part ${detail}.`,
    `/criteria${pointer}`,
  );
};
