import { applyDecorators } from '@nestjs/common';
import { ValidateBy, ValidateIf } from 'class-validator';

interface Identifiable {
  readonly name?: unknown;
  readonly contactPoints?: unknown;
  readonly externalIds?: unknown;
}

const hasSome = (list: unknown): boolean => Array.isArray(list) && list.length > 0;

/** On the optional name: it may be absent only where a contact point or an external id says who it is. */
export const IsIdentified = (): PropertyDecorator =>
  applyDecorators(
    ValidateIf(
      ({ name, contactPoints, externalIds }: Identifiable) =>
        name !== undefined || !(hasSome(contactPoints) || hasSome(externalIds)),
    ),
    ValidateBy({
      name: 'isIdentified',
      validator: {
        validate: (name: unknown) => name !== undefined,
        defaultMessage: () => 'a name, a contact point or an external id is needed',
      },
    }),
  );
