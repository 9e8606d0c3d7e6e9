import { Module, type DynamicModule } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import type { Logger } from './logger.js';
import { Metrics } from './metrics.js';

/** For injection of the process's pino logger. */
export const LOGGER = Symbol('Logger');

/** Structured logs for the app and for Nest itself, and its metrics. The request log is `installRequestLog`. */
@Module({})
export class ObservabilityModule {
  static forRoot(logger: Logger): DynamicModule {
    return {
      module: ObservabilityModule,
      global: true,
      // Its middleware would log raw URLs and hold the request's headers, so it's bound to no route.
      imports: [LoggerModule.forRoot({ pinoHttp: { logger }, forRoutes: [] })],
      providers: [{ provide: LOGGER, useValue: logger }, Metrics],
      exports: [LOGGER, Metrics],
    };
  }
}
