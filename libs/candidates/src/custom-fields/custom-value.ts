import { normalise } from '#libs/criteria';
import { err, ok, type Result } from '#libs/kernel';
import { customFieldLimits, type CustomFieldType, type CustomValue } from '../events/custom-field-events.js';

/** What values of a field may be. */
export interface DeclaredValues {
  readonly type: CustomFieldType;
  readonly options?: readonly string[];
}

const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
};

const isUrl = (text: string): boolean => /^https?:\/\//i.test(text) && URL.canParse(text);

const { text: MAX_TEXT, number: MAX_NUMBER } = customFieldLimits;

/** An option as it was declared, however it's written. */
const optionOf = ({ options = [] }: DeclaredValues, given: unknown): string | undefined => {
  if (typeof given !== 'string') return undefined;
  const form = normalise(given);
  return options.find((option) => normalise(option) === form);
};

/** The value as it's stored, or what's expected; never with what came. */
export const customValue = (field: DeclaredValues, given: unknown): Result<CustomValue, string> => {
  switch (field.type) {
    case 'text':
      return typeof given === 'string' && given.length > 0 && given.length <= MAX_TEXT
        ? ok(given)
        : err(`must be a text of up to ${MAX_TEXT} characters`);
    case 'url':
      return typeof given === 'string' && given.length <= MAX_TEXT && isUrl(given)
        ? ok(given)
        : err(`must be an http or https address of up to ${MAX_TEXT} characters`);
    case 'number':
      return typeof given === 'number' && Math.abs(given) <= MAX_NUMBER
        ? // Minus nought is nought.
          ok(given + 0)
        : err(`must be a number between -${MAX_NUMBER} and ${MAX_NUMBER}`);
    case 'date':
      return typeof given === 'string' && isDay(given) ? ok(given) : err('must be a date: YYYY-MM-DD');
    case 'boolean':
      return typeof given === 'boolean' ? ok(given) : err('must be true or false');
    case 'choice': {
      const option = optionOf(field, given);
      return option === undefined ? err('must be one of the declared options') : ok(option);
    }
    case 'multi-choice': {
      const chosen = Array.isArray(given) ? given.map((one) => optionOf(field, one)) : [undefined];
      if (chosen.length === 0 || chosen.includes(undefined)) return err('must be a list of declared options');
      return ok((field.options ?? []).filter((option) => chosen.includes(option)));
    }
  }
};
