import type { FastifyInstance, FastifyReply } from 'fastify';
import { retryAfter } from '../headers/retry-after.js';
import { ProblemError } from '../problems/problem.js';
import { sendProblem } from '../problems/send-problem.js';

/** Two seconds more than a query may take in PostgreSQL, and more than all tries of an append together. */
export const ANSWER_MILLISECONDS = 12_000;
/** Requests in work at once; each holds a body of at most 1 MiB. Those beyond are answered at once. */
export const MOST_REQUESTS = 2_000;
const RETRY_SECONDS = 2;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route answers line by line, for as long as whoever calls it sends lines; each has its own outcome. */
    streamed?: boolean;
  }
}

const unavailable = (detail: string): ProblemError =>
  new ProblemError(503, 'unavailable', { detail, headers: retryAfter(RETRY_SECONDS) });

/**
 * Begins to answer every request in time, whatever it waits for: a server that's away must not make callers hang, nor make
 * what they asked pile up here. What's under way goes on; a command that's sent again with its key isn't done twice.
 */
export const installAnswerDeadline = (
  fastify: FastifyInstance,
  { withinMilliseconds = ANSWER_MILLISECONDS, mostRequests = MOST_REQUESTS } = {},
): void => {
  const deadlines = new Map<FastifyReply, NodeJS.Timeout | undefined>();
  const end = (reply: FastifyReply): void => {
    clearTimeout(deadlines.get(reply));
    deadlines.delete(reply);
  };
  fastify.addHook('onRequest', (request, reply, done) => {
    if (deadlines.size >= mostRequests) {
      done(unavailable('More requests are waiting than this process takes. Send the same request again later.'));
      return;
    }
    const deadline = request.routeOptions.config.streamed
      ? undefined
      : setTimeout(() => {
          // What has begun is for whoever sends it to bound: an export takes longer.
          if (reply.raw.headersSent) return;
          // What's still being sent isn't waited for any more, nor kept.
          if (!request.raw.complete) void reply.header('connection', 'close');
          sendProblem(reply, unavailable('The answer took too long. Send the same request again later.'), request.id);
        }, withinMilliseconds);
    deadlines.set(reply, deadline);
    // However it ends: answered, or given up by the caller.
    reply.raw.once('close', () => end(reply));
    done();
  });
};
