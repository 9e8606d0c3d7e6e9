import { Type, type Static, type TSchema } from 'typebox';
import { Check } from 'typebox/value';

/** An instant of a place, in ISO 8601. */
export const cursorInstant = () => Type.Refine(Type.String(), (text) => !Number.isNaN(Date.parse(text)));

/** An id of a place, in lower case. */
export const cursorUuid = () => Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });

/** The place in a list where a page ended, as an address can carry it: base64url of its JSON. It hides nothing. */
export const encodeCursor = (place: unknown): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** The place that a cursor names. Undefined for what no page of a list with such places ended with. */
export const decodeCursor = <S extends TSchema>(place: S, cursor: string): Static<S> | undefined => {
  const found = parsed(Buffer.from(cursor, 'base64url').toString('utf8'));
  return Check(place, found) ? found : undefined;
};

/** Undefined for what isn't JSON. */
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
