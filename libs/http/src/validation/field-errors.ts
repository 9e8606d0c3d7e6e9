import type { ValidationError } from 'class-validator';
import { MAX_ERRORS, type FieldError } from '../problems/problem.js';

const MAX_NAME = 100;

/** A field's name as a part of a pointer (RFC 6901). */
export const escapePointer = (name: string): string =>
  name.slice(0, MAX_NAME).replaceAll('~', '~0').replaceAll('/', '~1');

const detailsOf = ({ constraints = {}, property }: ValidationError): string[] => {
  // class-validator quotes the name of an unknown field; the pointer has it.
  if ('whitelistValidation' in constraints) return ['This field is not known.'];
  return Object.values(constraints).map((text) => text.replaceAll(`property ${property}`, 'this'));
};

const walk = (errors: readonly ValidationError[], path: string): FieldError[] =>
  errors.flatMap((error) => {
    const pointer = `${path}/${escapePointer(error.property)}`;
    return [...detailsOf(error).map((detail) => ({ pointer, detail })), ...walk(error.children ?? [], pointer)];
  });

/** class-validator's tree as a list of pointers. @param root pointer to what was validated */
export const fieldErrors = (errors: readonly ValidationError[], root = ''): FieldError[] =>
  walk(errors, root).slice(0, MAX_ERRORS);
