import { candidatesEventDefinitions } from '#libs/candidates';
import { subjectOf } from '#libs/kernel';
import { defineProjection, type Handler } from '#libs/projecting';
import { messageIdOf } from './email-rates/rated-events.js';
import { timelineEntries } from './tables.js';

const handler: Handler = {
  needs: () => [],
  apply: (event, rows) => {
    rows.add(timelineEntries, {
      candidate_id: subjectOf(event),
      position: event.position.commit,
      event_id: event.id,
      type: event.type,
      occurred_at: event.occurredAt,
      time_precision: event.timePrecision,
      recorded_at: event.recordedAt,
      actor_kind: event.actor.kind,
      actor_id: event.actor.id,
      source: event.source,
      details: event.data,
      message: messageIdOf(event),
    });
  },
};

/** Everything that happened between us and each person, in one place. */
export const timeline = defineProjection({
  name: 'timeline',
  version: 5,
  tables: [timelineEntries],
  handlers: Object.fromEntries(candidatesEventDefinitions.map(({ type }) => [type, handler])),
});
