import type { SqlExecutor } from '#libs/read-store';
import type { ScoringModel } from '#libs/scoring';

/** A model that a request published, or that was made live. */
export interface PublishedModel {
  readonly version: number;
  readonly model: ScoringModel;
  /** Null for one that came with the program. */
  readonly publishedAt: Date | null;
  readonly publishedBy: string | null;
  readonly publishedPosition: bigint | null;
  /** Of the last time that it was made live. */
  readonly livePosition: bigint | null;
  readonly liveAt: Date | null;
  readonly retiredAt: Date | null;
}

interface ModelRow {
  readonly version: number;
  readonly model: ScoringModel;
  readonly published_at: Date | null;
  readonly published_by: string | null;
  readonly published_position: string | null;
  readonly live_position: string | null;
  readonly live_at: Date | null;
  readonly retired_at: Date | null;
}

const positionOf = (text: string | null): bigint | null => (text === null ? null : BigInt(text));

/** All of them, by version. */
export const publishedModels = async (sql: SqlExecutor): Promise<readonly PublishedModel[]> => {
  const rows = await sql.query<ModelRow>(
    `SELECT version, model, published_at, published_by, published_position, live_position, live_at, retired_at
     FROM read.scoring_models ORDER BY version`,
    [],
    { prepared: true },
  );
  return rows.map((row) => ({
    version: row.version,
    model: row.model,
    publishedAt: row.published_at,
    publishedBy: row.published_by,
    publishedPosition: positionOf(row.published_position),
    livePosition: positionOf(row.live_position),
    liveAt: row.live_at,
    retiredAt: row.retired_at,
  }));
};
