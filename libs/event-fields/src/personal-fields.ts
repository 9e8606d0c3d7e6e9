import { Type } from 'typebox';

/** Names, photo, birth date: sealed under the person's key for them. */
export const identity = (maxLength = 200) => Type.String({ minLength: 1, maxLength, privacy: 'identity' });

/** Email, phone, postal address, profile URLs: sealed likewise. */
export const contact = (maxLength = 500) => Type.String({ minLength: 1, maxLength, privacy: 'contact' });

/** Whatever somebody wrote freely: sealed likewise. */
export const narrative = (maxLength = 20_000) => Type.String({ minLength: 1, maxLength, privacy: 'narrative' });

/** IP address, user agent, raw provider payloads, clicked URLs: sealed likewise. */
export const technical = (maxLength = 2_000) => Type.String({ minLength: 1, maxLength, privacy: 'technical' });
