import { Parameters, readInBatches, type Database } from '#libs/read-store';
import { conditions } from './conditions.js';
import { people, personColumns, toPerson, type Person, type TalentRow } from './person.js';
import type { TalentSearch } from './search-talent.query.js';
import { sortKey } from './sort-key.js';

/** All that a search finds. */
export interface WholeSearch extends Pick<TalentSearch, 'criteria' | 'sort' | 'now' | 'elsewhere'> {
  /** Only these, as a SELECT of `candidate_id`; whichever of their ids somebody goes by. */
  readonly among?: ((p: Parameters) => string) | undefined;
  /** People of a batch. */
  readonly size: number;
  readonly signal: AbortSignal;
  /** How long a batch may wait to be taken. */
  readonly idleMilliseconds: number;
}

const amongSql = (ids: string): string =>
  `t.candidate_id IN (SELECT coalesce(alias.person_id, among.candidate_id) FROM (${ids}) among
     LEFT JOIN read.talent_aliases alias ON alias.candidate_id = among.candidate_id)`;

/**
 * Everybody whom a search finds, in its order, a batch at a time: as they all were when the first batch was read. Somebody without
 * a value to sort by comes last, as on the pages of the search.
 */
export async function* allTalent(
  database: Database,
  { criteria, sort, now, elsewhere, among, ...reading }: WholeSearch,
): AsyncGenerator<Person[], void, undefined> {
  const key = sortKey(sort?.by ?? (criteria.text === undefined ? 'name' : 'relevance'), criteria, elsewhere);
  const descending = sort?.direction === undefined ? key.descending : sort.direction === 'desc';
  const direction = descending ? 'DESC' : 'ASC';
  const p = new Parameters();
  const expression = key.expression(p, now);
  const where = ['true', ...conditions(criteria, { now, elsewhere, p }), ...(among ? [amongSql(among(p))] : [])].join(
    ' AND ',
  );
  const points = key.warmth ? `LEFT JOIN ${key.warmth.table} s ON s.candidate_id = t.candidate_id` : '';
  const sql = `SELECT ${personColumns} FROM ${people} ${points} WHERE ${where}
    ORDER BY ${expression} ${direction} NULLS LAST, ${key.id} ${direction}`;
  for await (const rows of readInBatches<TalentRow>(database, { sql, params: p.values, ...reading }))
    yield rows.map(toPerson);
}
