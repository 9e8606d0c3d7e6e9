import { leavesOf, parseCriteria } from '#libs/criteria';
import { refusal, type Refusal } from '#libs/kernel';

/** Says what's wrong with criteria first; undefined where nothing is, or where there are none. */
export const refuseCriteria = (criteria: unknown): Refusal | undefined => {
  if (criteria === undefined) return undefined;
  const parsed = parseCriteria(criteria);
  if (parsed.ok) {
    const banded = leavesOf(parsed.value).find(({ leaf }) => 'attribute' in leaf && leaf.attribute === 'band');
    return (
      banded &&
      refusal('invalid', 'criteria-unsupported', 'No segment goes by bands yet.', `/criteria${banded.pointer}`)
    );
  }
  const [{ pointer, detail } = { pointer: '', detail: 'is not valid' }] = parsed.error;
  return refusal(
    'invalid',
    'criteria-invalid',
    `The criteria can't be read: this part ${detail}.`,
    `/criteria${pointer}`,
  );
};
