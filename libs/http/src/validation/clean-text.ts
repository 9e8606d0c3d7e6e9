import { isWritable } from '#libs/kernel';
import { applyDecorators } from '@nestjs/common';
import { IsString, MaxLength, ValidateBy, type ValidationOptions } from 'class-validator';

/**
 * Text that every store takes as it is: PostgreSQL has no NUL character, UTF-8 no lone surrogate. An event with
 * either would stop projections.
 */
export const isCleanText = (value: unknown): boolean =>
  typeof value === 'string' && isWritable(value) && value.trim() !== '';

/** A string of 1 to `max` characters that isn't blank, with no NUL and no broken Unicode. */
export const Text = (max: number, options: ValidationOptions = {}): PropertyDecorator =>
  applyDecorators(
    IsString(options),
    MaxLength(max, options),
    ValidateBy(
      {
        name: 'isCleanText',
        validator: {
          validate: isCleanText,
          defaultMessage: () => 'must hold something but blanks, and neither NUL nor broken Unicode',
        },
      },
      options,
    ),
  );
