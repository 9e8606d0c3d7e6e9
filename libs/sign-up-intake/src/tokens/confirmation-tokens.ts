import type { Digests } from '#libs/privacy';
import { readSigned, signBytes } from './signed-bytes.js';

const PURPOSE = 'sign-up-confirmation';
const ID_BYTES = 16;

/** Which submission a link is about, and how long it counts. */
export interface ReadToken {
  readonly signUpId: string;
  readonly expiresAt: Date;
}

/** The token of a confirmation's link: the submission's random id and an end, signed. Nothing in it is about anybody. */
export const confirmationToken = (digests: Digests, { signUpId, expiresAt }: ReadToken): string => {
  const bytes = Buffer.alloc(ID_BYTES + 4);
  bytes.write(signUpId.replaceAll('-', ''), 'hex');
  bytes.writeUInt32BE(Math.floor(expiresAt.getTime() / 1_000), ID_BYTES);
  return signBytes(digests, PURPOSE, bytes);
};

/** Undefined for one that wasn't made here. */
export const readConfirmationToken = (digests: Digests, token: string): ReadToken | undefined => {
  const bytes = readSigned(digests, PURPOSE, token);
  if (bytes?.length !== ID_BYTES + 4) return undefined;
  const hex = bytes.toString('hex', 0, ID_BYTES);
  const signUpId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { signUpId, expiresAt: new Date(bytes.readUInt32BE(ID_BYTES) * 1_000) };
};
