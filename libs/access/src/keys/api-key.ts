import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** An API key in its parts. As text: `rk_<id>_<secret>`. */
export interface ApiKeyParts {
  /** Public: it names the caller in metadata and logs, and stays when the secret is rotated. 16 hexadecimal digits. */
  readonly id: string;
  /** 256 random bits in base64url. */
  readonly secret: string;
}

const pattern = /^rk_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;

export const newSecret = (): string => randomBytes(32).toString('base64url');

export const newApiKey = (): ApiKeyParts => ({ id: randomBytes(8).toString('hex'), secret: newSecret() });

export const formatApiKey = ({ id, secret }: ApiKeyParts): string => `rk_${id}_${secret}`;

/** Undefined for what isn't shaped like a key. */
export const parseApiKey = (text: string): ApiKeyParts | undefined => {
  const match = pattern.exec(text);
  return match?.[1] && match[2] ? { id: match[1], secret: match[2] } : undefined;
};

/** SHA-256 suffices for 256 random bits: a slow hash protects passwords, which people choose. */
export const hashSecret = (secret: string): Buffer => hash('sha256', secret, 'buffer');

/** In constant time. */
export const matchesHash = (secret: string, stored: Buffer): boolean => {
  const own = hashSecret(secret);
  return own.length === stored.length && timingSafeEqual(own, stored);
};
