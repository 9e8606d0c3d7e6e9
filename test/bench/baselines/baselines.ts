import type { EventLog, RawEvent } from '#libs/event-store';
import { START } from '#libs/kernel';
import type { Database } from '#libs/read-store';
import type { Bench } from '../case.js';
import type { Measured } from '../report.js';
import { runAgent } from '../run-agent.js';
import { foldActivity, holdsActivity, type Activity } from './activity.js';
import { fillEmmettStore } from './emmett-store.js';

const firstEvents = async (log: EventLog, count: number): Promise<RawEvent[]> => {
  const events: RawEvent[] = [];
  await new Promise<void>((resolve, reject) => {
    const subscription = log.subscribe({
      after: START,
      onItem: (item) => {
        if (item.kind !== 'event' || events.length === count) return;
        if (events.push(item.event) === count) void subscription.close().then(resolve, reject);
      },
      onEnd: (error) => reject(error ?? new Error('The subscription ended by itself.')),
    });
  });
  return events;
};

/**
 * What catch-up is compared with: others' ways to fold the log's first events into one table, a row a candidate. Theirs is
 * the easier work: Rapport fills all its read models.
 */
export class Baselines {
  private constructor(
    private readonly stage: Bench['stage'],
    private readonly database: Database,
    private readonly events: readonly RawEvent[],
    private readonly expected: ReadonlyMap<string, Activity>,
  ) {}

  /** Fills Emmett's store, which isn't timed. */
  static async open({ stage }: Bench, count: number): Promise<Baselines> {
    const events = await firstEvents(stage.log, count);
    const database = await stage.branch('baselines');
    await fillEmmettStore(database.url, events);
    return new Baselines(stage, database, events, foldActivity(events));
  }

  emmett(run: number): Promise<Measured> {
    return this.measure('emmett', `emmett_${run}`, { types: [...new Set(this.events.map(({ type }) => type))] });
  }

  typeorm(run: number): Promise<Measured> {
    const { eventStoreUrl } = this.stage.addresses;
    return this.measure('typeorm', `typeorm_${run}`, { eventStoreUrl, events: this.events.length });
  }

  private async measure(agent: 'emmett' | 'typeorm', table: string, question: object): Promise<Measured> {
    const { length } = this.events;
    const { milliseconds, cpuMilliseconds } = await runAgent(agent, {
      databaseUrl: this.database.url,
      table,
      ...question,
    });
    const correct = await holdsActivity(this.database, table, this.expected);
    const how = agent === 'emmett' ? 'emmett-postgresql, upsert an event' : 'TypeORM, find and save an event';
    return {
      name: `${how}, one table, ${length} events`,
      unit: 'events/s',
      value: (length * 1_000) / milliseconds,
      correct,
      checked: correct ? `all ${this.expected.size} rows equal the log` : 'other rows than the log gives',
      cost: `client ${Math.round((cpuMilliseconds * 1_000) / length)} µs`,
    };
  }
}
