import { NewerEventError } from '#libs/event-store';
import { createLogger } from '#libs/observability';
import { describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import type { ArgumentsHost } from '@nestjs/common';
import { ProblemFilter } from './problem-filter.js';

/** Answers a request with what the filter makes of that error; gives the answer and what was logged. */
const answered = async (error: unknown) => {
  const lines: string[] = [];
  const logger = createLogger({ service: 'test', destination: { write: (line) => void lines.push(line) } });
  const filter = new ProblemFilter(logger);
  const server = fastify();
  server.get('/', (request, reply) => {
    const http = { getRequest: () => request, getResponse: () => reply };
    filter.catch(error, { switchToHttp: () => http } as unknown as ArgumentsHost);
  });
  const response = await fetch(await server.listen({ port: 0, host: '127.0.0.1' }));
  const body: unknown = await response.json();
  await server.close();
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body, log: lines.join('') };
};

describe('the filter of problems', () => {
  it('tells a bug in the log, with its stack, and not the caller', async () => {
    const { status, log } = await answered(new Error('of the house'));
    expect(status).toBe(500);
    expect(log).toMatch(/"level":"error".*problem-filter\.spec.*"unexpected error"/);
  });

  it('answers what only a newer release can decide on with 503, and tells the operator the type of event', async () => {
    const newer = new NewerEventError('person.teleported', 'unknown event type person.teleported');
    const { status, retryAfter, body, log } = await answered(newer);
    expect([status, retryAfter]).toEqual([503, '30']);
    expect(body).toMatchObject({ type: expect.stringMatching(/newer-release-needed$/), status: 503 });
    expect(JSON.stringify(body)).not.toContain('teleported');
    expect(log).toMatch(/"level":"warn".*unknown event type person\.teleported/);
  });

  it.each(['40P01', '40001', '55P03', '25P03', '25006'])(
    'answers what PostgreSQL refuses for the moment only (%s) with 503, and when to come again',
    async (code) => {
      const passing = Object.assign(new Error('not now'), { code });
      const { status, retryAfter, body } = await answered(passing);
      expect([status, retryAfter]).toEqual([503, '2']);
      expect(body).toMatchObject({ type: expect.stringMatching(/:unavailable$/) });
    },
  );

  it('answers a statement that took longer than it may with 503, and that less should be asked for', async () => {
    const { status, body } = await answered(Object.assign(new Error('cancelled'), { code: '57014' }));
    expect(status).toBe(503);
    expect(body).toMatchObject({ type: expect.stringMatching(/query-too-expensive$/) });
  });

  it('takes a caller who went away in the middle for no bug', async () => {
    const { log } = await answered(Object.assign(new Error('Premature close'), { code: 'ERR_STREAM_PREMATURE_CLOSE' }));
    expect(log).toMatch(/"level":"info".*went away/);
    expect(log).not.toContain('unexpected error');
  });
});
