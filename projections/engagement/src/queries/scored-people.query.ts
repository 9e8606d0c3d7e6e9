import type { SqlExecutor } from '#libs/read-store';

/** So many histories are in memory at once. */
const PAGE = 100;

const FIRST = '00000000-0000-0000-0000-000000000000';

/** All with whom anything happened, in the order of their ids, page by page. */
export async function* everybody(sql: SqlExecutor, page = PAGE): AsyncGenerator<readonly string[]> {
  for (let after = FIRST; ;) {
    const rows = await sql.query<{ candidate_id: string }>(
      'SELECT candidate_id FROM read.engagement_scores WHERE candidate_id > $1 AND merged_into IS NULL ORDER BY candidate_id LIMIT $2',
      [after, page],
    );
    const ids = rows.map(({ candidate_id }) => candidate_id);
    if (ids.length > 0) yield ids;
    const last = ids.at(-1);
    if (last === undefined || ids.length < page) return;
    after = last;
  }
}

/** Some of those with whom anything happened, drawn evenly and always the same, page by page. */
export async function* drawnPeople(sql: SqlExecutor, people: number): AsyncGenerator<readonly string[]> {
  const rows = await sql.query<{ candidate_id: string }>(
    'SELECT candidate_id FROM read.engagement_scores WHERE merged_into IS NULL ORDER BY md5(candidate_id::text), candidate_id LIMIT $1',
    [people],
  );
  const ids = rows.map(({ candidate_id }) => candidate_id);
  for (let from = 0; from < ids.length; from += PAGE) yield ids.slice(from, from + PAGE);
}
