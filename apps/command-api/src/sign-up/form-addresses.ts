import { Text } from '#libs/http';
import { formLimits } from '#libs/sign-up';
import { applyDecorators } from '@nestjs/common';
import { ArrayMaxSize, ArrayUnique, IsArray, ValidateBy } from 'class-validator';

/** No blanks or control characters: a URL parser strips line breaks, so that what's stored would be another address than what's checked. */
const webAddress = /^https?:\/\/[^\s\p{Cc}]+$/u;
const isWebAddress = (value: unknown): boolean =>
  typeof value === 'string' && webAddress.test(value) && URL.canParse(value) && new URL(value).username === '';
const isOrigin = (value: unknown): boolean => isWebAddress(value) && new URL(value as string).origin === value;

/** An address on the web, without a user's name in it. */
export const WebAddress = (): PropertyDecorator =>
  applyDecorators(
    Text(formLimits.url),
    ValidateBy({
      name: 'isWebAddress',
      validator: { validate: isWebAddress, defaultMessage: () => 'must be an http(s) address without blanks' },
    }),
  );

/** A list of `https://careers.example`: scheme, host and port as browsers send them. */
export const Origins = (): PropertyDecorator =>
  applyDecorators(
    IsArray(),
    ArrayMaxSize(formLimits.origins),
    ArrayUnique(),
    Text(formLimits.url, { each: true }),
    ValidateBy(
      {
        name: 'isOrigin',
        validator: { validate: isOrigin, defaultMessage: () => 'must be an origin, such as https://careers.example' },
      },
      { each: true },
    ),
  );
