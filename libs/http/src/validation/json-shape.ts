import type { FieldError } from '../problems/problem.js';
import { escapePointer } from './field-errors.js';

/** Ours go four levels deep. What walks a value recurses, and 20,000 levels, a 40 kB body, were the end of its stack. */
const MAX_DEPTH = 32;

/**
 * What's wrong with a JSON value whatever its DTO: nesting beyond reason, and fields named as what every object
 * inherits (`constructor`, `toString`), which class-transformer passes over without a word.
 */
export const shapeError = (value: unknown, root = ''): FieldError | undefined => {
  const waiting: { readonly value: object; readonly pointer: string; readonly depth: number }[] = [];
  if (typeof value === 'object' && value !== null) waiting.push({ value, pointer: root, depth: 1 });
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { pointer, depth } = next;
    if (depth > MAX_DEPTH) return { pointer: root, detail: `must not be nested more than ${MAX_DEPTH} levels deep` };
    const isList = Array.isArray(next.value);
    for (const [name, child] of Object.entries(next.value) as [string, unknown][]) {
      if (!isList && name in Object.prototype)
        return { pointer: `${pointer}/${escapePointer(name)}`, detail: 'This field is not known.' };
      if (typeof child === 'object' && child !== null)
        waiting.push({ value: child, pointer: `${pointer}/${escapePointer(name)}`, depth: depth + 1 });
    }
  }
  return undefined;
};
