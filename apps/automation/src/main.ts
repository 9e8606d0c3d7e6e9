import 'reflect-metadata';
import { readNetworks } from '#libs/classification';
import { readEmailOptions } from '#libs/email';
import { eventCatalogue } from '#libs/event-catalogue';
import { readEnvironment, runProcess } from '#libs/http';
import { createLogger } from '#libs/observability';
import { createAutomation } from './create-automation.js';
import { readJudgeAfter } from './environment.js';
import { processManagers } from './process-managers.js';

const environment = readEnvironment();
const email = readEmailOptions();
const networks = readNetworks();
const managers = processManagers(readJudgeAfter());
const logger = createLogger({ service: 'automation', level: environment.logLevel });
if (networks) logger.info(networks.summary, 'lists of networks read');
await runProcess(
  logger,
  () => createAutomation({ ...environment, logger, managers, definitions: eventCatalogue, email, networks }),
  environment,
);
