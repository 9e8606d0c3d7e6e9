import { isOutcomeSql } from './rated-events.js';

/** Recorded by then, and happened by then, where moments are given: $3 the time, $4 the position. */
const known = `($3::timestamptz IS NULL OR occurred_at <= $3) AND ($4::bigint IS NULL OR position <= $4)`;

/** The verdict that counts is the newest that was recorded by then: an older classifier's is never recorded after a newer one's. */
const actor = `coalesce((
  SELECT later.details->>'verdict' FROM read.timeline later
  WHERE later.candidate_id = act.candidate_id AND later.type = 'engagement.classified'
    AND later.details->>'eventId' = act.event_id::text AND ($4::bigint IS NULL OR later.position <= $4)
  ORDER BY later.position DESC LIMIT 1), details->>'agent')`;

/** Of several who did it, the one that tells most. */
const foremost = (type: string): string =>
  `min(CASE actor WHEN 'human' THEN 1 WHEN 'unknown' THEN 2 ELSE 3 END) FILTER (WHERE type = '${type}')`;

const endedAt = `min(occurred_at) FILTER (WHERE ${isOutcomeSql} AND time_precision <> 'unknown')`;

/**
 * Common table expressions up to `message`: a row a message to a person whose delivery, or bounce, was first told of in the time from $1 until before $2.
 * Events are found by the message, one by one: so no more is read than what those messages came to, however long ago they are.
 *
 * @param persons a relation of candidate_id and person_id: who has several ids
 */
export const messageOutcomesSql = (persons: string): string => `
  WITH persons AS (${persons}),
  ended AS MATERIALIZED (
    SELECT DISTINCT coalesce(alias.person_id, fact.candidate_id) AS person_id, fact.message
    FROM read.timeline fact LEFT JOIN persons alias USING (candidate_id)
    WHERE ${isOutcomeSql} AND occurred_at >= $1 AND occurred_at < $2 AND time_precision <> 'unknown' AND ${known}
  ),
  fact AS (
    SELECT ended.person_id, ended.message, told.*
    FROM ended LEFT JOIN persons every USING (person_id)
    CROSS JOIN LATERAL (
      SELECT type, position, occurred_at, time_precision, source, details->>'campaignId' AS campaign,
        details->>'sentiment' AS sentiment, CASE WHEN details ? 'agent' THEN ${actor} END AS actor
      FROM read.timeline act
      WHERE act.candidate_id = coalesce(every.candidate_id, ended.person_id) AND act.message = ended.message AND ${known}
      -- Keeps this from being made a join, which may read everybody's events.
      OFFSET 0
    ) told
  ),
  message AS (
    SELECT ${endedAt} AS ended_at,
      (array_agg(campaign ORDER BY position) FILTER (WHERE campaign IS NOT NULL))[1] AS campaign,
      (array_agg(source ORDER BY occurred_at, position)
        FILTER (WHERE ${isOutcomeSql} AND time_precision <> 'unknown'))[1] AS provider,
      bool_or(type = 'email.delivered') AS delivered,
      bool_or(type = 'email.bounced') AS bounced,
      ${foremost('email.opened')} AS opened,
      ${foremost('email.clicked')} AS clicked,
      bool_or(type = 'email.replied') AS replied,
      bool_or(type = 'email.unsubscribed' OR (type = 'email.replied' AND sentiment = 'unsubscribe')) AS unsubscribed,
      bool_or(type = 'email.complained') AS complained
    FROM fact GROUP BY person_id, message
    HAVING ${endedAt} >= $1
  )`;
