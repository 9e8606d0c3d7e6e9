import type { EventLog } from '#libs/event-store';
import { comparePositions, type LogPosition } from '#libs/kernel';

/** How many events came after a position, and how many different facts they are: what lies twice is an event too many. */
export const factsAfter = async (log: EventLog, after: LogPosition): Promise<{ events: number; facts: number }> => {
  const end = await log.head();
  const facts = new Set<string>();
  let events = 0;
  if (comparePositions(after, end) >= 0) return { events, facts: 0 };
  await new Promise<void>((resolve, reject) => {
    const subscription = log.subscribe({
      after,
      onItem: (item) => {
        if (item.kind !== 'event') return;
        const { id, metadata, position } = item.event;
        facts.add((metadata as { keys?: { fact?: string } } | undefined)?.keys?.fact ?? id);
        events++;
        if (comparePositions(position, end) >= 0) void subscription.close().then(resolve, reject);
      },
      onEnd: (error) => reject(error ?? new Error('The subscription ended by itself.')),
    });
  });
  return { events, facts: facts.size };
};
