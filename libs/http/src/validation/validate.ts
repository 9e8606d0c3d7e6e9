import { err, ok, type Result } from '#libs/kernel';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { FieldError } from '../problems/problem.js';
import { fieldErrors } from './field-errors.js';
import { shapeError } from './json-shape.js';
import { isSurelyGood } from './quick-check.js';

type Class<T> = new () => T;

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Checks a JSON value against a DTO class. Unknown fields are errors, at every depth; types aren't converted
 * but where the DTO says so.
 * @param root pointer to the value in the request, for the errors
 */
export const validate = <T extends object>(dto: Class<T>, value: unknown, root = ''): Result<T, FieldError[]> => {
  if (!isPlainObject(value)) return err([{ pointer: root, detail: 'This must be a JSON object.' }]);
  const misshapen = shapeError(value, root);
  if (misshapen) return err([misshapen]);
  const instance = plainToInstance(dto, value, { enableCircularCheck: false });
  if (isSurelyGood(instance)) return ok(instance);
  const errors = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    validationError: { target: false, value: false },
  });
  return errors.length === 0 ? ok(instance) : err(fieldErrors(errors, root));
};
