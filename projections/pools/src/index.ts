export { poolsProjection } from './pools.projection.js';
export { changesOf, type ChangeCriteria, type PoolChange } from './queries/changes.query.js';
export { memberIdsSql, membersOf, sizeOf, type Member } from './queries/members.query.js';
export { membershipsOf, type MembershipKey } from './queries/memberships-of.query.js';
export { staysFrom } from './queries/past-stays.js';
export { poolsOfCandidate, type PoolStay, type StaysAsked } from './queries/pools-of-candidate.query.js';
export { toldChangesOf, type ToldSegmentChange } from './queries/told-changes.query.js';
export { listPools, poolOf, type Pool, type PoolCriteria } from './queries/pools.query.js';
export { poolMemberships, pools, poolStages } from './tables.js';
export { segmentHistory, segmentStays } from './segment-history.js';
export {
  segmentChanges,
  segmentMembers,
  type SegmentChange,
  type SegmentMember,
} from './queries/segment-history.query.js';
export type { Page } from './queries/pages.js';
