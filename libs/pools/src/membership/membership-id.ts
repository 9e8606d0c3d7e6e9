import { uuidFromBytes } from '#libs/kernel';
import { createHash } from 'node:crypto';

/** Of the stream of a person in a pool: always the same for the two, and made of opaque ids, so that it needs no key. */
export const membershipId = (poolId: string, candidateId: string): string =>
  uuidFromBytes(createHash('sha256').update(`membership ${poolId} ${candidateId}`).digest());
