import type { SqlExecutor } from '#libs/read-store';

/** How many events each projection has set aside, by projection. Those that have none aren't named. */
export const countDeadLetters = async (sql: SqlExecutor): Promise<ReadonlyMap<string, number>> => {
  const rows = await sql.query<{ projection: string; letters: number }>(
    'SELECT projection, count(*)::integer AS letters FROM vault.dead_letters GROUP BY projection',
  );
  return new Map(rows.map(({ projection, letters }) => [projection, letters]));
};
