import { columnList, sqlStateOf, type SqlExecutor, type TableSpec } from '#libs/read-store';
import type { GenerationId } from '../checkpoints/checkpoint.js';
import type { Projection } from '../projection.js';
import { generationTables, liveTable, targetOf, type TableNames } from './table-names.js';

/** Columns may differ from those of the last generation, which REPLACE refuses; it spares what lies on top of the view. */
const pointView = async (sql: SqlExecutor, names: TableNames, table: TableSpec): Promise<void> => {
  const view = liveTable(table);
  const body = `VIEW ${view} AS SELECT ${columnList(table)} FROM ${targetOf(names, table)}`;
  await sql.query('SAVEPOINT view');
  try {
    await sql.query(`CREATE OR REPLACE ${body}`);
  } catch (error) {
    if (sqlStateOf(error) !== '42P16') throw error;
    await sql.query('ROLLBACK TO SAVEPOINT view');
    await sql.query(`DROP VIEW ${view}`);
    await sql.query(`CREATE ${body}`);
  }
  await sql.query('RELEASE SAVEPOINT view');
};

/** Has queries read these tables from the transaction's commit on. */
export const pointViews = async (sql: SqlExecutor, projection: Projection, id: GenerationId): Promise<void> => {
  for (const table of projection.tables) await pointView(sql, generationTables(id), table);
};
