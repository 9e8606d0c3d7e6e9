import type { RawEvent } from '#libs/event-store';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';

/** An event as Emmett's store gets it: the same type, data and metadata as in the log. */
export interface EmmettEvent {
  readonly type: string;
  readonly data: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
}

/** Events of one stream that follow one another are appended together. */
const runs = function* (events: readonly RawEvent[]): Generator<RawEvent[]> {
  let run: RawEvent[] = [];
  for (const event of events) {
    if (run.length > 0 && run[0]?.streamId !== event.streamId) {
      yield run;
      run = [];
    }
    run.push(event);
  }
  if (run.length > 0) yield run;
};

/** Appends events to Emmett's own store, in the log's order. */
export const fillEmmettStore = async (databaseUrl: string, events: readonly RawEvent[]): Promise<void> => {
  const store = getPostgreSQLEventStore(databaseUrl);
  try {
    for (const run of runs(events))
      await store.appendToStream<EmmettEvent>(
        run[0]?.streamId ?? '',
        run.map(({ type, data, metadata }) => ({ type, data, metadata }) as EmmettEvent),
      );
  } finally {
    await store.close();
  }
};
