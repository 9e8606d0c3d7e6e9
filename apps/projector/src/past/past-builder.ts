import { EventStoreUnavailableError, type EventCodec, type EventLog } from '#libs/event-store';
import {
  modelName,
  PastBuilder,
  type EngineLog,
  type PastLife,
  type Projection,
  type ReadModelGate,
} from '#libs/projecting';
import type { Database } from '#libs/read-store';
import { segmentHistory } from '#projections/pools';
import { talentActivity } from '#projections/talent-search';
import { everPublished } from '../published-scoring.js';
import { readModels } from '../read-models.js';
import { segmentWork } from './segment-work.js';
import { stateWork } from './state-work.js';

/** How long past states are kept that nobody looks into, and how many, unless the environment says otherwise. */
export const defaultPastLife: PastLife = { hours: 24, kept: 8 };

export interface ProjectorPasts {
  readonly database: Database;
  readonly log: EventLog;
  readonly codec: EventCodec;
  readonly gate: ReadModelGate;
  readonly logger: EngineLog;
  readonly life?: PastLife | undefined;
  readonly projections?: readonly Projection[];
}

/** Works on past states of this program's read models, and on histories of segments. */
export const pastBuilder = (options: ProjectorPasts): PastBuilder => {
  const { database, log, codec, gate, logger, life = defaultPastLife, projections = readModels } = options;
  /** By any model that was ever published: a past goes by the one that was live then. */
  const all = async (): Promise<readonly Projection[]> => [...projections, ...(await everPublished(database))];
  return new PastBuilder({
    database,
    logger,
    life,
    people: talentActivity,
    models: async () => [...(await all()), segmentHistory].map(modelName),
    works: {
      state: stateWork({ database, log, decoder: codec, logger, projections: all }),
      segment: segmentWork({ database, log, codec, gate }),
    },
    isPassing: (error) => error instanceof EventStoreUnavailableError,
  });
};
