import { createAdapter, HttpModule } from '#libs/http';
import { createLogger, installRequestLog, Metrics, ObservabilityModule } from '#libs/observability';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller, HttpCode, Post, Req, StreamableFile } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { FastifyRequest } from 'fastify';
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { LineCommand } from './bulk-line.js';
import { BulkService } from './bulk.service.js';
import { acceptNdjson, NDJSON } from './ndjson.js';

let running = 0;
let mostRunning = 0;
let finish: (() => void)[] = [];
let held = false;

/** Takes a turn of the event loop, or waits until it's let go; counts how many run at once. */
const execute = async ({ body }: LineCommand): Promise<{ id: string; revision: number; position: string }> => {
  running += 1;
  mostRunning = Math.max(mostRunning, running);
  await new Promise<void>((resolve) => (held ? finish.push(resolve) : setImmediate(resolve)));
  running -= 1;
  return { id: String((body as { id: unknown }).id), revision: 0, position: 'p1-1-1' };
};

/** Lines of 60 kB that fit into a window of 8 MiB. */
const FITTING = Math.floor((8 * 1_048_576) / Buffer.byteLength(`{"id":100,"text":"${'x'.repeat(60_000)}"}`));

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const settled = async (): Promise<void> => {
  for (let i = 0; i < 100; i++) await turn();
};
/** Waits for a state; gives up after ten seconds. */
const until = async (reached: () => boolean): Promise<void> => {
  for (const end = Date.now() + 10_000; !reached(); await turn()) if (Date.now() > end) throw new Error('Not reached.');
};

@Controller()
class BulkRoute {
  constructor(private readonly bulk: BulkService) {}

  @Post('bulk')
  @HttpCode(200)
  run(@Req() request: FastifyRequest): StreamableFile {
    return new StreamableFile(this.bulk.run(request, { path: '/one', execute }), { type: NDJSON });
  }
}

describe('a bulk request', () => {
  let app: NestFastifyApplication;
  let port: string;

  beforeEach(async () => {
    running = mostRunning = 0;
    held = false;
    finish = [];
    const logger = createLogger({ service: 'test', level: 'silent' });
    const module = await Test.createTestingModule({
      imports: [
        ObservabilityModule.forRoot(logger),
        HttpModule.forRoot({ readiness: { inject: [], checks: () => [] } }),
      ],
      controllers: [BulkRoute],
      providers: [BulkService],
    }).compile();
    app = module.createNestApplication<NestFastifyApplication>(createAdapter(), { logger: false });
    const fastify = app.getHttpAdapter().getInstance();
    installRequestLog(fastify, logger, app.get(Metrics));
    acceptNdjson(app);
    fastify.addHook('preHandler', (request, _reply, done) => {
      request.caller = { keyId: 'k', roles: ['service'], actor: { kind: 'service', id: 'k' } };
      done();
    });
    await app.listen(0, '127.0.0.1');
    port = new URL(await app.getUrl()).port;
  });
  afterEach(() => app.close());

  const open = (headers: Record<string, string> = { 'content-type': NDJSON }): ClientRequest =>
    httpRequest({ port, host: '127.0.0.1', method: 'POST', path: '/bulk', headers });
  const responseOf = async (request: ClientRequest): Promise<IncomingMessage> => {
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return response;
  };
  const resultsOf = async (response: IncomingMessage): Promise<{ line: number; status: number; id?: string }[]> => {
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks)
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { line: number; status: number; id?: string });
  };

  it('gives one result a line, in order, and goes on after bad lines', async () => {
    const request = open();
    request.end('{"id":1}\nnot json\n\n{"id":3,"__proto__":{}}\n{"id":4}');
    const response = await responseOf(request);
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe(NDJSON);
    expect((await resultsOf(response)).map(({ line, status, id }) => [line, status, id])).toEqual([
      [1, 201, '1'],
      [2, 400, undefined],
      [4, 400, undefined],
      [5, 201, '4'],
    ]);
  });

  it('answers lines while the input is still open', async () => {
    const request = open();
    request.write('{"id":1}\n');
    const response = await responseOf(request);
    const [first] = (await once(response, 'data')) as [Buffer];
    expect(JSON.parse(first.toString())).toMatchObject({ line: 1, id: '1' });
    request.end('{"id":2}\n');
    expect(await resultsOf(response)).toMatchObject([{ line: 2, id: '2' }]);
  });

  it('lets a client send all before it reads anything', async () => {
    const lines = 100_000;
    const request = open();
    const answered = responseOf(request);
    request.end(Array.from({ length: lines }, (_, i) => `{"id":${i + 1}}\n`).join(''));
    await once(request, 'finish');
    const results = await resultsOf(await answered);
    expect(results).toHaveLength(lines);
    expect(results.every(({ line, id }, i) => line === i + 1 && id === String(i + 1))).toBe(true);
    expect(mostRunning).toBeLessThanOrEqual(256);
  }, 60_000);

  it('works on no more than fits into its window, however much is sent', async () => {
    held = true;
    const lines = 300;
    const request = open();
    const answered = responseOf(request);
    // 18 MB, more than twice the window.
    for (let id = 1; id <= lines; id++) request.write(`{"id":${id},"text":"${'x'.repeat(60_000)}"}\n`);
    request.end();
    await until(() => running === FITTING);
    await settled();
    expect(running).toBe(FITTING);
    held = false;
    for (const resolve of finish.splice(0)) resolve();
    expect(await resultsOf(await answered)).toHaveLength(lines);
    expect(mostRunning).toBe(FITTING);
  });

  it('is refused with another content type', async () => {
    const request = open({ 'content-type': 'application/json' });
    request.end('{"id":1}');
    const response = await responseOf(request);
    expect(response.statusCode).toBe(415);
    expect(await resultsOf(response)).toMatchObject([{ type: 'urn:rapport:problem:unsupported-media-type' }]);
  });

  it('ends when its client goes away', async () => {
    held = true;
    const request = open();
    request.on('error', () => undefined);
    request.write('{"id":1}\n');
    await until(() => running === 1);
    request.destroy();
    held = false;
    for (const resolve of finish.splice(0)) resolve();
    await until(() => running === 0);
    const again = open();
    again.end('{"id":2}\n');
    expect(await resultsOf(await responseOf(again))).toMatchObject([{ line: 1, id: '2' }]);
  });
});
