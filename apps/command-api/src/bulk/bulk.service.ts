import { ProblemError, retryAfter } from '#libs/http';
import { LOGGER, type Logger } from '#libs/observability';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { incomingOf } from '../requests/incoming.js';
import { runLine, type BulkSteps, type JsonParser } from './bulk-line.js';
import { NDJSON } from './ndjson.js';
import { ndjsonLines } from './ndjson-lines.js';
import { orderedWindow } from './ordered-window.js';

export const MAX_LINE_BYTES = 1_048_576;
/** Lines that are worked on at once. More gain nothing: the store groups about as many in one commit. */
const WINDOW = { items: 256, bytes: 8 * 1_048_576 };
/**
 * Results kept for a client that sends all before it reads: about 150,000 lines' worth. Beyond that the request waits
 * for the client to read, and a connection on which nothing moves is closed after two minutes.
 */
const HELD_RESULT_BYTES = 32 * 1_048_576;
/** Each may hold a window of lines and a store of results in memory. */
const MAX_BULK_REQUESTS = 8;
const RETRY_SECONDS = 5;

const jsonParser = (request: FastifyRequest): JsonParser => {
  // Fastify's own, which refuses `__proto__` as it does in bodies.
  const parse = request.server.getDefaultJsonParser('error', 'error');
  return (text) => {
    let parsed: unknown;
    void parse(request, text, (error, value) => {
      if (error) throw error;
      parsed = value;
    });
    return parsed;
  };
};

/** Bulk requests: NDJSON in, one result a line out, in order, while the input is still coming. */
@Injectable()
export class BulkService {
  private running = 0;

  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  /** The results as they're to be sent. Throws a 415 or 503 problem before anything is done. */
  run(request: FastifyRequest, steps: Pick<BulkSteps, 'execute' | 'path'>): Readable {
    const { body } = request;
    if (!(body instanceof Readable))
      throw new ProblemError(415, 'unsupported-media-type', { detail: `Send one JSON object a line, as ${NDJSON}.` });
    if (this.running >= MAX_BULK_REQUESTS) {
      throw new ProblemError(503, 'too-many-bulk-requests', {
        detail: `At most ${MAX_BULK_REQUESTS} bulk requests run at once.`,
        headers: retryAfter(RETRY_SECONDS),
      });
    }
    const all = { ...steps, parse: jsonParser(request), incoming: incomingOf(request), logger: this.logger };
    // Read eagerly up to the bound, whether the client reads or not.
    return Readable.from(this.results(body, all), { objectMode: false, highWaterMark: HELD_RESULT_BYTES });
  }

  private async *results(body: Readable, steps: BulkSteps): AsyncGenerator<string> {
    this.running += 1;
    try {
      const lines = ndjsonLines(body, MAX_LINE_BYTES);
      for await (const results of orderedWindow(lines, (line) => runLine(line, steps), WINDOW))
        yield results.map((result) => `${JSON.stringify(result)}\n`).join('');
    } finally {
      this.running -= 1;
    }
  }
}
