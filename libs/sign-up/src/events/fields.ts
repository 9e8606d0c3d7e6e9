import { defineEvent } from '#libs/kernel';
import { Type, type Static, type TSchema } from 'typebox';

/** A closed object: an unknown field in an event is a bug of its writer, found on append. */
export const closed = <P extends Parameters<typeof Type.Object>[0]>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });

/** Stored in the clear: what a form says to everybody. */
export const word = (maxLength: number) => Type.String({ minLength: 1, maxLength });

/** From the business's list. */
export const code = () => Type.String({ maxLength: 60, pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' });

export const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** A first version of an event type. */
export const firstVersion = <const T extends string, S extends TSchema>(type: T, schema: S) =>
  defineEvent<T, Static<S>>({ type, version: 1, schema });
