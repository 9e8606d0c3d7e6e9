import {
  candidateEventDefinitions,
  channels,
  emptyLedger,
  engagementClassified,
  entered,
  isAboutContact,
  permissionIntervals,
  purposes,
  type CandidateEvent,
  type ContactLedger,
  unsubscribes,
  verdictsOf,
  type Classified,
  type EngagementEvent,
} from '#libs/candidates';
import type { AttributeChange, CustomState, HistoryFact, PersonHistory, Place } from '#libs/criteria';
import type { DomainEvent, StoredEvent } from '#libs/kernel';
import { alwaysBuiltIn, bandHistory, termsOf, type LiveModel } from '#libs/scoring';
import { customFieldsOf, customState } from './custom-fields.js';
import { factOf, withVerdict, type TalentFact } from './facts.js';
import { onePerson } from './one-person.js';
import { profileChange, unknownPerson } from './profile.js';
import type { Talent } from './tables.js';
import { talentSearch } from './talent-search.projection.js';
import { profileAttributes, profileWords } from './terms.js';

const MILLIONTHS = 1_000_000;

const placeOf = ({ latitude, longitude }: Talent): Place | null =>
  latitude === null || longitude === null
    ? null
    : { latitude: latitude / MILLIONTHS, longitude: longitude / MILLIONTHS };

/** A row, and from when on it was so. */
interface Version {
  readonly at: number;
  readonly person: Talent;
}

const profileTypes = new Set<string>(candidateEventDefinitions.map(({ type }) => type));

/**
 * The rows that the profile under one id has been: at each instant what had occurred by then comes to, in the order of the log, whenever it
 * was told. So that it's now what the read model's row is, and at any time what a past state's is.
 */
const versionsUnder = (events: readonly StoredEvent[]): Version[] => {
  const told = events.filter(({ type }) => profileTypes.has(type));
  const since = told[0]?.occurredAt.getTime() ?? 0;
  const times = told.map(({ occurredAt }) => Math.max(occurredAt.getTime(), since));
  const after = (known: Talent | undefined, event: StoredEvent): Talent => {
    const before = known ?? unknownPerson(event.subjectId ?? '', event.occurredAt);
    return { ...before, ...profileChange(event as StoredEvent & CandidateEvent, before) };
  };
  let last: Talent | undefined;
  if (times.every((at, n) => n === 0 || at >= (times[n - 1] ?? at)))
    return told.map((event, n) => ({ at: times[n] ?? since, person: (last = after(last, event)) }));
  // Something was told late: each instant has a fold of its own.
  return [...new Set(times)]
    .toSorted((a, b) => a - b)
    .flatMap((at) => {
      const person = told
        .filter((_, n) => (times[n] ?? at) <= at)
        .reduce<Talent | undefined>((known, event) => after(known, event), undefined);
      return person ? [{ at, person }] : [];
    });
};

/** The rows that a person's profile has been, of the records under each of their ids as they were at the time. */
const versionsOf = (histories: readonly (readonly StoredEvent[])[]): Version[] => {
  const each = histories.map(versionsUnder);
  if (each.length === 1) return each[0] ?? [];
  const turns = [...new Set(each.flatMap((versions) => versions.map(({ at }) => at)))].sort((a, b) => a - b);
  return turns.flatMap((at) => {
    const [first, ...others] = each.flatMap(
      (versions) => versions.findLast((version) => version.at <= at)?.person ?? [],
    );
    return first ? [{ at, person: onePerson([first, ...others]) }] : [];
  });
};

const factsOf = (events: readonly StoredEvent[]): readonly TalentFact[] =>
  events
    .filter(({ type }) => talentSearch.handlers[type] !== undefined && !profileTypes.has(type))
    .reduce<readonly TalentFact[]>(
      (facts, event) =>
        event.type === engagementClassified.type
          ? withVerdict(facts, event.data as Classified)
          : [...facts, factOf(event, event.subjectId ?? '')],
      [],
    );

const toFact = (fact: TalentFact): HistoryFact => ({
  kind: fact.kind,
  at: fact.at.getTime(),
  byPerson: fact.by_person,
  roleWords: fact.role_words,
  ...(fact.topic_key === null ? {} : { topic: fact.topic_key }),
  ...(fact.series_key === null ? {} : { series: fact.series_key }),
});

const ledgerOf = (events: readonly StoredEvent[]): ContactLedger =>
  events.filter(isAboutContact).reduce((said, event) => entered(said, event), emptyLedger);

