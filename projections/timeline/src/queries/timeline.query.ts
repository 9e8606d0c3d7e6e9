import type { AgentVerdict, ClassificationEvent } from '#libs/candidates';
import { err, ok, type Result } from '#libs/kernel';
import { decodeCursor, encodeCursor, type SqlExecutor } from '#libs/read-store';
import { Type } from 'typebox';

/** Of a date, from 1970. */
const MOST_MILLISECONDS = 8.64e15;

export interface TimelineCriteria {
  /** All ids of one person. */
  readonly candidateIds: readonly string[];
  readonly order: 'newest' | 'oldest';
  /** Only events of these types. */
  readonly types?: readonly string[];
  /** Only what had happened by then. */
  readonly asOf?: Date;
  /** Only what had been recorded by then. */
  readonly asOfPosition?: bigint;
  /** 1 to 200. */
  readonly limit: number;
  readonly cursor?: string;
}

export interface TimelineEntry {
  /** The id that it was recorded for. */
  readonly candidateId: string;
  readonly eventId: string;
  readonly type: string;
  readonly occurredAt: Date;
  readonly timePrecision: string;
  readonly recordedAt: Date;
  readonly position: bigint;
  readonly actor: { readonly kind: string; readonly id: string };
  readonly source: string;
  readonly details: Readonly<Record<string, unknown>>;
  /** What was found out afterwards about who did it; null where nothing was. */
  readonly verdict: TimelineVerdict | null;
}

/** The newest verdict on a fact that counted at the position asked for. */
export interface TimelineVerdict {
  readonly verdict: AgentVerdict;
  readonly classifierVersion: number;
  readonly reasons: readonly string[];
  /** The edition of the lists of networks that were looked at; null where there were none. */
  readonly networks: string | null;
}

export interface TimelinePage {
  readonly items: readonly TimelineEntry[];
  readonly nextCursor: string | null;
}

interface Row {
  candidate_id: string;
  event_id: string;
  type: string;
  occurred_at: Date;
  time_precision: string;
  recorded_at: Date;
  position: string;
  actor_kind: string;
  actor_id: string;
  source: string;
  details: Record<string, unknown>;
  classified: ClassificationEvent['data'] | null;
}

/** Where a page ended: milliseconds since 1970, and a position. */
const edgeSchema = Type.Tuple([
  Type.Integer({ minimum: -MOST_MILLISECONDS, maximum: MOST_MILLISECONDS }),
  Type.String({ pattern: '^\\d{1,19}$' }),
]);

const encode = (row: Row): string => encodeCursor([row.occurred_at.getTime(), row.position]);

/** One page, by the time when things happened; what was recorded later comes later where that's the same. */
export const timelineOf = async (
  sql: SqlExecutor,
  criteria: TimelineCriteria,
): Promise<Result<TimelinePage, 'bad-cursor'>> => {
  const { candidateIds, order, types, asOf, asOfPosition, limit, cursor } = criteria;
  const edge = cursor === undefined ? undefined : decodeCursor(edgeSchema, cursor);
  if (cursor !== undefined && !edge) return err('bad-cursor');
  const [direction, beyond] = order === 'newest' ? ['DESC', '<'] : ['ASC', '>'];
  const rows = await sql.query<Row>(
    `SELECT fact.* FROM unnest($1::uuid[]) AS person (id) CROSS JOIN LATERAL (
     SELECT candidate_id, event_id, type, occurred_at, time_precision, recorded_at, position, actor_kind, actor_id, source,
       details, CASE WHEN details ? 'agent' THEN (
         SELECT later.details FROM read.timeline later
         WHERE later.candidate_id = person.id AND later.type = 'engagement.classified'
           AND later.details->>'eventId' = fact.event_id::text AND ($5::bigint IS NULL OR later.position <= $5)
         ORDER BY later.position DESC LIMIT 1) END AS classified
     FROM read.timeline fact
     WHERE candidate_id = person.id AND ($2::text[] IS NULL OR type = ANY($2))
       AND ($4::timestamptz IS NULL OR occurred_at <= $4) AND ($5::bigint IS NULL OR position <= $5)
       ${edge ? `AND (occurred_at, position) ${beyond} ($6::timestamptz, $7::bigint)` : ''}
     ORDER BY occurred_at ${direction}, position ${direction} LIMIT $3) fact
     ORDER BY occurred_at ${direction}, position ${direction} LIMIT $3`,
    [
      candidateIds,
      types ?? null,
      limit + 1,
      asOf ?? null,
      asOfPosition ?? null,
      ...(edge ? [new Date(edge[0]), edge[1]] : []),
    ],
    { prepared: true },
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return ok({ items: page.map(toEntry), nextCursor: rows.length > limit && last ? encode(last) : null });
};

const toEntry = (row: Row): TimelineEntry => ({
  candidateId: row.candidate_id,
  eventId: row.event_id,
  type: row.type,
  occurredAt: row.occurred_at,
  timePrecision: row.time_precision,
  recordedAt: row.recorded_at,
  position: BigInt(row.position),
  actor: { kind: row.actor_kind, id: row.actor_id },
  source: row.source,
  details: row.details,
  verdict: row.classified && {
    verdict: row.classified.verdict,
    classifierVersion: row.classified.classifierVersion,
    reasons: row.classified.reasons,
    networks: row.classified.networks ?? null,
  },
});
