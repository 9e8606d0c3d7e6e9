/** Finds under which id somebody of a row goes. */
export const joinPerson = (row: string): string =>
  `LEFT JOIN read.pool_aliases ${row}_alias ON ${row}_alias.candidate_id = ${row}.candidate_id`;

/** The id that they go by. Needs `joinPerson`. */
export const personSql = (row: string): string => `coalesce(${row}_alias.person_id, ${row}.candidate_id)`;

/**
 * True unless the person has a stay in the same pool, under another of their ids, for which this holds. Needs `joinPerson`.
 * @param holds of the stay `o`
 */
export const unlessUnderAnother = (row: string, holds: string): string =>
  `(${row}_alias.person_id IS NULL OR NOT EXISTS (
      SELECT FROM read.pool_aliases other JOIN read.pool_memberships o ON o.candidate_id = other.candidate_id
      WHERE other.person_id = ${row}_alias.person_id AND o.pool_id = ${row}.pool_id AND o.candidate_id <> ${row}.candidate_id
        AND (o.left_at IS NULL OR o.left_at > o.joined_at) AND ${holds}))`;
