import { ProblemError, retryAfter } from '#libs/http';
import { Injectable } from '@nestjs/common';
import { Bulkhead, BulkheadFullError } from '../query-cost/bulkhead.js';
import { EXPORT_CONNECTIONS } from '../query-cost/dear-query.js';

const options = { perCaller: 1, total: EXPORT_CONNECTIONS, waitingPerCaller: 2, waitMilliseconds: 5_000 };
const RETRY_SECONDS = 10;

/** Each export holds a connection for as long as its caller reads: so many run at once. */
@Injectable()
export class ExportSlots {
  private readonly bulkhead = new Bulkhead(options);

  /** Resolves with what has to be called when the export ends. Throws the 429 problem `too-many-exports`. */
  async enter(caller: string): Promise<() => void> {
    try {
      return await this.bulkhead.enter(caller);
    } catch (error) {
      if (!(error instanceof BulkheadFullError)) throw error;
      throw new ProblemError(429, 'too-many-exports', {
        detail: `One export of yours runs at a time, and ${options.total} of all callers. Read one to its end before you ask for more.`,
        headers: retryAfter(RETRY_SECONDS),
      });
    }
  }
}
