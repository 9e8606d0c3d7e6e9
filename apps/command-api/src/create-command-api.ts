import { createApp } from '#libs/http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { acceptNdjson } from './bulk/ndjson.js';
import { CommandApiModule, type CommandApiOptions } from './command-api.module.js';
import { acceptSignUps } from './sign-up/submitting/accept-sign-ups.js';
import { acceptWebhooks } from './webhooks/raw-deliveries.js';

export const commandApiDescription = {
  title: 'Rapport command API',
  description:
    'Adds and changes candidates, records what happened with them, and moves applications. Every command takes an ' +
    '`Idempotency-Key`; every answer has a `position` that the query API takes as `after`. Errors are RFC 9457 problem details.',
};

/** The command API, ready to listen. Rejects if a server that it needs can't be reached. */
export const createCommandApi = async (options: CommandApiOptions): Promise<NestFastifyApplication> => {
  const app = await createApp(CommandApiModule.forRoot(options), commandApiDescription);
  acceptNdjson(app);
  acceptWebhooks(app);
  acceptSignUps(app);
  return app;
};
