import { decodePosition, type LogPosition } from '#libs/kernel';
import { ValidateBy } from 'class-validator';

/** The log counts in 64 bits with a sign. */
const MAX = 2n ** 63n - 1n;

/** The position that a token names; undefined for what no command can have answered with. */
export const positionOf = (token: unknown): LogPosition | undefined => {
  const position = typeof token === 'string' ? decodePosition(token) : undefined;
  return position && position.commit <= MAX && position.prepare <= MAX ? position : undefined;
};

/** A string that `positionOf` reads. */
export const IsPositionToken = (): PropertyDecorator =>
  ValidateBy({
    name: 'isPositionToken',
    validator: {
      validate: (value: unknown) => positionOf(value) !== undefined,
      defaultMessage: () => 'must be one position token, as a command answered with it',
    },
  });
