import type { FastifyReply } from 'fastify';
import { PROBLEM_MEDIA_TYPE, type ProblemError } from './problem.js';

/** Answers with a problem, unless an answer has begun: then the connection is broken off, so that half of it doesn't look like a whole one. */
export const sendProblem = (reply: FastifyReply, problem: ProblemError, correlationId?: string): void => {
  // Answered in the meantime, because it took too long.
  if (reply.raw.writableEnded) return;
  if (reply.sent || reply.raw.headersSent) {
    reply.raw.destroy();
    return;
  }
  void reply
    .code(problem.status)
    .headers(problem.headers)
    .header('content-type', PROBLEM_MEDIA_TYPE)
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problem.toProblem(correlationId)));
};
