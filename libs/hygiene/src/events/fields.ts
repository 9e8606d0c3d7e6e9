import { defineEvent } from '#libs/kernel';
import { Type, type Static, type TSchema } from 'typebox';

/** A closed object: an unknown field in an event is a bug of its writer, found on append. */
export const closed = <P extends Parameters<typeof Type.Object>[0]>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });

/** One of a fixed set of words. */
export const oneOf = <const V extends readonly string[]>(values: V) =>
  Type.Unsafe<V[number]>({ type: 'string', enum: [...values] });

/** Opaque ids of users and teams. An `@` is refused, since an address isn't an id. */
export const opaqueId = () => Type.String({ minLength: 1, maxLength: 100, pattern: '^[^@\\s]+$' });

export const uuid = () => Type.String({ format: 'uuid' });
export const instant = () => Type.String({ format: 'date-time' });
export const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** A first version of an event type. */
export const firstVersion = <const T extends string, S extends TSchema>(type: T, schema: S) =>
  defineEvent<T, Static<S>>({ type, version: 1, schema });
