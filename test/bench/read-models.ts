import { EventCodec, EventLog } from '#libs/event-store';
import { comparePositions } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import { compareWithLog, readCheckpoints } from '#libs/projecting';
import type { Database } from '#libs/read-store';
import { readModels } from '../../apps/projector/src/read-models.js';
import { openWriteSide } from '../../apps/rapport/src/importing/write-side.js';

const POLL_MILLISECONDS = 20;
const PATIENCE_MILLISECONDS = 1_800_000;

/** Resolves when every read model has reached the log's head as of now. */
export const caughtUp = async (database: Database, log: EventLog): Promise<void> => {
  const head = await log.head();
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    const checkpoints = await readCheckpoints(database);
    const there = checkpoints.filter(({ position }) => comparePositions(position, head) >= 0);
    if (checkpoints.length === readModels.length && there.length === readModels.length) return;
    if (Date.now() > deadline) throw new Error('The read models did not catch up.');
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
};

/** The names of the read models whose live rows aren't what the log gives when it's folded anew. */
export const wrongReadModels = async (servers: {
  readonly databaseUrl: string;
  readonly eventStoreUrl: string;
  readonly secretsDir: string;
  readonly database: Database;
}): Promise<string[]> => {
  const { database } = servers;
  const writeSide = await openWriteSide(servers);
  const [log, decoder] = [writeSide.get(EventLog), writeSide.get(EventCodec)];
  const logger = createLogger({ service: 'bench', level: 'error' });
  try {
    const compared = await compareWithLog({ database, log, decoder, logger }, readModels);
    return compared.filter(({ outcome }) => outcome !== 'equal').map(({ projection }) => projection.name);
  } finally {
    await writeSide.close();
  }
};

/** What came of the comparison, in words. */
export const rowsChecked = (wrong: readonly string[]): string =>
  wrong.length === 0 ? 'all checksums equal the log' : `other rows than the log gives: ${wrong.join(', ')}`;
