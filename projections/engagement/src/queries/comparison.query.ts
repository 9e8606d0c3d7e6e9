import type { Database } from '#libs/read-store';
import { bands, UNITS_PER_POINT, type Band } from '#libs/scoring';
import type { Standings } from '../tables.js';
import { bandSql, heatSql } from './standing-sql.js';

/** Somebody whom two models rank differently. Places count from 1; equal scores share the mean of theirs. */
export interface Mover {
  readonly candidateId: string;
  readonly from: number;
  readonly to: number;
  readonly bandFrom: Band;
  readonly bandTo: Band;
}

/** How two models see the same people at one instant. */
export interface ModelComparison {
  readonly people: number;
  /** Spearman's rank correlation: 1 for the same order. Null where a model has all at one place. */
  readonly correlation: number | null;
  /** How many are in which band by the one and by the other; pairs of bands that nobody is in are left out. */
  readonly crossings: readonly { readonly from: Band; readonly to: Band; readonly people: number }[];
  readonly moved: number;
  /** Furthest first, up or down. */
  readonly movers: readonly Mover[];
}

interface Found {
  readonly people: string;
  readonly correlation: number | null;
  readonly crossings: readonly { from: Band; to: Band; people: number }[] | null;
  readonly moved: string;
  readonly movers: readonly (Omit<Mover, 'candidateId'> & { candidateId: string })[] | null;
}

/** Enough to sort a million in memory. */
const WORK_MEMORY = '128MB';

const scoreSql = (by: Standings, alias: string): string =>
  `round(${heatSql(by, alias, '$1::timestamptz')} * ${UNITS_PER_POINT})::bigint`;

const placeSql = (score: string): string =>
  `rank() OVER (ORDER BY ${score} DESC) + (count(*) OVER (PARTITION BY ${score}) - 1) / 2.0::float8`;

const byBands = (a: { from: Band; to: Band }, b: { from: Band; to: Band }): number =>
  bands.indexOf(a.from) - bands.indexOf(b.from) || bands.indexOf(a.to) - bands.indexOf(b.to);

/**
 * What two models make of everybody with whom anything happened, from the rows by both, at one moment of the database and at an
 * instant from everybody's last signal on. Scores are compared to a billionth of a point.
 */
export const compareModels = async (
  database: Database,
  one: Standings,
  other: Standings,
  { at, limit }: { readonly at: Date; readonly limit: number },
): Promise<ModelComparison> => {
  const [row] = await database.transaction(async (tx) => {
    await tx.query(`SET LOCAL work_mem = '${WORK_MEMORY}'`);
    return tx.query<Found>(
      `WITH scored AS (
         SELECT candidate_id, ${scoreSql(one, 'a')} AS a, ${scoreSql(other, 'b')} AS b,
           ${bandSql('a', '$1::timestamptz')} AS band_a, ${bandSql('b', '$1::timestamptz')} AS band_b
         FROM (SELECT * FROM read.${one.scores.name} WHERE merged_into IS NULL) a
         FULL JOIN (SELECT * FROM read.${other.scores.name} WHERE merged_into IS NULL) b USING (candidate_id)
       ), placed AS MATERIALIZED (
         SELECT candidate_id, band_a, band_b, ${placeSql('a')} AS place_a, ${placeSql('b')} AS place_b FROM scored
       )
       SELECT count(*) AS people, corr(place_a, place_b) AS correlation,
         count(*) FILTER (WHERE place_a <> place_b) AS moved,
         (SELECT json_agg(json_build_object('from', band_a, 'to', band_b, 'people', people))
          FROM (SELECT band_a, band_b, count(*) AS people FROM placed GROUP BY 1, 2) crossed) AS crossings,
         (SELECT json_agg(json_build_object('candidateId', candidate_id, 'from', place_a, 'to', place_b,
            'bandFrom', band_a, 'bandTo', band_b) ORDER BY abs(place_b - place_a) DESC, candidate_id)
          FROM (SELECT * FROM placed WHERE place_a <> place_b
                ORDER BY abs(place_b - place_a) DESC, candidate_id LIMIT $2) furthest) AS movers
       FROM placed`,
      [at, limit],
    );
  });
  return {
    people: Number(row?.people ?? 0),
    correlation: row?.correlation ?? null,
    crossings: (row?.crossings ?? []).toSorted(byBands),
    moved: Number(row?.moved ?? 0),
    movers: row?.movers ?? [],
  };
};
