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
  skills: [...person.skills],
  tags: [...person.tags],
  interests: [...person.interests],
  emails: [...person.emails],
  phones: [...person.phones],
  profileUrls: [...person.profileUrls],
  addedAt: addedAt.toISOString(),
  lastHumanContactAt: lastHumanContactAt?.toISOString() ?? null,
  lastInteractionAt: lastInteractionAt?.toISOString() ?? null,
});
