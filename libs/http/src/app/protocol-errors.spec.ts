import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { ProblemError } from '../problems/problem.js';
import { sendProblem } from '../problems/send-problem.js';
import { answerClientError, installProtocolErrors } from './protocol-errors.js';

describe('what is not quite HTTP', () => {
  const server = fastify({ clientErrorHandler: answerClientError, http: { requireHostHeader: false } });

  beforeAll(async () => {
    installProtocolErrors(server, server.server);
    server.setErrorHandler((error: ProblemError, _request, reply) => sendProblem(reply, error));
    server.get('/', () => 'here');
    server.post('/', (_request, reply) => {
      reply.hijack();
      reply.raw.writeHead(200, { 'content-length': '100' }).write('the first half');
    });
    server.addContentTypeParser('text/plain', (_request, payload, done) => done(null, payload));
    await server.listen({ port: 0 });
  });
  afterAll(() => server.close());

  const exchange = (bytes: string): Promise<string> => {
    const socket = connect((server.server.address() as AddressInfo).port);
    socket.write(bytes, 'latin1');
    return text(socket);
  };

  it.each([
    ['a method of its own', 'BREW / HTTP/1.1\r\nHost: a\r\n\r\n', 400, 'malformed-request'],
    ['a raw byte in the address', 'GET /\xff HTTP/1.1\r\nHost: a\r\n\r\n', 400, 'malformed-request'],
    [
      'two lengths',
      'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      400,
      'malformed-request',
    ],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400, 'malformed-request'],
    ['20 kB of headers', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'headers-too-large'],
    ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'malformed-request'],
    ['an expectation', 'GET / HTTP/1.1\r\nHost: a\r\nExpect: wonders\r\n\r\n', 417, 'expectation-failed'],
  ])('is answered with a problem: %s', async (_what, bytes, status, code) => {
    const answer = await exchange(bytes);
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toMatch(/content-type: application\/problem\+json/i);
    expect(JSON.parse(body)).toMatchObject({ type: `urn:rapport:problem:${code}`, status });
    expect(body).not.toMatch(/HPE_|Parse Error/);
  });

  it('breaks an answer off that has begun, and does not write into it', async () => {
    const head = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n';
    const answer = await exchange(`${head}no chunk\r\n`);
    expect(answer.split('HTTP/1.1')).toHaveLength(2);
  });

  it('leaves HTTP/1.0 without a host alone', async () => {
    expect(await exchange('GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 200 [^]*here$/);
  });
});
