import { sqlStateOf, type SqlExecutor } from '#libs/read-store';
import { READ_SCHEMA, targetOf, type TableNames } from '../generations/table-names.js';
import type { Projection } from '../projection.js';

/** The past state was removed meanwhile: it has to be asked for again. */
export class PastStateGoneError extends Error {
  constructor() {
    super('This past state is not kept any more.');
    this.name = 'PastStateGoneError';
  }
}

const tableNamed = new RegExp(`\\b${READ_SCHEMA}\\.([a-z_][a-z0-9_]*)`, 'g');
/** SQLSTATE: no such table, no such schema. */
const GONE = new Set(['42P01', '3F000']);

/**
 * Runs the statements of queries over live read models on a past state of them: every table that a statement names is the
 * past one. One that isn't in it would be read as it is today, which is an error.
 */
export const pastSql = (sql: SqlExecutor, names: TableNames, projections: readonly Projection[]): SqlExecutor => {
  const targets = new Map(
    projections.flatMap(({ tables }) => tables.map((table) => [table.name, targetOf(names, table)] as const)),
  );
  const translated = (statement: string): string =>
    statement.replace(tableNamed, (_, table: string) => {
      const target = targets.get(table);
      if (target === undefined) throw new Error(`A past state has no table ${table}.`);
      return target;
    });
  return {
    // Not prepared: each past state's statements are others, and it's looked into a few times.
    query: async (statement, params) => {
      try {
        return await sql.query(translated(statement), params);
      } catch (error) {
        throw GONE.has(sqlStateOf(error) ?? '') ? new PastStateGoneError() : error;
      }
    },
  };
};
