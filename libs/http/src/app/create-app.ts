import { installRequestLog, LOGGER, Metrics, type Logger } from '#libs/observability';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Logger as NestLogger } from 'nestjs-pino';
import { internalError, problemOf } from '../problems/problem-of.js';
import { sendProblem } from '../problems/send-problem.js';
import { installAnswerDeadline } from './answer-deadline.js';
import { installAllowedMethods } from './allowed-methods.js';
import { installCors } from './cors.js';
import { installDocs, type AppDescription } from './docs.js';
import { readHttpOptions, type HttpOptions } from './http-options.js';
import { answerClientError, installProtocolErrors } from './protocol-errors.js';
import { installSecurityHeaders, securityHeaders } from './security-headers.js';

export const BODY_LIMIT_BYTES = 1_048_576;
/** Address and headers together: a token of 8 KiB and as much of everything else. */
const HEADER_LIMIT_BYTES = 16_384;
/** A connection on which nothing moves for this long is closed. */
const IDLE_MILLISECONDS = 120_000;

/** As Fastify takes it. */
const trusted = ({ trustProxy }: HttpOptions): string[] | false | ((address: string, hop: number) => boolean) => {
  if (typeof trustProxy === 'number') return (_address, hop) => hop < trustProxy;
  return trustProxy && [...trustProxy];
};

/** Takes JSON bodies only, by Fastify's own parser, which refuses `__proto__`; Nest would add forms. */
class JsonAdapter extends FastifyAdapter {
  constructor(options: HttpOptions) {
    super({
      trustProxy: trusted(options),
      bodyLimit: BODY_LIMIT_BYTES,
      connectionTimeout: IDLE_MILLISECONDS,
      clientErrorHandler: answerClientError,
      // Checked by installProtocolErrors, which answers with a problem.
      http: { requireHostHeader: false, maxHeaderSize: HEADER_LIMIT_BYTES },
      // Malformed addresses are refused by the router, before there's a request that Nest could see.
      frameworkErrors: (error: FastifyError, _request: FastifyRequest, reply: FastifyReply) =>
        sendProblem(reply.headers(securityHeaders(options)), problemOf(error) ?? internalError()),
    });
    this.getInstance().removeContentTypeParser('text/plain');
  }

  override registerParserMiddleware(): void {
    // The parsers are Fastify's.
  }
}

/** The HTTP server of an app, not yet configured; for tests that build the app with Nest's testing module. */
export const createAdapter = (options: HttpOptions = readHttpOptions()): FastifyAdapter => new JsonAdapter(options);

/** Request log, security headers and documents. The app's module must import ObservabilityModule, AccessModule and HttpModule. */
export const configureApp = (
  app: NestFastifyApplication,
  description: AppDescription,
  options: HttpOptions = readHttpOptions(),
): void => {
  app.useLogger(app.get(NestLogger));
  const fastify = app.getHttpAdapter().getInstance();
  installRequestLog(fastify, app.get<Logger>(LOGGER), app.get(Metrics));
  installAnswerDeadline(fastify);
  installProtocolErrors(fastify, app.getHttpServer());
  installSecurityHeaders(fastify, options);
  installCors(app, options);
  installAllowedMethods(fastify);
  installDocs(app, description);
};

/** An app with everything that our HTTP apps share, ready to listen. Rejects if a module can't start. */
export const createApp = async (
  module: Type | DynamicModule,
  description: AppDescription,
): Promise<NestFastifyApplication> => {
  const app = await NestFactory.create<NestFastifyApplication>(module, createAdapter(), {
    bufferLogs: true,
    abortOnError: false,
  });
  configureApp(app, description);
  return app;
};
