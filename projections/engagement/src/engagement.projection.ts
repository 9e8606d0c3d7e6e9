import type { ApplicationEvent, ClassificationEvent, EngagementEvent } from '#libs/candidates';
import { engagementClassified, engagementEventDefinitions, unsubscribes } from '#libs/candidates';
import { subjectOf, type StoredEvent } from '#libs/kernel';
import { followMerges } from '#libs/merging';
import { defineProjection, row, type Handler, type Projection, type RowOf, type Rows } from '#libs/projecting';
import { heatOf, liveModel as builtIn, noStanding, standingAfter, weightOf, type ScoringModel } from '#libs/scoring';
import { factOf } from './facts.js';
import { engagementFollower, recordedFor } from './people.js';
import { takeIn } from './running-standings.js';
import { standingColumns, type ScoreRow } from './standing-row.js';
import { builtInStandings, standingsBy, type FactsTable, type Standings, type StoredVerdict } from './tables.js';

type Scored = StoredEvent & (EngagementEvent | Extract<ApplicationEvent, { type: 'application.submitted' }>);
type FactColumns = RowOf<FactsTable['columns']>;

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

const noScore = (by: Standings, candidateId: string): ScoreRow => ({
  candidate_id: candidateId,
  ...standingColumns(noStanding, by),
  unsubscribed_at: null,
  complained_at: null,
  merged_into: null,
});

/** Under which id whoever has this one goes, and their row if there's one. */
const personRow = (
  by: Standings,
  rows: Rows,
  candidateId: string,
): { readonly personId: string; readonly found: ScoreRow | undefined } => {
  const own = rows.get(by.scores, { candidate_id: candidateId });
  if (!own || own.merged_into === null) return { personId: candidateId, found: own };
  return { personId: own.merged_into, found: rows.fetch(by.scores, { candidate_id: own.merged_into }) };
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

/** One more signal. */
const oneMore = (by: Standings, rows: Rows, known: ScoreRow, fact: FactColumns): void => {
  const { candidate_id: personId } = known;
  if (rows.awaits(personId) || !takeIn(by, rows, known, factOf(fact))) reconsider(by, rows, personId);
};

const record =
  (by: Standings): Handler['apply'] =>
  (event, rows) => {
    const { type, data, occurredAt } = event as Scored;
    const { personId, found } = personRow(by, rows, subjectOf(event));
    const known = found ?? noScore(by, personId);
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
    const complains = type === 'email.complained';
    if (!found || fact.unsubscribes || complains)
      rows.put(by.scores, {
        ...known,
        unsubscribed_at: fact.unsubscribes ? earliest(known.unsubscribed_at, occurredAt) : known.unsubscribed_at,
        complained_at: complains ? earliest(known.complained_at, occurredAt) : known.complained_at,
      });
    if (fact.group_name !== null) oneMore(by, rows, known, fact);
  };

/** Who did something was found out: what it counts for may change, and with it what followed. */
const judge =
  (by: Standings): Handler['apply'] =>
  (event, rows) => {
    const { eventId, verdict, classifierVersion } = event.data as ClassificationEvent['data'];
    const { personId, found } = personRow(by, rows, subjectOf(event));
    const before = rows.fetch(by.facts, { candidate_id: personId, event_id: eventId });
    // A verdict lies with what it's about: of another id's fact it says nothing.
    if (!before || recordedFor(before) !== subjectOf(event)) return;
    const given: StoredVerdict = { position: event.position.commit.toString(), verdict, classifierVersion };
    const after = weighed(by.model, { ...before, verdicts: [...(before.verdicts as readonly StoredVerdict[]), given] });
    rows.put(by.facts, after);
    if (before.contribution === after.contribution) return;
    rows.put(by.scores, found ?? noScore(by, personId));
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
const SHAPE = 7;

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
