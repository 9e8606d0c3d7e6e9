import { leavesOf, type Criteria, type CriteriaProblem, type CustomLeaf } from '#libs/criteria';
import { customValue, type DeclaredValues } from './custom-value.js';

type Declared = DeclaredValues & { readonly personal: boolean };

const problemsOf = (leaf: CustomLeaf, field: Declared | undefined, at: string): CriteriaProblem[] => {
  if (!field) return [{ pointer: `${at}/custom`, detail: 'must be the key of a declared custom field' }];
  if (field.personal) return [{ pointer: `${at}/custom`, detail: 'is personal, and nobody is found by that' }];
  const { is = [], atLeast, below } = leaf;
  const bound = atLeast ?? below;
  if (bound !== undefined && field.type !== (typeof bound === 'number' ? 'number' : 'date'))
    return [
      {
        pointer: `${at}/${atLeast === undefined ? 'below' : 'atLeast'}`,
        detail: `is a ${typeof bound === 'number' ? 'number' : 'date'}, and the type of the field is ${field.type}`,
      },
    ];
  const single = field.type === 'multi-choice' ? ({ ...field, type: 'choice' } as const) : field;
  return is.flatMap((value, n) => {
    const read = customValue(single, value);
    return read.ok ? [] : [{ pointer: `${at}/is/${n}`, detail: read.error }];
  });
};

/** What's wrong with criteria about custom fields, given those that are declared; retired ones may be asked for. */
export const customFieldProblems = (
  criteria: Criteria,
  declared: ReadonlyMap<string, Declared>,
): readonly CriteriaProblem[] =>
  leavesOf(criteria).flatMap(({ leaf, pointer }) =>
    'custom' in leaf ? problemsOf(leaf, declared.get(leaf.custom), pointer) : [],
  );

/** Whether criteria ask for any custom field. */
export const asksCustomFields = (criteria: Criteria): boolean =>
  leavesOf(criteria).some(({ leaf }) => 'custom' in leaf);
