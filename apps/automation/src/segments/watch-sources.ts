import { PersonEvents } from '#libs/candidates';
import type { EventCodec, EventLog } from '#libs/event-store';
import { comparePositions, type Clock } from '#libs/kernel';
import type { EngineLog } from '#libs/projecting';
import type { WatchSources } from '#libs/segment-watch';
import { personHistory } from '#projections/talent-search';
import { KnownFromLog } from './known-from-log.js';
import { peopleAdded } from './people-added.js';

export interface OpenWatchSources extends WatchSources {
  /** Whoever waits is told that the log is away. */
  close(): Promise<void>;
}

/** What the watch over segments reads, from the log itself. */
export const watchSources = (log: EventLog, codec: EventCodec, logger: EngineLog, clock: Clock): OpenWatchSources => {
  const from = new KnownFromLog(log, codec, logger);
  const { known } = from;
  const people = new PersonEvents(log, codec);
  return {
    clock,
    known,
    reach: (position) => from.reach(position),
    reachHead: async () => from.reach(await log.head()),
    eventsOf: async (candidateIds) => {
      const each = candidateIds.map((candidateId) =>
        people.of({ candidateId, applicationIds: known.applicationsOf(candidateId) }),
      );
      return (await Promise.all(each)).flat().sort((a, b) => comparePositions(a.position, b.position));
    },
    historyOf: (events, ids) => personHistory(events, ids, known.liveModels),
    peopleAdded: (after, upTo) => peopleAdded(log, after, upTo),
    close: () => from.close(),
  };
};
