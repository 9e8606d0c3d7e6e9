import type { NestFastifyApplication } from '@nestjs/platform-fastify';

export const NDJSON = 'application/x-ndjson';

/** Hands NDJSON bodies to their routes as streams, unread and of any length. Before the app starts to listen. */
export const acceptNdjson = (app: NestFastifyApplication): void => {
  app
    .getHttpAdapter()
    .getInstance()
    .addContentTypeParser(NDJSON, (_request, payload, done) => done(null, payload));
};
