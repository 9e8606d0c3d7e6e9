import { uuidFromBytes } from '#libs/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { createHmac, type Hmac } from 'node:crypto';
import { SECRETS, type Secrets } from './secrets.js';

/** 192 bits in base64url: no two inputs will ever share one. */
const DIGEST_CHARACTERS = 32;

/**
 * Keyed digests (HMAC-SHA-256 under the index key). A plain hash of an email address can be reversed by trying
 * addresses; these can't without the key. `purpose` keeps digests of one value for two uses apart.
 */
@Injectable()
export class Digests {
  constructor(@Inject(SECRETS) private readonly secrets: Secrets) {}

  digest(purpose: string, ...parts: readonly string[]): string {
    // Made as text at once: a Buffer of its own for each cost as much as the digest.
    return this.hmac(purpose, parts).digest('base64url').slice(0, DIGEST_CHARACTERS);
  }

  /** The same parts give the same UUID (version 8). */
  idFrom(purpose: string, ...parts: readonly string[]): string {
    return uuidFromBytes(this.hmac(`id:${purpose}`, parts).digest());
  }

  private hmac(purpose: string, parts: readonly string[]): Hmac {
    const hmac = createHmac('sha256', this.secrets.indexKey);
    // Lengths go in too, or ('ab', 'c') and ('a', 'bc') would be one digest.
    return hmac.update([purpose, ...parts].map((part) => `${Buffer.byteLength(part)}:${part}`).join(''));
  }
}
