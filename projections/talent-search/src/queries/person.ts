import type { CustomFieldType, CustomValue } from '#libs/candidates';
import type { KnownCustomField } from '../custom-fields.js';

/** A person as a search shows them. Null is unknown; `[erased]` was erased. */
export interface Person {
  readonly id: string;
  /** Of the candidate's own stream. */
  readonly revision: number;
  readonly name: string | null;
  readonly title: string | null;
  readonly employer: string | null;
  /** Codes of O*NET-SOC, the likeliest first. */
  readonly occupations: readonly string[];
  /** As it was stated. */
  readonly location: { readonly city: string | null; readonly region: string | null; readonly country: string | null };
  /** What the location means. */
  readonly place: PersonPlace | null;
  readonly experienceYears: number | null;
  readonly skills: readonly { readonly name: string; readonly years: number | null }[];
  readonly tags: readonly string[];
  readonly interests: readonly string[];
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly profileUrls: readonly string[];
  /** In the order of their keys. */
  readonly customFields: readonly PersonCustomField[];
  readonly source: { readonly kind: string; readonly name: string } | null;
  readonly availability: string | null;
  /** ISO 639 codes. */
  readonly languages: readonly string[];
  readonly owner: string | null;
  readonly addedAt: Date;
  readonly lastHumanContactAt: Date | null;
  readonly lastInteractionAt: Date | null;
}

/** A value of a field of the business's own. */
export interface PersonCustomField {
  readonly field: string;
  readonly type: CustomFieldType;
  readonly personal: boolean;
  readonly value: CustomValue;
}

/** A city, in degrees of WGS 84. */
export interface PersonPlace {
  readonly city: string;
  readonly region: string | null;
  readonly country: string;
  readonly latitude: number;
  readonly longitude: number;
}

export interface TalentRow {
  candidate_id: string;
  revision: number;
  name: string | null;
  title: string | null;
  occupations: string[];
  employer: string | null;
  city: string | null;
  region: string | null;
  country: string | null;
  place: (Omit<PersonPlace, 'region'> & { region?: string }) | null;
  experience_months: number | null;
  skills: { name: string; years: number | null }[];
  tags: string[];
  free_tags: string[];
  interests: string[];
  availability: string | null;
  languages: string[];
  emails: string[];
  phones: string[];
  profile_urls: string[];
  custom_fields: Record<string, KnownCustomField>;
  source_kind: string | null;
  source_name: string | null;
  owner: string | null;
  added_at: Date;
  last_human_contact_at: Date | null;
  last_interaction_at: Date | null;
}

/** Where people are found, with all that's shown of them: every row of one table has its row of the others. */
export const people = `read.talent_traits t JOIN read.talent c ON c.candidate_id = t.candidate_id
  JOIN read.talent_activity a ON a.candidate_id = t.candidate_id`;

/**
 * The same people for what may not look at all of that: PostgreSQL leaves a table out that nothing is asked of, where
 * whoever isn't in it would be there all the same.
 */
export const allPeople = `read.talent_traits t LEFT JOIN read.talent c ON c.candidate_id = t.candidate_id
  LEFT JOIN read.talent_activity a ON a.candidate_id = t.candidate_id`;

/** The same people for what begins with their activity. */
export const activePeople = `read.talent_activity a JOIN read.talent_traits t ON t.candidate_id = a.candidate_id
  LEFT JOIN read.talent c ON c.candidate_id = a.candidate_id`;

/** What's shown of people who were found already. */
export const shownPeople = 'read.talent c JOIN read.talent_activity a ON a.candidate_id = c.candidate_id';

/** The columns that `toPerson` takes, of `people` and of `shownPeople`. */
export const personColumns = `c.candidate_id, c.revision, c.name, c.title, c.occupations, c.employer, c.city, c.region, c.country, c.place,
  c.experience_months, c.skills, c.tags, c.free_tags, c.interests, c.availability, c.languages, c.emails, c.phones, c.profile_urls,
  c.custom_fields, c.source_kind, c.source_name, c.owner, c.added_at, a.last_human_contact_at, a.last_interaction_at`;

export const toPerson = (row: TalentRow): Person => ({
  id: row.candidate_id,
  revision: row.revision,
  name: row.name,
  title: row.title,
  occupations: row.occupations,
  employer: row.employer,
  location: { city: row.city, region: row.region, country: row.country },
  place: row.place && { ...row.place, region: row.place.region ?? null },
  experienceYears: row.experience_months === null ? null : Math.round((row.experience_months / 12) * 10) / 10,
  skills: row.skills.map(({ name, years }) => ({ name, years })),
  tags: [...row.tags, ...row.free_tags],
  interests: row.interests,
  availability: row.availability,
  languages: row.languages,
  emails: row.emails,
  phones: row.phones,
  profileUrls: row.profile_urls,
  customFields: Object.entries(row.custom_fields)
    .map(([field, { type, personal, value }]) => ({ field, type, personal, value }))
    .sort((a, b) => (a.field < b.field ? -1 : 1)),
  source:
    row.source_kind === null || row.source_name === null ? null : { kind: row.source_kind, name: row.source_name },
  owner: row.owner,
  addedAt: row.added_at,
  lastHumanContactAt: row.last_human_contact_at,
  lastInteractionAt: row.last_interaction_at,
});
