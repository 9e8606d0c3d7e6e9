import { EventLog } from '#libs/event-store';
import { START, type LogPosition } from '#libs/kernel';
import { answerAsAgent } from '../run-agent.js';

/** Drains a subscription to the whole log and does nothing with what comes. */
answerAsAgent(async ({ eventStoreUrl, upTo }: { eventStoreUrl: string; upTo: string }) => {
  const log = new EventLog(eventStoreUrl, 'bench');
  const end = BigInt(upTo);
  let events = 0;
  const reached = (position: LogPosition): boolean => position.commit >= end;
  await new Promise<void>((resolve, reject) => {
    const subscription = log.subscribe({
      after: START,
      onItem: (item) => {
        if (item.kind !== 'event') return;
        events++;
        if (reached(item.event.position)) void subscription.close().then(resolve, reject);
      },
      onEnd: (error) => reject(error ?? new Error('The subscription ended by itself.')),
    });
  });
  await log.close();
  return { events };
});
