import type { ApplicationEvent, EngagementEvent } from '#libs/candidates';
import { engagementEventDefinitions } from '#libs/candidates';
import type { StoredEvent } from '#libs/kernel';
import { defineProjection, row, type Handler, type Rows } from '#libs/projecting';
import { contribution, liveModel, weightOf } from '#libs/scoring';
import { engagementFacts, engagementScores, groups, heatColumn, heatIn } from './tables.js';

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
  const agent = 'agent' in data ? data.agent : undefined;
  const outcome = 'outcome' in data ? data.outcome : undefined;
  const weight = weightOf(liveModel, { type, agent, outcome });
  const group = 'group' in weight ? weight.group : null;
  const counts = group !== null;
  const halfLife = group === null ? undefined : liveModel.groups[group]?.halfLifeDays;
  const added = halfLife === undefined ? null : contribution(weight.points, halfLife, occurredAt);
  rows.put(engagementFacts, {
    candidate_id: candidateId,
    position: event.position.commit,
    event_id: event.id,
    type,
    occurred_at: occurredAt,
    agent: agent ?? null,
    outcome: outcome ?? null,
    group_name: group,
    contribution: added,
  });
  const known = rows.get(engagementScores, { candidate_id: candidateId }) ?? {
    candidate_id: candidateId,
    ...Object.fromEntries(groups.map((name) => [heatColumn(name), 0n])),
    last_signal_at: null,
    signals: 0,
    unsubscribed_at: null,
    complained_at: null,
  };
  rows.put(engagementScores, {
    ...known,
    ...(group === null ? {} : { [heatColumn(group)]: heatIn(known, group) + (added ?? 0n) }),
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

/** Goes up with a change of tables or handlers; the model's version counts below it. */
const SHAPE = 2;

/** How engaged each candidate is, now and at any other time. A new live model is a new version, built beside the old one's rows. */
export const engagement = defineProjection({
  name: 'engagement',
  version: SHAPE * 1_000 + liveModel.version,
  tables: [engagementScores, engagementFacts],
  handlers: Object.fromEntries(
    [...engagementEventDefinitions.map(({ type }) => type), 'application.submitted'].map((type) => [type, handler]),
  ),
});
