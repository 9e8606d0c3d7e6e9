/** A person as a search shows them. Null is unknown; `[erased]` was erased. */
export interface Person {
  readonly id: string;
  /** Of the candidate's own stream. */
  readonly revision: number;
  readonly name: string | null;
  readonly title: string | null;
  readonly employer: string | null;
  readonly location: { readonly city: string | null; readonly region: string | null; readonly country: string | null };
  readonly experienceYears: number | null;
  readonly skills: readonly { readonly name: string; readonly years: number | null }[];
  readonly tags: readonly string[];
  readonly interests: readonly string[];
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly profileUrls: readonly string[];
  readonly source: { readonly kind: string; readonly name: string } | null;
  readonly owner: string | null;
  readonly addedAt: Date;
  readonly lastHumanContactAt: Date | null;
  readonly lastInteractionAt: Date | null;
}

export interface TalentRow {
  candidate_id: string;
  revision: number;
  name: string | null;
  title: string | null;
  employer: string | null;
  city: string | null;
  region: string | null;
  country: string | null;
  experience_months: number | null;
  skills: { name: string; years: number | null }[];
  tags: string[];
  free_tags: string[];
  interests: string[];
  emails: string[];
  phones: string[];
  profile_urls: string[];
  source_kind: string | null;
  source_name: string | null;
  owner: string | null;
  added_at: Date;
  last_human_contact_at: Date | null;
  last_interaction_at: Date | null;
}

/** Where people are found: every row of one has its row of the other. */
export const people = 'read.talent t JOIN read.talent_activity a ON a.candidate_id = t.candidate_id';

/** The columns that `toPerson` takes, of `people`. */
export const personColumns = `t.candidate_id, revision, name, title, employer, city, region, country, experience_months, skills, tags, free_tags,
  interests, emails, phones, profile_urls, source_kind, source_name, owner, added_at, last_human_contact_at, last_interaction_at`;

export const toPerson = (row: TalentRow): Person => ({
  id: row.candidate_id,
  revision: row.revision,
  name: row.name,
  title: row.title,
  employer: row.employer,
  location: { city: row.city, region: row.region, country: row.country },
  experienceYears: row.experience_months === null ? null : Math.round((row.experience_months / 12) * 10) / 10,
  skills: row.skills.map(({ name, years }) => ({ name, years })),
  tags: [...row.tags, ...row.free_tags],
  interests: row.interests,
  emails: row.emails,
  phones: row.phones,
  profileUrls: row.profile_urls,
  source:
    row.source_kind === null || row.source_name === null ? null : { kind: row.source_kind, name: row.source_name },
  owner: row.owner,
  addedAt: row.added_at,
  lastHumanContactAt: row.last_human_contact_at,
  lastInteractionAt: row.last_interaction_at,
});
