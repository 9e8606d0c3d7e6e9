import { LOGGER, type Logger } from '#libs/observability';
import { Catch, Inject } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { internalError, problemOf } from './problem-of.js';
import { sendProblem } from './send-problem.js';

/** A stream that was being sent found nobody to take it: no bug of ours. */
const isPrematureClose = (error: unknown): boolean =>
  (error as { code?: unknown } | null | undefined)?.code === 'ERR_STREAM_PREMATURE_CLOSE';

/** Answers every error, of a controller or of the framework, with problem details, and logs those that aren't the caller's. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const { correlationId } = host.switchToHttp().getRequest<FastifyRequest>();
    const problem = problemOf(error);
    if (isPrematureClose(error)) this.logger.info({ correlationId }, 'the caller went away before the whole answer');
    else if (!problem) this.logger.error({ err: error, correlationId }, 'unexpected error');
    else if (problem.status >= 500) this.logger.warn({ err: error, correlationId }, 'request could not be served');
    sendProblem(host.switchToHttp().getResponse<FastifyReply>(), problem ?? internalError(), correlationId);
  }
}
