import { postgreSQLEventStoreConsumer, postgreSQLProjection } from '@event-driven-io/emmett-postgresql';
import { ACTIVITY_COLUMNS, happened } from '../baselines/activity.js';
import type { EmmettEvent } from '../baselines/emmett-store.js';
import { answerAsAgent } from '../run-agent.js';

interface Question {
  readonly databaseUrl: string;
  readonly table: string;
  readonly types: readonly string[];
}

/** An asynchronous projection of Emmett's, with its defaults, from the beginning of its store: one upsert an event. */
answerAsAgent(async ({ databaseUrl, table, types }: Question) => {
  const consumer = postgreSQLEventStoreConsumer({
    connectionString: databaseUrl,
    stopWhen: { noMessagesLeft: true },
  });
  consumer.projector({
    projection: postgreSQLProjection<EmmettEvent>({
      name: table,
      canHandle: [...types],
      init: async ({ context }) => {
        await context.connection.client.query(`CREATE TABLE ${table} (${ACTIVITY_COLUMNS})`);
      },
      handle: async (events, { connection: { client } }) => {
        for (const { metadata } of events) {
          const what = happened(metadata.streamName, metadata);
          if (what)
            await client.query(
              `INSERT INTO ${table} AS known (candidate_id, events, last_at) VALUES ($1, 1, $2)
               ON CONFLICT (candidate_id) DO UPDATE
               SET events = known.events + 1, last_at = greatest(known.last_at, excluded.last_at)`,
              [what.candidateId, what.at],
            );
        }
      },
    }),
  });
  await consumer.start();
  await consumer.close();
  return {};
});
