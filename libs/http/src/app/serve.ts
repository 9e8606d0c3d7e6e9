import { LOGGER, startTracing, stopTracing, type Logger } from '#libs/observability';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Stopping } from '../health/stopping.js';

export interface ServeOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** 127.0.0.1 unless given: other machines come in only where the operator says so. */
  readonly host?: string;
  /** How long to serve on, not ready any more, once a stop was asked for: until load balancers have noticed. */
  readonly drainMilliseconds?: number;
  /** How long requests in flight may take to finish once a stop was asked for. */
  readonly stopWithinMilliseconds?: number;
}

const STOP_MILLISECONDS = 10_000;
/**
 * Connections that wait to be taken: twice the requests that may be in work, so that a burst is told to come back later.
 * With Node's 511 the kernel resets what's above. Linux takes 4,096 at most unless it's told otherwise.
 */
const BACKLOG = 4_096;

/** Resolves at the first SIGTERM or SIGINT, or when the parent process has gone. */
const stopAsked = (): Promise<string> =>
  new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve(signal));
    process.on('disconnect', () => resolve('disconnect'));
  });

/**
 * Listens, tells the parent process so (`{ ready: true, port }`), and serves until it's asked to stop: not ready any more, then no new
 * requests, those in flight finish within a bound, then the app's modules close, then the process ends.
 */
export const serve = async (
  app: NestFastifyApplication,
  { port, host = '127.0.0.1', drainMilliseconds = 0, stopWithinMilliseconds = STOP_MILLISECONDS }: ServeOptions,
): Promise<void> => {
  const logger = app.get<Logger>(LOGGER);
  const stop = stopAsked();
  await app.listen({ port, host, backlog: BACKLOG });
  const actual = (app.getHttpServer().address() as AddressInfo).port;
  logger.info({ port: actual, host }, 'serving');
  process.send?.({ ready: true, port: actual });

  const reason = await stop;
  logger.info({ reason }, 'stopping');
  app.get(Stopping, { strict: false }).begin();
  // Whoever loses its parent has nobody left to serve for.
  if (reason !== 'disconnect' && drainMilliseconds > 0) await wait(drainMilliseconds);
  const bound = setTimeout(() => {
    logger.warn('requests in flight did not finish in time');
    process.exit(1);
  }, stopWithinMilliseconds);
  // The server first: Nest would close the modules under the requests in flight.
  await app.getHttpAdapter().close();
  await app.close();
  await stopTracing();
  clearTimeout(bound);
  logger.info('stopped');
  process.exit(0);
};

/** The entry of an app's process: builds it and serves; a failure to start is logged and ends the process with 1. */
export const runProcess = async (
  logger: Logger,
  build: () => Promise<NestFastifyApplication>,
  options: ServeOptions,
): Promise<void> => {
  try {
    await startTracing(String(logger.bindings()['service'] ?? 'rapport'));
    await serve(await build(), options);
  } catch (error) {
    logger.fatal({ err: error }, 'could not start');
    process.exit(1);
  }
};
