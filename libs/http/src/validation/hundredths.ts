import { applyDecorators } from '@nestjs/common';
import { IsNumber, ValidateBy, type ValidationOptions } from 'class-validator';

/** Whether a number has two decimal places at most. */
export const isHundredths = (value: unknown): boolean =>
  typeof value === 'number' && Number.isFinite(value) && Number(value.toFixed(2)) === value;

/** A number with two decimal places at most. class-validator's own check throws for one that's written with an exponent, such as 5e-7. */
export const Hundredths = (options: ValidationOptions = {}): PropertyDecorator =>
  applyDecorators(
    IsNumber({}, options),
    ValidateBy(
      {
        name: 'isHundredths',
        validator: { validate: isHundredths, defaultMessage: () => 'must have two decimal places at most' },
      },
      options,
    ),
  );
