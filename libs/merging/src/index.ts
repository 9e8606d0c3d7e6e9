export { followMerges, type Follower, type Regrouping, type StandingMerge } from './follow-merges.js';
export { personTables, type PersonTables } from './person-tables.js';
export { idsOfPerson, personIdOf } from './person-rows.js';
