export { personFrom } from './queries/past-person.js';
export { monthsBefore, type InterestCriterion, type SkillCriterion, type TalentCriteria } from './queries/criteria.js';
export { candidatesById, getCandidate } from './queries/get-candidate.query.js';
export { likelyDuplicates, type LikelyDuplicates, type LikelyPair } from './queries/likely-duplicates.query.js';
export type { Person } from './queries/person.js';
export {
  searchTalent,
  type TalentPage,
  type TalentSearch,
  type TalentSearchError,
} from './queries/search-talent.query.js';
export { talentSorts, type TalentSort } from './queries/sort-key.js';
export { normalise, titleWords } from './search-text.js';
export { talent, talentActivity, talentInterests } from './tables.js';
export { talentSearch } from './talent-search.projection.js';
