import type { FastifyInstance } from 'fastify';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { ProblemError, PROBLEM_MEDIA_TYPE } from '../problems/problem.js';
import { problemOfStatus } from '../problems/problem-of.js';

const statusByCode: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
};

/** The response that a connection is busy with: what isn't HTTP has none of its own. */
const busyWith = new WeakMap<object, ServerResponse>();

/**
 * Answers what Node's parser refuses, of which the framework never hears, and ends the connection: nobody knows
 * where the next request would begin. In the middle of another answer the connection is only broken off.
 */
export const answerClientError = (error: Error & { readonly code?: string }, socket: Socket): void => {
  const response = busyWith.get(socket);
  const isAnswering = response !== undefined && response.headersSent && !response.writableFinished;
  if (socket.writable && !isAnswering && error.code !== 'ECONNRESET') {
    const problem = problemOfStatus(statusByCode[error.code ?? ''] ?? 400);
    const body = JSON.stringify(problem.toProblem());
    socket.write(
      `HTTP/1.1 ${problem.status} ${problem.toProblem().title}\r\nContent-Type: ${PROBLEM_MEDIA_TYPE}\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n${body}`,
    );
  }
  socket.destroySoon();
};

/** Problems also for what Node would answer with a bare status: no `Host`, and an `Expect` that it doesn't know. */
export const installProtocolErrors = (fastify: FastifyInstance, server: Server): void => {
  fastify.addHook('onRequest', (request, reply, done) => {
    busyWith.set(request.raw.socket, reply.raw);
    const lacksHost = request.raw.httpVersion === '1.1' && request.headers.host === undefined;
    done(
      lacksHost ? new ProblemError(400, 'malformed-request', { detail: 'The request has no Host header.' }) : undefined,
    );
  });
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    const problem = problemOfStatus(417);
    const body = JSON.stringify(problem.toProblem());
    response
      .writeHead(problem.status, {
        'content-type': PROBLEM_MEDIA_TYPE,
        'content-length': Buffer.byteLength(body),
        'cache-control': 'no-store',
        connection: 'close',
      })
      .end(body);
  });
};
