import 'reflect-metadata';
import { eventCatalogue } from '#libs/event-catalogue';
import { readEnvironment, runProcess } from '#libs/http';
import { createLogger } from '#libs/observability';
import { createProjector } from './create-projector.js';
import { readProjections, readTuning } from './environment.js';
import { readModels } from './read-models.js';

const environment = readEnvironment();
const tuning = readTuning();
const projections = readProjections(readModels);
const logger = createLogger({ service: 'projector', level: environment.logLevel });
await runProcess(
  logger,
  () => createProjector({ ...environment, logger, projections, definitions: eventCatalogue, tuning }),
  environment,
);
