import { customValue, type CustomField } from '#libs/candidates';
import { err, ok, type Result } from '#libs/kernel';
import { listIn } from './list-in.js';

const truths = new Map([
  ['true', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['0', false],
]);

/** What a cell says in the terms of a field; text that can't be that stays text, which the field then refuses. */
const meant = (field: CustomField, cell: string): unknown => {
  switch (field.type) {
    case 'number':
      return /^-?\d+([.]\d+)?$/.test(cell) ? Number(cell) : cell;
    case 'boolean':
      return truths.get(cell.toLowerCase()) ?? cell;
    case 'multi-choice':
      // An option may have a comma in it.
      return customValue(field, [cell]).ok ? [cell] : listIn(cell);
    default:
      return cell;
  }
};

/** The value of a custom field that a cell holds, or what the field expects; never with what's in the cell. */
export const customCell = (field: CustomField, cell: string): Result<unknown, string> => {
  const value = customValue(field, meant(field, cell));
  if (value.ok) return ok(value.value);
  return err(field.type === 'boolean' ? 'must be true, yes, 1, false, no or 0' : value.error);
};
