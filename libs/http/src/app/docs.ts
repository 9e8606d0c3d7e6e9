import { LOGGER, type Logger } from '#libs/observability';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { internalError } from '../problems/problem-of.js';
import { sendProblem } from '../problems/send-problem.js';

export interface AppDescription {
  /** Of the OpenAPI document. */
  readonly title: string;
  readonly description: string;
}

const require = createRequire(import.meta.url);
/** Swagger UI comes with @nestjs/swagger, so it's found from there. */
const assets = dirname(
  createRequire(require.resolve('@nestjs/swagger/package.json')).resolve('swagger-ui-dist/package.json'),
);

const files: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};

const page = (title: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
    <link rel="icon" href="docs/favicon-32x32.png" />
    <link rel="stylesheet" href="docs/swagger-ui.css" />
  </head>
  <body>
    <div id="docs"></div>
    <script src="docs/swagger-ui-bundle.js"></script>
    <script src="docs/start.js"></script>
  </body>
</html>
`;

/** The key that a reader enters is kept for the tab only. */
const start = `SwaggerUIBundle({ url: 'docs/openapi.json', dom_id: '#docs', deepLinking: true, persistAuthorization: false });\n`;

/**
 * `/docs/openapi.json` and, at `/docs`, a page that shows it; both need no key and load nothing from elsewhere. The
 * page's few files are served from here: @nestjs/swagger's own page needs @fastify/static, which requires ES modules
 * from CommonJS and so can't be loaded by tests.
 */
export const installDocs = (app: NestFastifyApplication, { title, description }: AppDescription): void => {
  const config = new DocumentBuilder()
    .setTitle(title)
    .setDescription(description)
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key: rk_…' }, 'key')
    .addSecurityRequirements('key')
    .addBearerAuth(
      {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'An access token of the OpenID Connect issuer, where the operator has named one.',
      },
      'token',
    )
    .addSecurityRequirements('token')
    .build();
  let document: string | undefined;

  const fastify = app.getHttpAdapter().getInstance();
  // Not by SwaggerModule.setup: if the document can't be built, that answers with the framework's own 500.
  fastify.get('/docs/openapi.json', async (request, reply) => {
    try {
      document ??= JSON.stringify(SwaggerModule.createDocument(app, config));
      return await reply.type('application/json; charset=utf-8').send(document);
    } catch (error) {
      app.get<Logger>(LOGGER).error({ err: error, correlationId: request.correlationId }, 'no OpenAPI document');
      sendProblem(reply, internalError(), request.correlationId);
      return reply;
    }
  });
  fastify.get('/docs', (_request, reply) => reply.type('text/html; charset=utf-8').send(page(title)));
  fastify.get('/docs/start.js', (_request, reply) => reply.type('text/javascript; charset=utf-8').send(start));
  for (const [name, type] of Object.entries(files))
    fastify.get(`/docs/${name}`, async (_request, reply) => {
      // The only answers that are about nobody, and large.
      void reply.type(type).header('cache-control', 'public, max-age=3600');
      return reply.send(await readFile(join(assets, name)));
    });
};
