import type { ApplicationEvent, ClassificationEvent, EngagementEvent } from '#libs/candidates';
import { engagementClassified, engagementEventDefinitions } from '#libs/candidates';
import type { StoredEvent } from '#libs/kernel';
import { followMerges } from '#libs/merging';
import { defineProjection, row, type Handler, type RowOf, type Rows } from '#libs/projecting';
import {
  advance,
  comesNext,
  heatOf,
  liveModel,
  noStanding,
  standingAfter,
  weightOf,
  type Standing,
} from '#libs/scoring';
import { factOf } from './facts.js';
import { engagementFollower, recordedFor } from './people.js';
import { standingColumns, standingIn } from './standing-row.js';
import { engagementFacts, engagementPersons, engagementScores, type StoredVerdict } from './tables.js';

type Scored = StoredEvent & (EngagementEvent | Extract<ApplicationEvent, { type: 'application.submitted' }>);
type FactColumns = RowOf<typeof engagementFacts.columns>;

const earliest = (a: Date | null, b: Date): Date => (a === null || b < a ? b : a);

const candidateOf = (event: StoredEvent): string => {
  if (event.subjectId === undefined) throw new Error(`${event.type} is about nobody.`);
  return event.subjectId;
};

/** A fact with what the live model makes of it. */
const weighed = (known: FactColumns): FactColumns => {
  const fact = factOf(known);
  const weight = weightOf(liveModel, fact);
  const group = 'group' in weight ? weight.group : null;
  const points = 'group' in weight ? weight.points * weight.factor : 0;
  return {
    ...known,
    group_name: group,
    contribution: group === null ? null : heatOf(liveModel, group, points, fact.at),
  };
};

const scoreRow = (rows: Rows, candidateId: string): RowOf<typeof engagementScores.columns> =>
  rows.get(engagementScores, { candidate_id: candidateId }) ?? {
    candidate_id: candidateId,
    ...standingColumns(noStanding),
    unsubscribed_at: null,
    complained_at: null,
    merged_into: null,
  };

/** The row of whoever has this id, under the id that they go by. */
const personRow = (rows: Rows, candidateId: string): RowOf<typeof engagementScores.columns> => {
  const own = scoreRow(rows, candidateId);
  if (own.merged_into === null) return own;
  const persons = rows.fetch(engagementScores, { candidate_id: own.merged_into });
  return persons ?? { ...own, candidate_id: own.merged_into, merged_into: null };
};

/** From all that happened with somebody: for what isn't just one more signal after the others. */
const reconsidered = (rows: Rows, candidateId: string): Standing =>
  standingAfter(
    liveModel,
    rows.fetchBranch(engagementFacts, { candidate_id: candidateId }).map((known) => factOf(known)),
  );

const record: Handler['apply'] = (event, rows) => {
  const { type, data, occurredAt } = event as Scored;
  const known = personRow(rows, candidateOf(event));
  const personId = known.candidate_id;
  const fact = weighed({
    candidate_id: personId,
    recorded_for: personId === candidateOf(event) ? null : candidateOf(event),
    event_id: event.id,
    position: event.position.commit,
    type,
    occurred_at: occurredAt,
    agent: ('agent' in data ? data.agent : undefined) ?? null,
    outcome: ('outcome' in data ? data.outcome : undefined) ?? null,
    verdicts: [],
    group_name: null,
    contribution: null,
  });
  rows.put(engagementFacts, fact);
  const next = (): Standing => {
    const standing = standingIn(known);
    return comesNext(standing, occurredAt) ? advance(liveModel, standing, factOf(fact)) : reconsidered(rows, personId);
  };
  rows.put(engagementScores, {
    ...known,
    ...(fact.group_name === null ? {} : standingColumns(next())),
    unsubscribed_at:
      type === 'email.unsubscribed' ? earliest(known.unsubscribed_at, occurredAt) : known.unsubscribed_at,
    complained_at: type === 'email.complained' ? earliest(known.complained_at, occurredAt) : known.complained_at,
  });
};

/** Who did something was found out: what it counts for may change, and with it what followed. */
const judge: Handler['apply'] = (event, rows) => {
  const { eventId, verdict, classifierVersion } = event.data as ClassificationEvent['data'];
  const known = personRow(rows, candidateOf(event));
  const personId = known.candidate_id;
  const before = rows.fetch(engagementFacts, { candidate_id: personId, event_id: eventId });
  // A verdict lies with what it's about: of another id's fact it says nothing.
  if (!before || recordedFor(before) !== candidateOf(event)) return;
  const given: StoredVerdict = { position: event.position.commit.toString(), verdict, classifierVersion };
  const after = weighed({ ...before, verdicts: [...(before.verdicts as readonly StoredVerdict[]), given] });
  rows.put(engagementFacts, after);
  if (before.contribution === after.contribution) return;
  rows.put(engagementScores, { ...known, ...standingColumns(reconsidered(rows, personId)) });
};

const scored: Handler = {
  needs: (event) => [row(engagementScores, { candidate_id: candidateOf(event) })],
  apply: record,
};

const judged: Handler = {
  needs: (event) => [
    row(engagementScores, { candidate_id: candidateOf(event) }),
    row(engagementFacts, {
      candidate_id: candidateOf(event),
      event_id: (event.data as ClassificationEvent['data']).eventId,
    }),
  ],
  apply: judge,
};

/** Goes up with a change of tables or handlers; the model's version counts below it. */
const SHAPE = 5;

/** How engaged each candidate is, now and at any other time. A new live model is a new version, built beside the old one's rows. */
export const engagement = defineProjection({
  name: 'engagement',
  version: SHAPE * 1_000 + liveModel.version,
  tables: [engagementScores, engagementFacts, engagementPersons.aliases, engagementPersons.people],
  handlers: {
    ...Object.fromEntries(
      [...engagementEventDefinitions.map(({ type }) => type), 'application.submitted'].map((type) => [type, scored]),
    ),
    [engagementClassified.type]: judged,
    ...followMerges(engagementPersons, engagementFollower),
  },
});
