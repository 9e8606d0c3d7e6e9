import { defineEvent, type Upcaster } from '#libs/kernel';
import { Type, type Static, type TSchema } from 'typebox';

/** A closed object: an unknown field in an event is a bug of its writer, found on append. */
export const closed = <P extends Parameters<typeof Type.Object>[0]>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });

/** One of a fixed set of words. */
export const oneOf = <const V extends readonly string[]>(values: V) =>
  Type.Unsafe<V[number]>({ type: 'string', enum: [...values] });

/** Stored in the clear: words that say nothing about one person. */
export const word = (maxLength = 200) => Type.String({ minLength: 1, maxLength });

/** Opaque ids of things and of users. An `@` is refused, since an address isn't an id. */
export const opaqueId = () => Type.String({ minLength: 1, maxLength: 100, pattern: '^[^@\\s]+$' });

export const identity = (maxLength = 200) => Type.String({ minLength: 1, maxLength, privacy: 'identity' });
export const contact = (maxLength = 500) => Type.String({ minLength: 1, maxLength, privacy: 'contact' });
export const narrative = (maxLength = 20_000) => Type.String({ minLength: 1, maxLength, privacy: 'narrative' });
export const technical = (maxLength = 2_000) => Type.String({ minLength: 1, maxLength, privacy: 'technical' });

/** A first version of an event type. */
export const firstVersion = <const T extends string, S extends TSchema>(type: T, schema: S) =>
  defineEvent<T, Static<S>>({ type, version: 1, schema });

/** A type that changed: `upcasters[1]` makes version 2 of version 1, and so on; the newest version is the one after the last. */
export const laterVersion = <const T extends string, S extends TSchema>(
  type: T,
  schema: S,
  upcasters: Readonly<Record<number, Upcaster>>,
) => defineEvent<T, Static<S>>({ type, version: Object.keys(upcasters).length + 1, schema, upcasters });

/** For a version that only knows more: what was written before it says nothing of that, and stays as it is. */
export const unchanged: Upcaster = (data) => ({ ...data });
