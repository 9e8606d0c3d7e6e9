import { titleWords } from '#libs/criteria';
import { err, ok, type Result } from '#libs/kernel';
import type { SqlExecutor } from '#libs/read-store';

/** Stages of which a rejection may follow, in order. */
export const rejectedFromStages = ['applied', 'screened', 'interviewed', 'offered'] as const;
export type RejectedFrom = (typeof rejectedFromStages)[number];

export interface MedallistCriteria {
  /** From which of the stages a rejection was late enough. */
  readonly stages: readonly RejectedFrom[];
  /** Words of the role, in any order, singular or plural. */
  readonly title?: string | undefined;
  readonly requisitionId?: string | undefined;
  /** Only those who came to an interview or were hired since, or only the others. */
  readonly rediscovered?: boolean | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Somebody who was nearly hired, by one application or because somebody says so. */
export interface SilverMedallist {
  /** The id that they go by. */
  readonly candidateId: string;
  /** Null where somebody marked them by hand. */
  readonly applicationId: string | null;
  readonly stage: RejectedFrom | null;
  readonly reason: string | null;
  readonly role: string | null;
  readonly requisitionId: string | null;
  /** When they were rejected, or marked. */
  readonly since: Date;
  /** By another application, afterwards. */
  readonly interviewedSince: Date | null;
  readonly hiredSince: Date | null;
}

export interface MedallistPage {
  /** The latest first. */
  readonly medallists: readonly SilverMedallist[];
  readonly nextCursor: string | null;
}

interface Row {
  id: string;
  candidate_id: string;
  application_id: string | null;
  stage: RejectedFrom | null;
  reason: string | null;
  role: string | null;
  requisition_id: string | null;
  since: Date;
  interviewed_since: Date | null;
  hired_since: Date | null;
}

/** Of each person, what was said last, under whichever of their ids. */
const said = `
  SELECT DISTINCT ON (person_id) coalesce(alias.person_id, mark.candidate_id) AS person_id, mark.*
  FROM read.silver_medallist_marks mark LEFT JOIN read.funnel_aliases alias USING (candidate_id)
  ORDER BY person_id, said_at DESC, mark.candidate_id`;

/**
 * Whoever was rejected from one of the stages, since they were last unmarked if they were; and whoever is marked. What
 * came later counts only where dates are known. Whatever was recorded under any id of a person counts for them.
 */
const medallists = `
  WITH said AS MATERIALIZED (${said})
  SELECT m.*, later.interviewed_since, later.hired_since FROM (
    SELECT r.*, coalesce(alias.person_id, a.candidate_id) AS candidate_id, a.application_id, a.rejection_reason AS reason, a.role,
      a.role_words, a.requisition_id, a.rejected_at AS since, a.application_id AS id
    FROM read.funnel_applications a
    LEFT JOIN read.funnel_aliases alias ON alias.candidate_id = a.candidate_id
    CROSS JOIN LATERAL (SELECT CASE WHEN a.offered_at IS NOT NULL THEN 'offered' WHEN a.interviewed_at IS NOT NULL THEN 'interviewed'
      WHEN a.screened_at IS NOT NULL THEN 'screened' ELSE 'applied' END AS stage) r
    LEFT JOIN said u ON u.person_id = coalesce(alias.person_id, a.candidate_id) AND NOT u.marked
    WHERE a.rejected_at IS NOT NULL AND r.stage = ANY($1::text[]) AND (u.said_at IS NULL OR a.rejected_at > u.said_at)
    UNION ALL
    SELECT NULL, person_id, NULL, NULL, role, role_words, requisition_id, said_at, person_id FROM said WHERE marked
  ) m
  CROSS JOIN LATERAL (
    SELECT min(LEAST(o.interviewed_at, o.offered_at, o.hired_at)) AS interviewed_since, min(o.hired_at) AS hired_since
    FROM read.funnel_applications o
    WHERE o.candidate_id = ANY(ARRAY(
        SELECT m.candidate_id UNION SELECT every.candidate_id FROM read.funnel_aliases every WHERE every.person_id = m.candidate_id))
      AND o.application_id IS DISTINCT FROM m.application_id
      AND o.time_precision <> 'unknown' AND LEAST(o.interviewed_at, o.offered_at, o.hired_at) > m.since
  ) later`;

const cursorPattern = /^(\d{1,15})\.([0-9a-f-]{36})$/;

/** A page of the silver medallists. */
export const silverMedallists = async (
  sql: SqlExecutor,
  { stages, title, requisitionId, rediscovered, limit, cursor }: MedallistCriteria,
): Promise<Result<MedallistPage, 'bad-cursor'>> => {
  const from = cursor === undefined ? undefined : cursorPattern.exec(cursor);
  if (from === null) return err('bad-cursor');
  const rows = await sql.query<Row>(
    `SELECT id, candidate_id, application_id, stage, reason, role, requisition_id, since, interviewed_since, hired_since
     FROM (${medallists}) found
     WHERE ($2::text[] IS NULL OR role_words @> $2::text[])
       AND ($3::text IS NULL OR requisition_id = $3)
       AND ($4::boolean IS NULL OR (interviewed_since IS NOT NULL) = $4)
       AND ($5::timestamptz IS NULL OR (since, id) < ($5::timestamptz, $6::uuid))
     ORDER BY since DESC, id DESC LIMIT $7`,
    [
      stages,
      title === undefined ? null : titleWords(title),
      requisitionId ?? null,
      rediscovered ?? null,
      from ? new Date(Number(from[1])).toISOString() : null,
      from?.[2] ?? null,
      limit + 1,
    ],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return ok({
    medallists: page.map(toMedallist),
    nextCursor: rows.length > limit && last ? `${last.since.getTime()}.${last.id}` : null,
  });
};

const toMedallist = (row: Row): SilverMedallist => ({
  candidateId: row.candidate_id,
  applicationId: row.application_id,
  stage: row.stage,
  reason: row.reason,
  role: row.role,
  requisitionId: row.requisition_id,
  since: row.since,
  interviewedSince: row.interviewed_since,
  hiredSince: row.hired_since,
});
