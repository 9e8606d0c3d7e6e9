import { LEVEL_BITS, longestHalfLifeDays, toUnits, UNITS_PER_POINT, type Band } from '#libs/scoring';
import { levelColumn, type Standings } from '../tables.js';

/**
 * The band at an instant as an SQL expression over a row of scores, for instants from its last signal on.
 * Under a left join, whoever has no row is dormant.
 * @param alias of the table in the statement
 * @param now an expression of the instant, as `$1::timestamptz`
 */
export const bandSql = (alias: string, now: string): string =>
  `CASE WHEN ${now} < ${alias}.hot_until THEN 'hot' WHEN ${now} < ${alias}.warm_until THEN 'warm' ` +
  `WHEN ${now} < ${alias}.dormant_at THEN 'cold' ELSE 'dormant' END`;

/** As a condition: never null, and for hot and warm one that an index can begin at. */
export const inBandSql = (alias: string, band: Band, now: string): string => {
  const over = (column: string): string => `(${alias}.${column} IS NULL OR ${alias}.${column} <= ${now})`;
  const until = (column: string): string => `(${alias}.${column} > ${now} AND ${alias}.${column} IS NOT NULL)`;
  switch (band) {
    case 'hot':
      return until('hot_until');
    case 'warm':
      return `(${until('warm_until')} AND ${over('hot_until')})`;
    case 'cold':
      return `(${until('dormant_at')} AND ${over('warm_until')} AND ${over('hot_until')})`;
    case 'dormant':
      return over('dormant_at');
  }
};

/** Below this, powers of two are nothing; PostgreSQL refuses those that a double can't hold. */
const LOWEST_EXPONENT = -200;

/** Half-lives from the epoch to an instant: computed once a statement, not once a row. */
const halfLivesUntil = (now: string, halfLifeDays: number): string =>
  `(SELECT extract(epoch FROM ${now})::float8 / ${halfLifeDays * 86_400}::float8)`;

/**
 * The score at an instant in points, as a double: what to order by. Exact to about a billionth of a point; whoever has
 * no row scores 0. For instants from the last signal on.
 */
export const heatSql = ({ model, groups }: Standings, alias: string, now: string): string => {
  const parts = groups.map((group) => {
    const cap = model.groups[group]?.cap;
    const halfLifeDays = model.groups[group]?.halfLifeDays ?? 1;
    const level = `${alias}.${levelColumn(group)}::float8 / ${2 ** LEVEL_BITS}::float8`;
    const halfLives = halfLivesUntil(now, halfLifeDays);
    const points = `power(2::float8, greatest(${level} - ${halfLives}, ${LOWEST_EXPONENT}::float8))`;
    const worth = `CASE WHEN ${alias}.${levelColumn(group)} IS NULL THEN 0::float8 ELSE ${points} END`;
    return cap === undefined ? worth : `least(${worth}, ${Number(toUnits(cap)) / UNITS_PER_POINT}::float8)`;
  });
  return `(${parts.join(' + ')})`;
};

/** What rows are in order of by an index, the highest first: nobody further down can score more than `mostSql` says. */
export const ceilingSql = (alias: string): string => `${alias}.ceiling`;

/** What somebody with this ceiling, or a lower one, scores at most, in points. For instants from the last signal on. */
export const mostSql = ({ model }: Standings, alias: string, now: string): string =>
  `power(2::float8, greatest(${alias}.ceiling::float8 / ${2 ** LEVEL_BITS}::float8 - ` +
  `${halfLivesUntil(now, longestHalfLifeDays(model))}, ${LOWEST_EXPONENT}::float8))`;
