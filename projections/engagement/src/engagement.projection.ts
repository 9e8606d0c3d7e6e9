import type { ApplicationEvent, EngagementEvent } from '#libs/candidates';
import { engagementEventDefinitions } from '#libs/candidates';
import type { StoredEvent } from '#libs/kernel';
import { defineProjection, row, type Handler, type Rows } from '#libs/projecting';
import { contribution, weightOf } from '#libs/scoring';
import { engagementContributions, engagementScores } from './tables.js';

type Scored = StoredEvent & (EngagementEvent | Extract<ApplicationEvent, { type: 'application.submitted' }>);

const latest = (a: Date | null, b: Date): Date => (a === null || b > a ? b : a);
const earliest = (a: Date | null, b: Date): Date => (a === null || b < a ? b : a);

const candidateOf = (event: StoredEvent): string => {
  if (event.subjectId === undefined) throw new Error(`${event.type} is about nobody.`);
  return event.subjectId;
};

const score = (event: StoredEvent, rows: Rows): void => {
  const { type, data, occurredAt } = event as Scored;
  const candidateId = candidateOf(event);
  const weight = weightOf({
    type,
    agent: 'agent' in data ? data.agent : undefined,
    outcome: 'outcome' in data ? data.outcome : undefined,
  });
  const counts = weight.points > 0;
  const added = counts ? contribution(weight.points, occurredAt) : null;
  rows.put(engagementContributions, {
    candidate_id: candidateId,
    position: event.position.commit,
    event_id: event.id,
    type,
    occurred_at: occurredAt,
    weight: weight.points,
    contribution: added,
    left_out: 'leftOut' in weight ? weight.leftOut : null,
  });
  const known = rows.get(engagementScores, { candidate_id: candidateId }) ?? {
    candidate_id: candidateId,
    heat: 0n,
    last_signal_at: null,
    signals: 0,
    unsubscribed_at: null,
    complained_at: null,
  };
  rows.put(engagementScores, {
    ...known,
    heat: known.heat + (added ?? 0n),
    last_signal_at: counts ? latest(known.last_signal_at, occurredAt) : known.last_signal_at,
    signals: known.signals + (counts ? 1 : 0),
    unsubscribed_at:
      type === 'email.unsubscribed' ? earliest(known.unsubscribed_at, occurredAt) : known.unsubscribed_at,
    complained_at: type === 'email.complained' ? earliest(known.complained_at, occurredAt) : known.complained_at,
  });
};

const handler: Handler = {
  needs: (event) => [row(engagementScores, { candidate_id: candidateOf(event) })],
  apply: score,
};

/** How engaged each candidate is, now and at any other time. */
export const engagement = defineProjection({
  name: 'engagement',
  version: 1,
  tables: [engagementScores, engagementContributions],
  handlers: Object.fromEntries(
    [...engagementEventDefinitions.map(({ type }) => type), 'application.submitted'].map((type) => [type, handler]),
  ),
});
