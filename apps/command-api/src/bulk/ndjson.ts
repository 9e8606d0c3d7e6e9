import type { NestFastifyApplication } from '@nestjs/platform-fastify';

export const NDJSON = 'application/x-ndjson';

const takesLines = (address: string | undefined): boolean => address?.endsWith('/bulk') === true;

/** Hands NDJSON bodies to the bulk routes as streams, unread and of any length; elsewhere they're a 415. Before the app starts to listen. */
export const acceptNdjson = (app: NestFastifyApplication): void => {
  app
    .getHttpAdapter()
    .getInstance()
    .addContentTypeParser(NDJSON, (request, payload, done) => {
      if (takesLines(request.routeOptions.url)) done(null, payload);
      else done(Object.assign(new Error('Only bulk requests are lines.'), { statusCode: 415 }));
    });
};
