import { callerOf } from '#libs/access';
import { ProblemError, retryAfter } from '#libs/http';
import { applyDecorators, Injectable, UseInterceptors } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { finalize, from, switchMap, type Observable } from 'rxjs';
import { Bulkhead, BulkheadFullError } from './bulkhead.js';
import { Place } from './place.js';

/** Each export holds one for as long as it's read. */
export const EXPORT_CONNECTIONS = 2;

/** Dear queries at work at the same time, of all callers. */
export const PLACES = 8;
/** Each may read with two at once: facets of one value and of several are counted side by side. */
const CONNECTIONS_PER_PLACE = 2;
/** Stay for what reads one row: callers' keys, a candidate, whether the app is ready. */
export const SINGLE_ROW_CONNECTIONS = 2;

/** Of this process, all told. */
export const DATABASE_CONNECTIONS = PLACES * CONNECTIONS_PER_PLACE + EXPORT_CONNECTIONS + SINGLE_ROW_CONNECTIONS;

/** A statement that takes longer is cancelled: nobody waits for it any more, and it holds one of few connections. */
export const STATEMENT_MILLISECONDS = 10_000;

const RETRY_SECONDS = 2;

const options = {
  perCaller: 4,
  total: PLACES,
  waitingPerCaller: 32,
  waitMilliseconds: 5_000,
};

/** Lets each caller have four dear queries at work; more of them wait, others' go past. */
@Injectable()
export class DearQueries implements NestInterceptor {
  private readonly bulkhead = new Bulkhead(options);

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { keyId } = callerOf(context.switchToHttp().getRequest<FastifyRequest>());
    const place = new Place(() => this.enter(keyId));
    return from(place.take()).pipe(
      switchMap(() => place.holdFor(() => next.handle())),
      finalize(() => place.end()),
    );
  }

  private async enter(caller: string): Promise<() => void> {
    try {
      return await this.bulkhead.enter(caller);
    } catch (error) {
      if (!(error instanceof BulkheadFullError)) throw error;
      throw new ProblemError(429, 'too-many-queries', {
        detail:
          `You may have ${options.perCaller} searches and reports at work at the same time, and ${options.waitingPerCaller} ` +
          `waiting for up to ${options.waitMilliseconds / 1_000} s. Wait for their answers before you ask for more.`,
        headers: retryAfter(RETRY_SECONDS),
      });
    }
  }
}

/** On a route whose statements read many rows. */
export const DearQuery = (): MethodDecorator & ClassDecorator => applyDecorators(UseInterceptors(DearQueries));
