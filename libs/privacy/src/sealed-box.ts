import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Random bytes are drawn for many nonces at once: asking the system for twelve cost as much as the encryption. */
const pool = Buffer.alloc(NONCE_BYTES * 512);
let drawn = pool.length;

/** Each is given once. */
const newNonce = (): Buffer => {
  if (drawn === pool.length) {
    randomFillSync(pool);
    drawn = 0;
  }
  drawn += NONCE_BYTES;
  return Buffer.from(pool.subarray(drawn - NONCE_BYTES, drawn));
};

/**
 * AES-256-GCM with a random 96-bit nonce. `context` is authenticated, not stored: a box that was moved to another
 * context doesn't open. Layout: version (1 byte), nonce (12), tag (16), ciphertext.
 */
export const sealBox = (key: Uint8Array, context: string, plaintext: Uint8Array): Buffer => {
  const nonce = newNonce();
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(context));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), ciphertext]);
};

/** Thrown for a box that was changed, moved, or sealed under another key. */
export class BrokenBoxError extends Error {
  constructor(cause?: unknown) {
    super('A sealed box does not open: it was changed or moved, or its key is another one.', { cause });
    this.name = 'BrokenBoxError';
  }
}

export const openBox = (key: Uint8Array, context: string, box: Uint8Array): Buffer => {
  if (box[0] !== VERSION || box.length < 1 + NONCE_BYTES + TAG_BYTES) throw new BrokenBoxError();
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(1, 1 + NONCE_BYTES));
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(box.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(box.subarray(1 + NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch (error) {
    throw new BrokenBoxError(error);
  }
};
