import { BrokenBoxError, openBox, sealBox, SECRETS, type Secrets } from '#libs/privacy';
import { Inject, Injectable } from '@nestjs/common';
import { hkdfSync } from 'node:crypto';
import { badCursor } from './problems.js';

const KEY_BYTES = 32;

/**
 * Cursors of lists that a GET asks for, where a place in their order says something of a person: in an order by name it's a
 * name, and addresses are what proxies and browsers write down. What one process sealed, every other one with the same
 * `index.key` opens.
 */
@Injectable()
export class SealedCursors {
  private readonly key: Buffer;

  constructor(@Inject(SECRETS) { indexKey }: Secrets) {
    this.key = Buffer.from(hkdfSync('sha256', indexKey, '', 'cursors of the query API', KEY_BYTES));
  }

  /** @param list what the cursor is of: for another list it doesn't open */
  seal(cursor: string | null, list: string): string | null {
    return cursor === null ? null : sealBox(this.key, list, Buffer.from(cursor)).toString('base64url');
  }

  /** Throws 400 `bad-cursor`. */
  open(sealed: string | undefined, list: string): string | undefined {
    if (sealed === undefined) return undefined;
    try {
      return openBox(this.key, list, Buffer.from(sealed, 'base64url')).toString('utf8');
    } catch (error) {
      if (error instanceof BrokenBoxError) throw badCursor();
      throw error;
    }
  }
}
