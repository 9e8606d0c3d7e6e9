export { identity } from './identity.projection.js';
export { idsOfPerson, type IdentityMoment } from './queries/ids-of.query.js';
export { settledPairs } from './queries/settled-pairs.query.js';
export { identityAliases, identityMerges, identityPeople, identityToldApart } from './tables.js';
