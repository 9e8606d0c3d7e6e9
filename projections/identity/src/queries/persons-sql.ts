/** A relation of `candidate_id` and `person_id`: everybody who has several ids now, under each of these. */
export const personsSql = 'SELECT candidate_id, person_id FROM read.identity_aliases';

/**
 * The same as it was decided by a time and recorded by a position, each as SQL that may be null. Who stands for a person is one of their ids, not
 * always the one that they went by. It reads every merge there ever was, which are few beside people.
 */
export const pastPersonsSql = (at: string, position: string): string => `
  WITH RECURSIVE standing AS MATERIALIZED (
    SELECT side.one, side.other FROM read.identity_merges merge
    CROSS JOIN LATERAL (VALUES (survivor_id, merged_id), (merged_id, survivor_id)) side (one, other)
    WHERE (${at} IS NULL OR merged_at <= ${at}) AND (${position} IS NULL OR merge.position <= ${position})
      AND NOT (undone_position IS NOT NULL
        AND (${at} IS NULL OR undone_at <= ${at}) AND (${position} IS NULL OR undone_position <= ${position}))
  ),
  reached (candidate_id, id) AS (
    SELECT one, one FROM standing
    UNION
    SELECT reached.candidate_id, standing.other FROM reached JOIN standing ON standing.one = reached.id
  )
  SELECT DISTINCT ON (candidate_id) candidate_id, id AS person_id FROM reached ORDER BY candidate_id, id`;
