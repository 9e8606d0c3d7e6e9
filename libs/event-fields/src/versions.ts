import { defineEvent, type Upcaster } from '#libs/kernel';
import type { Static, TSchema } from 'typebox';

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
