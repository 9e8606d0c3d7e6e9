import 'reflect-metadata';
import { runProcess } from '#libs/http';
import { createLogger } from '#libs/observability';
import { createQueryApi } from './create-query-api.js';
import { readQueryApiEnvironment } from './environment.js';

const environment = readQueryApiEnvironment();
const logger = createLogger({ service: 'query-api', level: environment.logLevel });
await runProcess(logger, () => createQueryApi({ ...environment, logger }), environment);
