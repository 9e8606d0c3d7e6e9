export { comparing } from './comparing.js';
export { duplicates } from './duplicates.projection.js';
export {
  countLikelyPairs,
  likelyPeople,
  type LikelyPair,
  type LikelyPeopleOptions,
  type LikelyPeoplePage,
  type LikelyPerson,
} from './queries/likely-people.query.js';
export { duplicateKeys, duplicatePairs, duplicatePeople, duplicateValues } from './tables.js';
