/** Two who were told apart are shown again once they look so much likelier one person: three bits are eight times the odds. */
const NOTABLY_MILLIBITS = 3_000;

const mergedSql = (a: string, b: string): string => `
  EXISTS (
    SELECT FROM read.identity_aliases one JOIN read.identity_aliases other USING (person_id)
    WHERE one.candidate_id = ${a} AND other.candidate_id = ${b})`;

const stillApartSql = (a: string, b: string, millibits: string): string => `
  EXISTS (
    SELECT FROM read.identity_told_apart apart
    WHERE apart.candidate_id = ${a} AND apart.other_id = ${b} AND ${millibits} < apart.millibits + ${NOTABLY_MILLIBITS})`;

/**
 * A condition on a pair: nobody has decided on it, or what's known has changed much since they were told apart.
 *
 * @param a the lower id, @param b the other, @param millibits how likely they look one person now; each as SQL
 */
export const undecidedSql = (a: string, b: string, millibits: string): string =>
  `NOT ${mergedSql(a, b)} AND NOT ${stillApartSql(a, b, millibits)}`;

/** The same of a pair that was told apart, hasn't changed much since, and wasn't merged later. */
const toldApartSql = (a: string, b: string, millibits: string): string =>
  `${stillApartSql(a, b, millibits)} AND NOT ${mergedSql(a, b)}`;

/** What there is to know of decisions on a pair. */
export const pairDecisions = { undecided: undecidedSql, toldApart: toldApartSql };
