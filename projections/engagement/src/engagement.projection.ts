import type { ApplicationEvent, ClassificationEvent, EngagementEvent } from '#libs/candidates';
import { engagementClassified, engagementEventDefinitions, unsubscribes } from '#libs/candidates';
import { subjectOf, type StoredEvent } from '#libs/kernel';
import { followMerges } from '#libs/merging';
import { defineProjection, row, type Handler, type Projection, type RowOf, type Rows } from '#libs/projecting';
import {
  advance,
  comesNext,
  heatOf,
  liveModel as builtIn,
  noStanding,
  standingAfter,
  weightOf,
  type ScoringModel,
} from '#libs/scoring';
import { factOf } from './facts.js';
import { engagementFollower, recordedFor } from './people.js';
import { standingColumns, standingIn } from './standing-row.js';
import {
  builtInStandings,
  standingsBy,
  type FactsTable,
  type ScoresTable,
  type Standings,
  type StoredVerdict,
} from './tables.js';

type Scored = StoredEvent & (EngagementEvent | Extract<ApplicationEvent, { type: 'application.submitted' }>);
type FactColumns = RowOf<FactsTable['columns']>;
type ScoreColumns = RowOf<ScoresTable['columns']>;

const earliest = (a: Date | null, b: Date): Date => (a === null || b < a ? b : a);

/** A fact with what a model makes of it. */
const weighed = (model: ScoringModel, known: FactColumns): FactColumns => {
  const fact = factOf(known);
  const weight = weightOf(model, fact);
  const group = 'group' in weight ? weight.group : null;
  const points = 'group' in weight ? weight.points * weight.factor : 0;
  return {
    ...known,
    group_name: group,
    contribution: group === null ? null : heatOf(model, group, points, fact.at),
  };
};

const scoreRow = (by: Standings, rows: Rows, candidateId: string): ScoreColumns =>
  rows.get(by.scores, { candidate_id: candidateId }) ?? {
    candidate_id: candidateId,
    ...standingColumns(noStanding, by),
    unsubscribed_at: null,
    complained_at: null,
    merged_into: null,
  };

/** The row of whoever has this id, under the id that they go by. */
const personRow = (by: Standings, rows: Rows, candidateId: string): ScoreColumns => {
  const own = scoreRow(by, rows, candidateId);
  if (own.merged_into === null) return own;
  const persons = rows.fetch(by.scores, { candidate_id: own.merged_into });
  return persons ?? { ...own, candidate_id: own.merged_into, merged_into: null };
};

/** From all that happened with somebody, once a batch: for what isn't just one more signal after the others. */
const reconsider = (by: Standings, rows: Rows, personId: string): void =>
  rows.afterwards(personId, () => {
    const known = rows.fetch(by.scores, { candidate_id: personId });
    // Whoever was merged away meanwhile is reckoned under the other id.
    if (!known || known.merged_into !== null) return;
    const facts = rows.fetchBranch(by.facts, { candidate_id: personId }).map((fact) => factOf(fact));
    rows.put(by.scores, { ...known, ...standingColumns(standingAfter(by.model, facts), by) });
  });

/** The columns after one more signal; none where all are reckoned afterwards. */
const oneMore = (by: Standings, rows: Rows, known: ScoreColumns, fact: FactColumns): Partial<ScoreColumns> => {
  const standing = standingIn(known, by.groups);
  if (!rows.awaits(known.candidate_id) && comesNext(standing, fact.occurred_at))
    return standingColumns(advance(by.model, standing, factOf(fact)), by);
  reconsider(by, rows, known.candidate_id);
  return {};
};

const record =
  (by: Standings): Handler['apply'] =>
  (event, rows) => {
    const { type, data, occurredAt } = event as Scored;
    const known = personRow(by, rows, subjectOf(event));
    const personId = known.candidate_id;
    const fact = weighed(by.model, {
      candidate_id: personId,
      recorded_for: personId === subjectOf(event) ? null : subjectOf(event),
      event_id: event.id,
      position: event.position.commit,
      type,
      occurred_at: occurredAt,
      agent: ('agent' in data ? data.agent : undefined) ?? null,
      outcome: ('outcome' in data ? data.outcome : undefined) ?? null,
      unsubscribes: unsubscribes(event),
      verdicts: [],
      group_name: null,
      contribution: null,
    });
    rows.add(by.facts, fact);
    rows.put(by.scores, {
      ...known,
      ...(fact.group_name === null ? {} : oneMore(by, rows, known, fact)),
      unsubscribed_at: fact.unsubscribes ? earliest(known.unsubscribed_at, occurredAt) : known.unsubscribed_at,
      complained_at: type === 'email.complained' ? earliest(known.complained_at, occurredAt) : known.complained_at,
    });
  };

/** Who did something was found out: what it counts for may change, and with it what followed. */
const judge =
  (by: Standings): Handler['apply'] =>
  (event, rows) => {
    const { eventId, verdict, classifierVersion } = event.data as ClassificationEvent['data'];
    const known = personRow(by, rows, subjectOf(event));
    const personId = known.candidate_id;
    const before = rows.fetch(by.facts, { candidate_id: personId, event_id: eventId });
    // A verdict lies with what it's about: of another id's fact it says nothing.
    if (!before || recordedFor(before) !== subjectOf(event)) return;
    const given: StoredVerdict = { position: event.position.commit.toString(), verdict, classifierVersion };
    const after = weighed(by.model, { ...before, verdicts: [...(before.verdicts as readonly StoredVerdict[]), given] });
    rows.put(by.facts, after);
    if (before.contribution === after.contribution) return;
    rows.put(by.scores, known);
    reconsider(by, rows, personId);
  };

const scored = (by: Standings): Handler => ({
  needs: (event) => [row(by.scores, { candidate_id: subjectOf(event) })],
  apply: record(by),
});

const judged = (by: Standings): Handler => ({
  needs: (event) => [
    row(by.scores, { candidate_id: subjectOf(event) }),
    row(by.facts, {
      candidate_id: subjectOf(event),
      event_id: (event.data as ClassificationEvent['data']).eventId,
    }),
  ],
  apply: judge(by),
});

/** Goes up with a change of tables or handlers; the built-in model's version counts below it. */
const SHAPE = 6;

const projectionOf = (by: Standings, name: string, version: number): Projection => {
  const one = scored(by);
  return defineProjection({
    name,
    version,
    tables: [by.scores, by.facts, by.persons.aliases, by.persons.people],
    handlers: {
      ...Object.fromEntries(
        [...engagementEventDefinitions.map(({ type }) => type), 'application.submitted'].map((type) => [type, one]),
      ),
      [engagementClassified.type]: judged(by),
      ...followMerges(by.persons, engagementFollower(by)),
    },
  });
};

/**
 * How engaged each candidate is, now and at any other time, by the model that came with the program. Another model there is
 * a new version, built beside the old one's rows.
 */
export const engagement = projectionOf(builtInStandings, 'engagement', SHAPE * 1_000 + builtIn.version);

/** What the read model by a published model is called. */
export const engagementName = (version: number): string =>
  version === builtIn.version ? engagement.name : `${engagement.name}-m${version}`;

/** The same by any model: a read model of its own, so that two models' rows are there side by side. */
export const engagementBy = (model: ScoringModel): Projection =>
  model.version === builtIn.version
    ? engagement
    : projectionOf(standingsBy(model), engagementName(model.version), SHAPE);
