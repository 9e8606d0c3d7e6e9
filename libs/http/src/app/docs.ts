import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

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
    .build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, config), {
    ui: false,
    raw: ['json'],
    jsonDocumentUrl: 'docs/openapi.json',
  });

  const fastify = app.getHttpAdapter().getInstance();
  fastify.get('/docs', (_request, reply) => reply.type('text/html; charset=utf-8').send(page(title)));
  fastify.get('/docs/start.js', (_request, reply) => reply.type('text/javascript; charset=utf-8').send(start));
  for (const [name, type] of Object.entries(files))
    fastify.get(`/docs/${name}`, async (_request, reply) => reply.type(type).send(await readFile(join(assets, name))));
};
