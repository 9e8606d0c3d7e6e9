import { occupationTitle } from '#libs/taxonomy';
import type { Person } from '#projections/talent-search';
import type { CandidateDocument } from './candidate.dto.js';

/** A person as the API answers with them. */
export const candidateDocument = ({
  addedAt,
  lastHumanContactAt,
  lastInteractionAt,
  ...person
}: Person): CandidateDocument => ({
  ...person,
  occupations: person.occupations.map((code) => ({ code, title: occupationTitle(code) ?? null })),
  skills: [...person.skills],
  tags: [...person.tags],
  interests: [...person.interests],
  languages: [...person.languages],
  emails: [...person.emails],
  phones: [...person.phones],
  profileUrls: [...person.profileUrls],
  customFields: person.customFields.map(({ value, ...field }) => ({
    ...field,
    value: Array.isArray(value) ? [...(value as readonly string[])] : (value as string | number | boolean),
  })),
  addedAt: addedAt.toISOString(),
  lastHumanContactAt: lastHumanContactAt?.toISOString() ?? null,
  lastInteractionAt: lastInteractionAt?.toISOString() ?? null,
});
