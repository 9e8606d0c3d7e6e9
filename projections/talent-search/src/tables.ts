import { defineTable } from '#libs/projecting';

/** One row a person: what's known of them, as it's shown and as it's searched. */
export const talent = defineTable({
  name: 'talent',
  columns: {
    candidate_id: 'uuid',
    /** Of the candidate's own stream; what If-Match takes. */
    revision: 'integer',
    name: 'text?',
    /** Normalised, for sorting. */
    name_key: 'text?',
    title: 'text?',
    title_words: 'text[]',
    employer: 'text?',
    city: 'text?',
    region: 'text?',
    country: 'text?',
    /** Normalised city, region. */
    city_key: 'text?',
    region_key: 'text?',
    experience_months: 'integer?',
    /** `[{ name, years }]` as they were told. */
    skills: 'jsonb',
    /** Normalised names. */
    skill_keys: 'text[]',
    tags: 'text[]',
    /** Normalised, controlled and free ones alike. */
    tag_keys: 'text[]',
    free_tags: 'text[]',
    interests: 'text[]',
    interest_keys: 'text[]',
    source_kind: 'text?',
    source_name: 'text?',
    owner: 'text?',
    emails: 'text[]',
    phones: 'text[]',
    profile_urls: 'text[]',
    added_at: 'timestamptz',
    search_text: 'text',
  },
  key: ['candidate_id'],
  indexes: [
    'USING gin (search_text gin_trgm_ops)',
    'USING gin (skill_keys)',
    'USING gin (tag_keys)',
    'USING gin (interest_keys)',
    'USING gin (title_words)',
    '(city_key)',
    '(country)',
    '(owner)',
    '(source_name)',
    '(name_key, candidate_id)',
    '(added_at, candidate_id)',
    '(experience_months, candidate_id)',
  ],
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
  },
  key: ['candidate_id'],
  indexes: ['(last_human_contact_at, candidate_id)'],
});

/** One row each time that somebody expressed an interest: what, and when. */
export const talentInterests = defineTable({
  name: 'talent_interests',
  columns: {
    candidate_id: 'uuid',
    position: 'bigint',
    interest_key: 'text',
    role_words: 'text[]',
    expressed_at: 'timestamptz',
  },
  key: ['candidate_id', 'position'],
  indexes: ['(interest_key, expressed_at, candidate_id)', '(candidate_id, expressed_at)'],
});
