import fc from 'fast-check';
import { placeholder } from './living.js';

const kinds = [
  { name: 'visa', type: 'choice', personal: false, options: ['None needed', 'H-1B'] },
  { name: 'shifts', type: 'multi-choice', personal: false, options: ['Early', 'Night'] },
  { name: 'miles', type: 'number', personal: false },
  { name: 'about', type: 'text', personal: true },
] as const;
/** Mostly of the type of the field. */
const values: Readonly<Record<string, readonly unknown[]>> = {
  visa: ['H-1B', 'none needed', 'O-1'],
  shifts: [['Early'], ['Night', 'early'], []],
  miles: [0, -0.5, 1e300],
  about: [placeholder('secret')],
};

/** Few keys, so that values meet fields that are there; enough that some aren't retired yet. */
const nth = fc.nat(7);

/** What a field is, without what it's called. */
export const customField = fc
  .tuple(fc.constantFrom(...kinds), nth)
  .map(([{ name, ...field }, n]) => ({ ...field, key: `${name}-${n}` }));

/** Values of some fields, by key. */
export const customValues = fc
  .subarray(Object.keys(values), { maxLength: 2 })
  .chain((names) =>
    fc.tuple(
      ...names.map((name) =>
        fc.tuple(nth, fc.constantFrom(...(values[name] ?? []))).map(([n, value]) => [`${name}-${n}`, value] as const),
      ),
    ),
  )
  .map((entries) => Object.fromEntries(entries));
