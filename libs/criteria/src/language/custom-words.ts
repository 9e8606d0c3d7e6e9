import { normalise } from './words.js';

/**
 * A value of a custom field in the form in which values are compared: an option or a date normalised, a number or a truth value
 * as what no normalised text is.
 */
export const customWord = (value: string | number | boolean): string =>
  typeof value === 'string' ? normalise(value) : `=${value}`;

/** That there's a value; no value has this form. */
export const ANY_CUSTOM_VALUE = '=';
