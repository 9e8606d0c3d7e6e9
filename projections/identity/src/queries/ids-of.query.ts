import { idsOf, peopleOf } from '#libs/identity';
import type { StandingMerge } from '#libs/merging';
import type { SqlExecutor } from '#libs/read-store';

/** What counts: merges decided by an instant, recorded by a position, or what both hold of. */
export interface IdentityMoment {
  readonly at?: Date | undefined;
  readonly position?: bigint | undefined;
}

/** All ids of whoever has this one, the id that they go by first; only this one, if there are no others. */
export const idsOfPerson = async (
  sql: SqlExecutor,
  candidateId: string,
  moment: IdentityMoment = {},
): Promise<readonly string[]> => {
  const isPast = moment.at !== undefined || moment.position !== undefined;
  const merges = isPast ? await pastMerges(sql, candidateId, moment) : await standingMerges(sql, candidateId);
  return idsOf(peopleOf(merges), candidateId);
};

const standingMerges = async (sql: SqlExecutor, candidateId: string): Promise<readonly StandingMerge[]> => {
  const [row] = await sql.query<{ merges: StandingMerge[] }>(
    `SELECT merges FROM read.identity_aliases JOIN read.identity_people USING (person_id) WHERE candidate_id = $1`,
    [candidateId],
    { prepared: true },
  );
  return row?.merges ?? [];
};

interface MergeRow {
  merge_id: string;
  survivor_id: string;
  merged_id: string;
}

/** Of everybody whom any merge ever joined to this one, those that stood then, in their order. */
const pastMerges = async (sql: SqlExecutor, candidateId: string, { at, position }: IdentityMoment) => {
  const rows = await sql.query<MergeRow>(
    `WITH RECURSIVE ever (id) AS (
       VALUES ($1::uuid)
       UNION
       SELECT side.id FROM ever
         JOIN read.identity_merges merge ON merge.survivor_id = ever.id OR merge.merged_id = ever.id
         CROSS JOIN LATERAL (VALUES (merge.survivor_id), (merge.merged_id)) side (id)
     )
     SELECT merge_id, survivor_id, merged_id FROM read.identity_merges
     WHERE survivor_id IN (SELECT id FROM ever)
       AND ($2::timestamptz IS NULL OR merged_at <= $2) AND ($3::bigint IS NULL OR position <= $3)
       AND NOT (undone_position IS NOT NULL
         AND ($2::timestamptz IS NULL OR undone_at <= $2) AND ($3::bigint IS NULL OR undone_position <= $3))
     ORDER BY position`,
    [candidateId, at ?? null, position ?? null],
    { prepared: true },
  );
  return rows.map((row) => ({ mergeId: row.merge_id, survivorId: row.survivor_id, mergedId: row.merged_id }));
};

/** Of those of these who have several ids: the one that they go by. */
export const personIdsOf = async (
  sql: SqlExecutor,
  candidateIds: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const rows = await sql.query<{ candidate_id: string; person_id: string }>(
    `SELECT candidate_id, person_id FROM read.identity_aliases WHERE candidate_id = ANY($1::uuid[])`,
    [candidateIds],
    { prepared: true },
  );
  return new Map(rows.map(({ candidate_id, person_id }) => [candidate_id, person_id]));
};
