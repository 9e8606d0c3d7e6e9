import { personTables } from '#libs/merging';
import { defineTable, type RowOf } from '#libs/projecting';

/** Who is one person. */
export const talentPersons = personTables('talent');

/** What people are sorted and counted by, and where they are. */
export const traits = {
  experience_months: 'integer?',
  /** Of the place, in millionths of a degree. */
  latitude: 'integer?',
  longitude: 'integer?',
  added_at: 'timestamptz',
  /** Normalised; of the place that the location means, if it's known, else as it's stated. */
  city_key: 'text?',
  /** ISO 3166-1 alpha-2, of the place or as it's stated. */
  country_key: 'text?',
  employer_key: 'text?',
  owner: 'text?',
  source_kind: 'text?',
  source_name_key: 'text?',
  /** `looking`, `open` or `not-looking`. */
  availability: 'text?',
  /** Normalised, for sorting: its first 100 letters. */
  name_key: 'text?',
  /** Codes of O*NET-SOC, the likeliest first. */
  occupations: 'text[]',
  tags: 'text[]',
  interest_keys: 'text[]',
  /** ISO 639 codes. */
  languages: 'text[]',
} as const;

/**
 * One row a person: what's known of them. Who has several ids has one row, under the id that they go by, made of
 * `talent_records`; so that a search is of people, and costs nothing for it.
 */
export const talent = defineTable({
  name: 'talent',
  columns: {
    candidate_id: 'uuid',
    ...traits,
    owner_key: 'text?',
    /** What skills are found by: libs/criteria, `skillTerms`. */
    skill_terms: 'text[]',
    /** Of the candidate's own stream; what If-Match takes. */
    revision: 'integer',
    /** Whether it's made of the records of several ids. */
    of_several: 'boolean',
    name: 'text?',
    title: 'text?',
    /** What a title is found by: libs/criteria, `titleTerms`. */
    title_terms: 'text[]',
    employer: 'text?',
    city: 'text?',
    region: 'text?',
    country: 'text?',
    /** What a region is found by: libs/criteria, `regionTerms`; as it's stated, and of the place. */
    region_keys: 'text[]',
    /** `{ city, region?, country, latitude, longitude }`: what the location means. */
    place: 'jsonb?',
    /** `[{ name, years, keys }]` as they were told, with what each is found by. */
    skills: 'jsonb',
    /** Normalised, controlled and free ones alike. */
    tag_keys: 'text[]',
    free_tags: 'text[]',
    interests: 'text[]',
    source_name: 'text?',
    emails: 'text[]',
    phones: 'text[]',
    profile_urls: 'text[]',
    /** When the availability was said. */
    availability_at: 'timestamptz?',
    /** By key: `{ type, personal, value }` of each field of the business's own. */
    custom_fields: 'jsonb',
    search_text: 'text',
  },
  key: ['candidate_id'],
  indexes: ['USING gin (search_text gin_trgm_ops)'],
});

/** A row of `talent`. */
export type Talent = RowOf<typeof talent.columns>;

/**
 * One row a person: what they're found, sorted and counted by, in few bytes. A search among a million reads a hundred thousand
 * of these rows, and of `talent`, whose rows are twice as wide, only those that it shows.
 */
export const talentTraits = defineTable({
  name: 'talent_traits',
  columns: {
    candidate_id: 'uuid',
    ...traits,
    /** Title, skills, tags, places and all the rest, each word with its attribute: `termNumber` of `city:austin`. */
    terms: 'bigint[]',
    /** Which topics and series they had to do with, at all and in which month: `momentsOf` of their facts, in order. */
    moments: 'bigint[]',
    /** Those of the taxonomy, by their keys there. */
    skill_keys: 'text[]',
  },
  key: ['candidate_id'],
  indexes: [
    // One index for all words and moments, so that conditions on several of them are met in one scan of it. Words are asked
    // for in a language of and, or, which arrays haven't.
    'USING gin (array_to_tsvector(terms::text[]), moments)',
    '(latitude, longitude)',
    '(name_key, candidate_id)',
    '(added_at, candidate_id)',
    '(experience_months, candidate_id)',
  ],
});

/** A row of `talent_traits`. */
export type Traits = RowOf<typeof talentTraits.columns>;

/** One row for each id of somebody who has several: what was recorded under it, as `talent` would have it if it were the only one. */
export const talentRecords = defineTable({
  name: 'talent_records',
  columns: talent.columns,
  key: ['candidate_id'],
  indexes: [],
});

/**
 * One row a person: when something happened last. Apart from `talent`, which has a dozen indexes that every interaction
 * would write anew: that took three quarters of what an interaction costs PostgreSQL.
 */
export const talentActivity = defineTable({
  name: 'talent_activity',
  columns: {
    candidate_id: 'uuid',
    /** The last act of the person. */
    last_human_contact_at: 'timestamptz?',
    /** The last thing that happened, whoever did it. */
    last_interaction_at: 'timestamptz?',
    /** Under which id the person's row is, where it isn't this one: the rest of this row says nothing then. */
    merged_into: 'uuid?',
  },
  key: ['candidate_id'],
  indexes: ['(last_human_contact_at, candidate_id)'],
});

/** One row a thing that happened between us and a person, or with an application of theirs: what criteria ask about. */
export const talentFacts = defineTable({
  name: 'talent_facts',
  columns: {
    /** The id that the person goes by. */
    candidate_id: 'uuid',
    /** The id that it was recorded for, if it's another one of theirs. */
    recorded_for: 'uuid?',
    position: 'bigint',
    event_id: 'uuid',
    /** The event's type. */
    kind: 'text',
    at: 'timestamptz',
    /** Whether it's an act of the person, as far as is known by now. */
    by_person: 'boolean',
    /** Whether a machine did it, as far as is known by now: then it counts for nothing. */
    by_machine: 'boolean',
    /** Normalised: the interest that was expressed. */
    topic_key: 'text?',
    /** Of the role that it was about: libs/criteria, `titleWords`. */
    role_words: 'text[]',
    /** Normalised: the series that an event belonged to. */
    series_key: 'text?',
  },
  key: ['candidate_id', 'position'],
  indexes: [
    // With what else is asked of them, so that the table needn't be read.
    '(candidate_id, topic_key, at) INCLUDE (kind, by_machine, by_person) WHERE topic_key IS NOT NULL',
    '(candidate_id, series_key, at) INCLUDE (kind, by_machine, by_person) WHERE series_key IS NOT NULL',
  ],
});
