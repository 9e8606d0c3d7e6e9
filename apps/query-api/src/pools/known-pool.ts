import type { Criteria } from '#libs/criteria';
import { ProblemError } from '#libs/http';
import type { Database } from '#libs/read-store';
import { poolOf, type Pool } from '#projections/pools';

/** Throws 404 for a pool that the read model doesn't hold. */
export const knownPool = async (database: Database, poolId: string): Promise<Pool> => {
  const pool = await poolOf(database, poolId);
  if (pool) return pool;
  throw new ProblemError(404, 'pool-unknown', {
    detail: 'There is no pool with this id. One opened a moment ago is found with after=<position token>.',
  });
};

/** Whom a segment means; undefined for a static pool. They were parsed before they were recorded. */
export const criteriaOf = ({ criteria }: Pool): Criteria | undefined => (criteria ?? undefined) as Criteria | undefined;

/** Throws 409 where it's asked for changes of a segment that nobody watches, which no read model holds. */
export const refuseUnwatched = ({ kind, watched }: Pool): void => {
  if (kind === 'static' || watched) return;
  throw new ProblemError(409, 'segment-computed', {
    detail:
      'Who came into a segment and went is told of one that is watched; of others it follows from the events of everybody. Ask for its past with ' +
      'POST /v1/segment-histories, or for one person: /v1/pools/{id}/members/{candidateId}/history.',
  });
};
