import 'reflect-metadata';
import { readEnvironment, runProcess } from '#libs/http';
import { createLogger } from '#libs/observability';
import { createCommandApi } from './create-command-api.js';

const environment = readEnvironment();
const logger = createLogger({ service: 'command-api', level: environment.logLevel });
await runProcess(logger, () => createCommandApi({ ...environment, logger }), environment);
