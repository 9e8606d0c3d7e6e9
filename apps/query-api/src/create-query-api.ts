import { createApp } from '#libs/http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { QueryApiModule, type QueryApiOptions } from './query-api.module.js';

export const queryApiDescription = {
  title: 'Rapport query API',
  description:
    'Reads: search in the talent pool, engagement scores, funnels, timelines, and the audit part. Answers come from ' +
    'read models that follow the event log; `after=<position token>` makes a read wait until it reflects a command. ' +
    'Errors are RFC 9457 problem details.',
};

/** The query API, ready to listen. Rejects if it can't be built. */
export const createQueryApi = (options: QueryApiOptions): Promise<NestFastifyApplication> =>
  createApp(QueryApiModule.forRoot(options), queryApiDescription);
