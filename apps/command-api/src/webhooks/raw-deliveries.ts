import { networkOf } from '#libs/access';
import { ProblemError, retryAfter } from '#libs/http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ArrivingDeliveries } from './arriving-deliveries.js';

export const WEBHOOKS_PATH = '/v1/webhooks/';
/** Not a media type that anybody sends: what comes to a webhook becomes this, whatever it calls itself. */
const RAW = 'application/x-rapport-webhook';
/** Deliveries in work at once in this process, each of at most 1 MiB: those beyond are told to come back. */
export const MOST_DELIVERIES = 64;
const RETRY_SECONDS = 5;

const isWebhook = (url: string): boolean => url.startsWith(WEBHOOKS_PATH);

export const tooManyDeliveries = (): ProblemError =>
  new ProblemError(503, 'too-many-deliveries', {
    detail: 'More deliveries are in work than this process takes. Send the same delivery again later.',
    headers: retryAfter(RETRY_SECONDS),
  });

/**
 * Hands the bodies of webhooks to their route as bytes, since signatures are over bytes, and refuses them before they're
 * read where too many are in work. Those that send theirs slowly take nobody else's place, and have until the answer is due.
 * Amazon SNS sends JSON as text. Before the app starts to listen.
 */
export const acceptWebhooks = (app: NestFastifyApplication): void => {
  const fastify = app.getHttpAdapter().getInstance();
  const arriving = new ArrivingDeliveries<FastifyReply>();
  const inWork = new Set<FastifyReply>();
  const isDelivery = ({ url, method }: FastifyRequest): boolean => isWebhook(url) && method === 'POST';
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!isDelivery(request)) {
      done();
      return;
    }
    if (inWork.size >= MOST_DELIVERIES || !arriving.begin(reply, networkOf(request.ip))) {
      done(tooManyDeliveries());
      return;
    }
    reply.raw.once('close', () => {
      arriving.end(reply);
      inWork.delete(reply);
    });
    request.headers['content-type'] = RAW;
    done();
  });
  fastify.addHook('preValidation', (request, reply, done) => {
    if (!isDelivery(request)) {
      done();
      return;
    }
    arriving.end(reply);
    if (inWork.size >= MOST_DELIVERIES) {
      done(tooManyDeliveries());
      return;
    }
    inWork.add(reply);
    done();
  });
  fastify.addContentTypeParser(RAW, { parseAs: 'buffer' }, (request, body, done) => {
    if (isWebhook(request.url)) done(null, body);
    else done(Object.assign(new Error('Not a webhook.'), { statusCode: 415 }));
  });
};
