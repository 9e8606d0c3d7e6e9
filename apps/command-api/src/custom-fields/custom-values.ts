import { CUSTOM_FIELD_KEY, customFieldLimits, MOST_CUSTOM_FIELDS } from '#libs/candidates';
import { isCleanText, Optional } from '#libs/http';
import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';

const key = new RegExp(CUSTOM_FIELD_KEY);
const isText = (value: unknown): boolean => isCleanText(value) && (value as string).length <= customFieldLimits.text;

const isValue = (value: unknown): boolean =>
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value)) ||
  isText(value) ||
  (Array.isArray(value) && value.length <= customFieldLimits.options && value.every(isText));

const text = { type: 'string', maxLength: customFieldLimits.text } as const;

/** The optional values of custom fields, by key; whether each fits its field is decided with what's declared. */
export const CustomValues = ({ clearable = false } = {}): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({
      type: 'object',
      additionalProperties: {
        oneOf: [text, { type: 'number' }, { type: 'boolean' }, { type: 'array', items: text }],
        nullable: clearable,
      },
      maxProperties: MOST_CUSTOM_FIELDS,
      example: { visa: 'H-1B', 'expected-salary': 140_000 },
      description: `Values of custom fields by their keys, each of the type that was declared.${clearable ? ' Those that are absent stay; null clears.' : ''}`,
    }),
    Optional(),
    ValidateBy({
      name: 'areCustomValues',
      validator: {
        validate: (values: unknown) =>
          typeof values === 'object' &&
          values !== null &&
          !Array.isArray(values) &&
          Object.keys(values).length <= MOST_CUSTOM_FIELDS &&
          Object.entries(values).every(
            ([name, value]) =>
              name.length <= customFieldLimits.key &&
              key.test(name) &&
              (isValue(value) || (clearable && value === null)),
          ),
        defaultMessage: () =>
          `must be an object: keys of custom fields (lower-case words with dashes), and a text, number, true or false, a list of texts${clearable ? ', or null' : ''} for each`,
      },
    }),
  );
