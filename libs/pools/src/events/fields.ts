import { defineEvent } from '#libs/kernel';
import { Type, type Static, type TSchema } from 'typebox';

/** A closed object: an unknown field in an event is a bug of its writer, found on append. */
export const closed = <P extends Parameters<typeof Type.Object>[0]>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });

/** One of a fixed set of words. */
export const oneOf = <const V extends readonly string[]>(values: V) =>
  Type.Unsafe<V[number]>({ type: 'string', enum: [...values] });

export const uuid = () => Type.String({ format: 'uuid' });

/** Stored in the clear: words that say nothing about one person. */
export const word = (maxLength = 200) => Type.String({ minLength: 1, maxLength });

/** From the business's list: stored in the clear, so it has no room for more. */
export const code = () => Type.String({ maxLength: 60, pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' });

/** Opaque ids of users and teams. An `@` is refused, since an address isn't an id. */
export const opaqueId = () => Type.String({ minLength: 1, maxLength: 100, pattern: '^[^@\\s]+$' });

export const narrative = (maxLength = 2_000) => Type.String({ minLength: 1, maxLength, privacy: 'narrative' });

export const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** A first version of an event type. */
export const firstVersion = <const T extends string, S extends TSchema>(type: T, schema: S) =>
  defineEvent<T, Static<S>>({ type, version: 1, schema });
