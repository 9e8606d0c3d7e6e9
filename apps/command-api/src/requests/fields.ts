import { Optional, Text } from '#libs/http';
import { applyDecorators } from '@nestjs/common';
import { IsNumber, Matches, Max, Min } from 'class-validator';

/** The longest free text, in characters: as the events have it. */
export const MAX_TEXT = 20_000;

/** An opaque id of a thing or a user. An address isn't an id: it would lie in the log in the clear. */
export const OpaqueId = (): PropertyDecorator =>
  applyDecorators(
    Text(100),
    Matches(/^[^@\s]+$/, { message: 'must be an opaque id: no "@", no blanks. An email address is not an id' }),
  );

/** Years, with fractions. */
export const Years = (): PropertyDecorator =>
  applyDecorators(IsNumber({ allowNaN: false, allowInfinity: false }), Min(0), Max(80));

/** Absent, or text of 1 to `max` characters. */
export const OptionalText = (max: number): PropertyDecorator => applyDecorators(Optional(), Text(max));
export const OptionalOpaqueId = (): PropertyDecorator => applyDecorators(Optional(), OpaqueId());

/** A code from the business's list, such as `not-interested`: it has no room for anything about a person. */
export const CODE = /^[a-z0-9]+(-[a-z0-9]+)*$/;
export const OptionalCode = (): PropertyDecorator =>
  applyDecorators(
    Optional(),
    Text(60),
    Matches(CODE, { message: 'must be a code: lower-case words with dashes, such as not-interested' }),
  );
