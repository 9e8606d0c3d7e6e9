import { EventLog } from '#libs/event-store';
import { START } from '#libs/kernel';
import { DataSource, EntitySchema } from 'typeorm';
import { happened, withEvent, type Activity } from '../baselines/activity.js';
import { answerAsAgent } from '../run-agent.js';

interface Question {
  readonly databaseUrl: string;
  readonly eventStoreUrl: string;
  readonly table: string;
  readonly events: number;
}

const activityIn = (table: string): EntitySchema<Activity> =>
  new EntitySchema<Activity>({
    name: 'Activity',
    tableName: table,
    columns: {
      candidateId: { type: 'uuid', primary: true, name: 'candidate_id' },
      events: { type: 'int' },
      lastAt: { type: 'timestamptz', name: 'last_at' },
    },
  });

/** A handler that finds and saves for each event of a subscription. What came while it was busy waits in memory. */
answerAsAgent(async ({ databaseUrl, eventStoreUrl, table, events }: Question) => {
  const source = await new DataSource({
    type: 'postgres',
    url: databaseUrl,
    entities: [activityIn(table)],
  }).initialize();
  await source.synchronize();
  const rows = source.getRepository<Activity>('Activity');
  const log = new EventLog(eventStoreUrl, 'bench');
  let seen = 0;
  let handled: Promise<unknown> = Promise.resolve();
  await new Promise<void>((resolve, reject) => {
    const subscription = log.subscribe({
      after: START,
      onItem: (item) => {
        if (item.kind !== 'event' || seen === events) return;
        seen++;
        const what = happened(item.event.streamId, item.event.metadata);
        if (what)
          handled = handled.then(async () => {
            const row = await rows.findOneBy({ candidateId: what.candidateId });
            await rows.save(withEvent(row ?? undefined, what));
          });
        if (seen === events) handled.then(() => subscription.close()).then(resolve, reject);
      },
      onEnd: (error) => reject(error ?? new Error('The subscription ended by itself.')),
    });
  });
  await log.close();
  await source.destroy();
  return {};
});
