import { uuidFromBytes } from '#libs/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { createHmac } from 'node:crypto';
import { SECRETS, type Secrets } from './secrets.js';

/** 192 bits: no two inputs will ever share one, and it's 32 characters in base64url. */
const DIGEST_BYTES = 24;

/**
 * Keyed digests (HMAC-SHA-256 under the index key). A plain hash of an email address can be reversed by trying
 * addresses; these can't without the key. `purpose` keeps digests of one value for two uses apart.
 */
@Injectable()
export class Digests {
  constructor(@Inject(SECRETS) private readonly secrets: Secrets) {}

  digest(purpose: string, ...parts: readonly string[]): string {
    return this.hmac(purpose, parts).subarray(0, DIGEST_BYTES).toString('base64url');
  }

  /** The same parts give the same UUID (version 8). */
  idFrom(purpose: string, ...parts: readonly string[]): string {
    return uuidFromBytes(this.hmac(`id:${purpose}`, parts));
  }

  private hmac(purpose: string, parts: readonly string[]): Buffer {
    const hmac = createHmac('sha256', this.secrets.indexKey);
    // Lengths go in too, or ('ab', 'c') and ('a', 'bc') would be one digest.
    return hmac.update([purpose, ...parts].map((part) => `${Buffer.byteLength(part)}:${part}`).join('')).digest();
  }
}
