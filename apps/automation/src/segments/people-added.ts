import { EventStoreUnavailableError } from '#libs/event-store';
import { comparePositions, type LogPosition } from '#libs/kernel';
import type { LogSource } from '#libs/projecting';
import type { PageOfPeople } from '#libs/segment-watch';

/** Who's looked at together: as many as make a stretch of the log worth reading, and hold nobody up for long. */
export const PEOPLE_IN_A_PAGE = 500;

/**
 * The first who were added after a position of the log and up to another one, at which an event lies.
 * Throws EventStoreUnavailableError where the log is away.
 */
export const peopleAdded = (
  log: Pick<LogSource, 'subscribe'>,
  after: LogPosition,
  upTo: LogPosition,
  most = PEOPLE_IN_A_PAGE,
): Promise<PageOfPeople> => {
  if (comparePositions(after, upTo) >= 0) return Promise.resolve({ candidateIds: [], upTo, done: true });
  return new Promise((resolve, reject) => {
    const candidateIds: string[] = [];
    let over = false;
    const end = (settle: () => void): void => {
      if (over) return;
      over = true;
      // Not before it's there: an item may come while it's being made.
      queueMicrotask(() => void subscription.close().then(settle, settle));
    };
    const subscription = log.subscribe({
      after,
      onItem: (item) => {
        if (over || item.kind === 'caught-up') return;
        const position = item.kind === 'event' ? item.event.position : item.position;
        const beyond = comparePositions(position, upTo);
        if (item.kind === 'event' && item.event.type === 'candidate.added' && beyond <= 0)
          candidateIds.push(item.event.streamId.slice('candidate-'.length));
        if (beyond >= 0) end(() => resolve({ candidateIds, upTo, done: true }));
        else if (candidateIds.length >= most) end(() => resolve({ candidateIds, upTo: position, done: false }));
      },
      onEnd: (error) => end(() => reject(new EventStoreUnavailableError(error))),
    });
  });
};
