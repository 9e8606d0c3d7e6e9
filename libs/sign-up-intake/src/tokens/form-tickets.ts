import type { Clock } from '#libs/kernel';
import type { Digests } from '#libs/privacy';
import { randomBytes } from 'node:crypto';
import { readSigned, signBytes } from './signed-bytes.js';

const PURPOSE = 'sign-up-ticket';
const NONCE_BYTES = 9;
const TIME_BYTES = 6;
/** A page that was left open for longer has to be loaded anew. */
const VALID_MILLISECONDS = 24 * 3_600_000;

export type TicketVerdict = 'fine' | 'too-fast' | 'too-old' | 'forged';

/**
 * Says when somebody was shown a form, so that a program that fills in forms without looking is told from a person who reads
 * and types. It's in no table: its signature is what counts.
 */
export class FormTickets {
  constructor(
    private readonly digests: Digests,
    private readonly clock: Clock,
    private readonly leastMilliseconds: number,
  ) {}

  issue(): string {
    const bytes = Buffer.alloc(NONCE_BYTES + TIME_BYTES, randomBytes(NONCE_BYTES));
    bytes.writeUIntBE(this.clock.now().getTime(), NONCE_BYTES, TIME_BYTES);
    return signBytes(this.digests, PURPOSE, bytes);
  }

  judge(ticket: string): TicketVerdict {
    const bytes = readSigned(this.digests, PURPOSE, ticket);
    if (bytes?.length !== NONCE_BYTES + TIME_BYTES) return 'forged';
    const age = this.clock.now().getTime() - bytes.readUIntBE(NONCE_BYTES, TIME_BYTES);
    if (age > VALID_MILLISECONDS) return 'too-old';
    return age < this.leastMilliseconds ? 'too-fast' : 'fine';
  }
}
