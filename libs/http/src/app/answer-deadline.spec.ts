import { afterEach, describe, expect, it } from '@jest/globals';
import fastify, { type FastifyInstance } from 'fastify';
import { once } from 'node:events';
import { connect } from 'node:net';
import { PassThrough } from 'node:stream';
import { installAnswerDeadline } from './answer-deadline.js';
import { problemOf } from '../problems/problem-of.js';
import { sendProblem } from '../problems/send-problem.js';

describe('An answer', () => {
  let app: FastifyInstance;
  let release: () => void = () => undefined;
  let content: PassThrough;

  const start = async (options: { withinMilliseconds?: number; mostRequests?: number }): Promise<string> => {
    app = fastify();
    content = new PassThrough();
    app.setErrorHandler((error, _, reply) => {
      const problem = problemOf(error);
      if (problem) sendProblem(reply, problem);
    });
    installAnswerDeadline(app, options);
    app.get('/hangs', async () => {
      await new Promise<void>((resolve) => (release = resolve));
      return { late: true };
    });
    app.get('/quick', () => ({ quick: true }));
    app.get('/streams', (_, reply) => reply.type('text/plain').send(content));
    app.addContentTypeParser('application/x-ndjson', { parseAs: 'string' }, (_, body, done) => done(null, body));
    app.post('/takes', () => ({ taken: true }));
    app.get('/lines', { config: { streamed: true } }, async () => (await content.toArray()).join(''));
    return app.listen({ port: 0, host: '127.0.0.1' });
  };

  afterEach(async () => {
    release();
    await app.close();
  });

  it('that takes too long is a 503 that says when to come back, and the late one does no harm', async () => {
    const url = await start({ withinMilliseconds: 30 });
    const answer = await fetch(`${url}/hangs`);
    expect({ status: answer.status, retry: answer.headers.get('retry-after') }).toEqual({ status: 503, retry: '2' });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    await answer.text();
    release();
    expect(await (await fetch(`${url}/quick`)).json()).toEqual({ quick: true });
  });

  it('is not waited for by whoever sends a body too slowly, and the connection is gone then', async () => {
    const url = new URL(await start({ withinMilliseconds: 30 }));
    const socket = connect(Number(url.port), url.hostname);
    socket.write(
      'POST /takes HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nContent-Length: 100\r\n\r\n[',
    );
    const chunks: Buffer[] = await socket.toArray();
    const answer = Buffer.concat(chunks).toString();
    expect(answer).toMatch(/^HTTP\/1.1 503 /);
    expect(answer.toLowerCase()).toContain('connection: close');
  });

  it('of a streamed route takes as long as its lines do', async () => {
    const url = await start({ withinMilliseconds: 30 });
    const late = fetch(`${url}/lines`);
    // By the time that this one has taken too long, the other has too.
    expect((await fetch(`${url}/hangs`)).status).toBe(503);
    content.end('line');
    expect(await (await late).text()).toBe('line');
  });

  it('that has begun in time may take longer', async () => {
    const url = await start({ withinMilliseconds: 30 });
    content.write('begun, ');
    const answer = await fetch(`${url}/streams`);
    // By the time that a later one has taken too long, this one has too.
    expect((await fetch(`${url}/hangs`)).status).toBe(503);
    content.end('and ended');
    expect(await answer.text()).toBe('begun, and ended');
  });

  it('is a 503 at once where too many requests wait, until one of them has gone', async () => {
    const url = await start({ withinMilliseconds: 10_000, mostRequests: 1 });
    const arrived = once(app.server, 'request');
    const first = fetch(`${url}/hangs`);
    await arrived;
    const refused = await fetch(`${url}/quick`);
    expect({ status: refused.status, retry: refused.headers.get('retry-after') }).toEqual({ status: 503, retry: '2' });
    release();
    expect(await (await first).json()).toEqual({ late: true });
    expect((await fetch(`${url}/quick`)).status).toBe(200);
  });
});
