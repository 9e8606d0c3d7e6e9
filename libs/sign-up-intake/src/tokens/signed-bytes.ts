import type { Digests } from '#libs/privacy';
import { timingSafeEqual } from 'node:crypto';

/** Of a digest as text. */
const DIGEST_CHARACTERS = 32;

/** A few bytes and a keyed digest over them, as text for an address or a form. Whoever has no key makes none. */
export const signBytes = (digests: Digests, purpose: string, bytes: Buffer): string => {
  const payload = bytes.toString('base64url');
  return payload + digests.digest(purpose, payload);
};

/** The bytes of a text that was made by `signBytes` for this purpose; else undefined. */
export const readSigned = (digests: Digests, purpose: string, text: string): Buffer | undefined => {
  const payload = text.slice(0, -DIGEST_CHARACTERS);
  const given = Buffer.from(text.slice(-DIGEST_CHARACTERS));
  const made = Buffer.from(digests.digest(purpose, payload));
  return given.length === made.length && timingSafeEqual(given, made) ? Buffer.from(payload, 'base64url') : undefined;
};
