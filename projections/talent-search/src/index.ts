export { personFrom } from './queries/past-person.js';
export { allTalent, type WholeSearch } from './queries/all-talent.query.js';
export type { FitCriterion, InterestCriterion, SkillCriterion, TalentCriteria } from './queries/criteria.js';
export { criteriaSql, type CriteriaScope, type Elsewhere } from './queries/criteria-sql.js';
export { countFacets, facetNames, type Facet, type FacetName } from './queries/facets.query.js';
export { highlightsOf, type Highlight } from './queries/highlights.js';
export { countFitGrid, fitOfEach, type FitCell } from './queries/fit.query.js';
export { drawnPeople, type DrawnPerson } from './queries/drawn-people.query.js';
export { candidatesById, getCandidate, knownCandidates } from './queries/get-candidate.query.js';
export { allPeople, type Person } from './queries/person.js';
export {
  searchTalent,
  type TalentPage,
  type TalentSearch,
  type TalentSearchError,
} from './queries/search-talent.query.js';
export { talentSorts, type TalentSort } from './queries/sort-key.js';
export { personHistory } from './person-history.js';
export { talent, talentActivity, talentFacts } from './tables.js';
export { talentSearch } from './talent-search.projection.js';
