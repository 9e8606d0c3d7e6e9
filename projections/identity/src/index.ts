export { identity } from './identity.projection.js';
export { isDecidedAbout } from './queries/decided-about.query.js';
export { idsOfPerson, personIdsOf, type IdentityMoment } from './queries/ids-of.query.js';
export { pastPersonsSql, personsSql } from './queries/persons-sql.js';
export { pairDecisions, undecidedSql } from './queries/undecided-sql.js';
export { identityAliases, identityMerges, identityPeople, identityToldApart } from './tables.js';