/** For what they may be contacted, at each instant. */
const consentsOf = (histories: readonly (readonly StoredEvent[])[]): AttributeChange<readonly string[]>[] => {
  const ledgers = histories.map(ledgerOf);
  const occasions = purposes.flatMap((purpose) => channels.map((channel) => ({ purpose, channel })));
  const allowed = occasions.flatMap(({ purpose, channel }) =>
    permissionIntervals(ledgers, { purpose, channel }).map(({ from, until }) => ({
      occasion: `${purpose}/${channel}`,
      from: from.getTime(),
      to: until?.getTime() ?? Infinity,
    })),
  );
  const turns = [...new Set(allowed.flatMap(({ from, to }) => [from, to]))].filter(Number.isFinite);
  return turns
    .toSorted((a, b) => a - b)
    .map((at) => ({
      at,
      value: allowed.filter(({ from, to }) => from <= at && at < to).map(({ occasion }) => occasion),
    }));
};

type Scored = Extract<EngagementEvent, { data: { agent: unknown } | { outcome: unknown } }>;

/** In which band they are at each instant, by the model that was live then. */
const bandsOf = (events: readonly StoredEvent[], live: readonly LiveModel[]): AttributeChange<readonly string[]>[] => {
  const verdicts = verdictsOf(events as readonly (StoredEvent & DomainEvent)[]);
  const facts = events
    .filter(({ type }) => !profileTypes.has(type))
    .map((event) => {
      const { id, type, occurredAt } = event;
      const { agent, outcome } = event.data as Partial<Record<'agent' | 'outcome', never>> & Partial<Scored['data']>;
      return { id, type, at: occurredAt, agent, outcome, unsubscribes: unsubscribes(event), verdict: verdicts.get(id) };
    });
  return live.flatMap(({ since, model }, n) => {
    const until = live[n + 1]?.since ?? Infinity;
    const changes = bandHistory(model, termsOf(model, facts).counted).map(({ at, band }) => ({
      at: at.getTime(),
      value: [band],
    }));
    const before = changes.findLast(({ at }) => at <= since)?.value ?? ['dormant'];
    return [{ at: since, value: before }, ...changes.filter(({ at }) => at > since && at < until)];
  });
};

/** Each field that they ever had a value of. */
const customOf = (
  versions: readonly Version[],
  changesOf: <T>(value: (person: Talent) => T) => AttributeChange<T>[],
): Map<string, AttributeChange<CustomState | null>[]> => {
  const keys = new Set(versions.flatMap(({ person }) => Object.keys(customFieldsOf(person))));
  const stateOf = (person: Talent, key: string): CustomState | null => {
    const known = customFieldsOf(person)[key];
    return known ? customState(known) : null;
  };
  return new Map([...keys].map((key) => [key, changesOf((person) => stateOf(person, key))]));
};

/**
 * What criteria can ask about somebody over time, from the events of all their ids in the order of the log. Undefined
 * without any.
 * @param ids the one that they go by first
 * @param live what scores went by, in order of time, from the first instant on
 */
export const personHistory = (
  events: readonly StoredEvent[],
  ids: readonly string[],
  live: readonly LiveModel[] = alwaysBuiltIn,
): PersonHistory | undefined => {
  const histories = ids
    .map((id) => events.filter(({ subjectId }) => subjectId === id))
    .filter((history) => history.length > 0);
  const ofThem = events.filter(({ subjectId }) => subjectId !== undefined && ids.includes(subjectId));
  const versions = versionsOf(histories);
  const [first] = versions;
  if (!first) return undefined;
  const changesOf = <T>(value: (person: Talent) => T): AttributeChange<T>[] =>
    versions
      .map(({ at, person }) => ({ at, value: value(person) }))
      .filter(({ value: now }, n, all) => n === 0 || JSON.stringify(now) !== JSON.stringify(all[n - 1]?.value));
  return {
    since: first.at,
    title: changesOf(({ title_terms }) => title_terms),
    words: {
      ...Object.fromEntries(profileAttributes.map((attribute) => [attribute, changesOf(profileWords[attribute])])),
      band: bandsOf(ofThem, live),
    },
    numbers: {
      experienceYears: changesOf(({ experience_months }) => experience_months && experience_months / 12),
    },
    custom: customOf(versions, changesOf),
    place: changesOf(placeOf),
    consents: consentsOf(histories),
    facts: factsOf(ofThem)
      .filter((fact) => !fact.by_machine)
      .map(toFact),
  };
};
