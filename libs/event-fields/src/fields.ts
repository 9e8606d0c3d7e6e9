import { Type, type TSchema } from 'typebox';

/** A closed object: an unknown field in an event is a bug of its writer, found on append. */
export const closed = <P extends Parameters<typeof Type.Object>[0]>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });

/** One of a fixed set of words. */
export const oneOf = <const V extends readonly string[]>(values: V) =>
  Type.Unsafe<V[number]>({ type: 'string', enum: [...values] });

/** In an event that tells what changed, null clears. */
export const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** Stored in the clear: words that say nothing about one person. */
export const word = (maxLength = 200) => Type.String({ minLength: 1, maxLength });

/** From the business's list: stored in the clear, so it has no room for more. */
export const code = () => Type.String({ maxLength: 60, pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' });

/** Opaque ids of users, teams and things. An `@` is refused, since an address isn't an id. */
export const opaqueId = () => Type.String({ minLength: 1, maxLength: 100, pattern: '^[^@\\s]+$' });

export const uuid = () => Type.String({ format: 'uuid' });

/** RFC 3339. */
export const instant = () => Type.String({ format: 'date-time' });

/** A place in the log, as `encodePosition` writes it. */
export const position = () => Type.String({ pattern: '^p1-\\d{1,20}-\\d{1,20}$' });
