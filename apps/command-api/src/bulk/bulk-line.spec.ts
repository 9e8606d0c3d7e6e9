import { ProblemError } from '#libs/http';
import { ok, err } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import { describe, expect, it } from '@jest/globals';
import type { Incoming } from '../requests/incoming.js';
import { runLine, type BulkSteps, type LineCommand } from './bulk-line.js';

const incoming: Incoming = {
  caller: { keyId: 'k', roles: ['service'], actor: { kind: 'service', id: 'k' } },
  correlationId: 'c-1',
  method: 'POST',
  path: '/v1/candidates/bulk',
  body: undefined,
};
const logged: string[] = [];
const logger = createLogger({ service: 'test', destination: { write: (line) => void logged.push(line) } });
const answer = { id: 'i', revision: 0, position: 'p1-1-1' };

const run = async (
  text: string,
  execute: BulkSteps['execute'] = () => Promise.resolve(answer),
  key?: readonly string[],
) => {
  const seen: LineCommand[] = [];
  const result = await runLine(
    { number: 7, bytes: text.length, text: ok(text) },
    {
      parse: JSON.parse as (text: string) => unknown,
      incoming: { ...incoming, ...(key ? { key } : {}) },
      path: '/v1/candidates',
      execute: (command) => {
        seen.push(command);
        return execute(command);
      },
      logger,
    },
  );
  return { result, command: seen[0] };
};

describe('a bulk line', () => {
  it('is the same command as one that is sent alone', async () => {
    const { result, command } = await run('{"a":1,"idempotencyKey":"k-1"}');
    expect(result).toEqual({ line: 7, status: 201, ...answer });
    expect(command).toEqual({
      body: { a: 1 },
      incoming: { ...incoming, path: '/v1/candidates', body: { a: 1 }, key: ['k-1'] },
    });
  });

  it('is known by its number where one key is for the whole request', async () => {
    expect((await run('{}', undefined, ['all'])).command?.incoming.key).toEqual(['all', 'line 7']);
    expect((await run('{}')).command?.incoming.key).toBeUndefined();
  });

  it.each([
    ['{"a":', 'malformed-json'],
    ['[1]', 'invalid-request'],
    ['{"idempotencyKey":5}', 'invalid-request'],
    ['{"idempotencyKey":"a b"}', 'bad-idempotency-key'],
  ])('that reads %s is a problem and is not executed', async (text, code) => {
    const { result, command } = await run(text);
    expect(result).toMatchObject({ line: 7, status: 400, problem: { type: `urn:rapport:problem:${code}` } });
    expect(command).toBeUndefined();
  });

  it('that is too long is a problem', async () => {
    const line = { number: 1, bytes: 2_000_000, text: err('line-too-long' as const) };
    const steps = { parse: JSON.parse, incoming, path: '', execute: () => Promise.resolve(answer), logger };
    expect(await runLine(line, steps)).toMatchObject({ line: 1, status: 413 });
  });

  it('answers a refusal with its status and a bug with 500, which it logs without the line', async () => {
    const refused = await run('{}', () => Promise.reject(new ProblemError(404, 'candidate-unknown')));
    expect(refused.result).toMatchObject({ status: 404 });
    const broken = await run('{"name":"John"}', () => Promise.reject(new TypeError('broken')));
    expect(broken.result).toMatchObject({ status: 500, problem: { type: 'urn:rapport:problem:internal-error' } });
    const lines = logged.map((line) => JSON.parse(line) as unknown);
    expect(lines).toMatchObject([{ err: { type: 'TypeError' }, correlationId: 'c-1', line: 7 }]);
    expect(logged.join()).not.toContain('John');
  });
});
