import { describe, expect, it } from '@jest/globals';
import { correlationIdFrom } from './correlation-id.js';
import { serializeError } from './error-serializer.js';
import { createLogger } from './logger.js';

const logged = (log: (logger: ReturnType<typeof createLogger>) => void): Record<string, unknown>[] => {
  const lines: string[] = [];
  log(createLogger({ service: 'test', destination: { write: (line) => void lines.push(line) } }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
};

describe('the logger', () => {
  it('names service, level and time on every line', () => {
    const [line] = logged((logger) => logger.info('one'));
    expect(line).toMatchObject({
      service: 'test',
      level: 'info',
      msg: 'one',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
    });
  });

  it('removes what is personal or secret by name', () => {
    const [line] = logged((logger) =>
      logger.info({ body: { name: 'John' }, req: { headers: { authorization: 'rk_1' } }, email: 'j@x.org' }, 'm'),
    );
    expect(JSON.stringify(line)).not.toMatch(/John|rk_1|j@x\.org/);
  });

  it.each([
    ['a JSON parser', () => JSON.parse('{"name": John}') as unknown],
    [
      'PostgreSQL',
      () => {
        throw Object.assign(new Error('invalid input: "John"'), { severity: 'ERROR', code: '22P02', detail: 'John' });
      },
    ],
    [
      'an error behind another',
      () => {
        throw new Error('outer', { cause: Object.assign(new Error('John'), { severity: 'ERROR', where: 'John' }) });
      },
    ],
  ])('logs an error of %s without the data that it quotes', (_name, fail) => {
    const [line] = logged((logger) => {
      try {
        fail();
      } catch (error) {
        logger.error({ err: error }, 'failed');
      }
    });
    expect(line).toHaveProperty('err.stack');
    expect(JSON.stringify(line)).not.toContain('John');
  });

  it('keeps type, code, message and cause of other errors', () => {
    const error = Object.assign(new Error('no route', { cause: new TypeError('inner') }), { code: 'EHOSTUNREACH' });
    expect(serializeError(error)).toMatchObject({
      type: 'Error',
      code: 'EHOSTUNREACH',
      message: 'no route',
      cause: { type: 'TypeError', message: 'inner' },
    });
  });
});

describe('a correlation id', () => {
  it.each(['a', '1f0c2a3e-7f0e-4a52-9f6e-0a6f2b8d1c11', 'x'.repeat(64)])('is taken from the caller: %s', (id) => {
    expect(correlationIdFrom(id)).toBe(id);
  });

  it.each([undefined, '', 'a b', 'john@example.com', 'x'.repeat(65), ['a', 'b']])('is made instead of %p', (header) => {
    expect(correlationIdFrom(header)).toMatch(/^[0-9a-f-]{36}$/);
  });
});
