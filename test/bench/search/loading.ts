import type { StoredEvent } from '#libs/kernel';
import {
  collectNeeds,
  ensureGeneration,
  foldBatch,
  generationTables,
  targetOf,
  type Projection,
  type TableChanges,
  type TableNames,
} from '#libs/projecting';
import { copyIn, identifier, type Database } from '#libs/read-store';
import { personEvents } from './population.js';

const PEOPLE_A_BATCH = 500;

/** What the projection's own fold makes of events of people of whom there's nothing yet. */
export const foldFresh = (projection: Projection, events: readonly StoredEvent[]): TableChanges[] => {
  const nothing = new Map(projection.tables.map(({ name }) => [name, new Map()]));
  const known = events.filter(({ type }) => projection.handlers[type] !== undefined);
  const folded = foldBatch(projection, known, collectNeeds(projection, known), nothing);
  if ('missing' in folded) throw new Error(`${projection.name} asks for rows that cannot be there.`);
  return folded.changes;
};

const tablesOf = ({ version }: Projection): TableNames => generationTables({ version, build: 1 });

interface Index {
  readonly schema: string;
  readonly name: string;
  readonly definition: string;
}

/** Indexes are made once the rows are there: that's several times faster than keeping them up. */
const withoutIndexes = async (
  database: Database,
  tables: readonly string[],
  load: () => Promise<void>,
): Promise<void> => {
  const indexes = await database.query<{ schema: string; name: string; definition: string }>(
    `SELECT n.nspname AS schema, i.relname AS name, pg_get_indexdef(i.oid) AS definition FROM pg_index x
     JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_namespace n ON n.oid = i.relnamespace
     WHERE NOT x.indisprimary AND x.indrelid = ANY($1::text[]::regclass[])`,
    [tables],
  );
  for (const { schema, name } of indexes as readonly Index[])
    await database.query(`DROP INDEX ${identifier(schema)}.${identifier(name)}`);
  await load();
  for (const { definition } of indexes) await database.query(definition);
};

/** Whether an earlier run has loaded so many people into the tables of just these versions. */
export const isLoaded = async (
  database: Database,
  projections: readonly Projection[],
  people: number,
): Promise<boolean> => {
  for (const projection of projections) {
    const [first] = projection.tables;
    if (!first) return false;
    const target = targetOf(tablesOf(projection), first);
    const [found] = await database.query<{ there: boolean }>('SELECT to_regclass($1) IS NOT NULL AS there', [target]);
    if (!found?.there) return false;
    const [row] = await database.query<{ n: string }>(`SELECT count(*) AS n FROM ${target}`);
    if (Number(row?.n) !== people) return false;
  }
  return true;
};

/** Folds so many generated people into the tables of these projections, with COPY. */
export const loadPeople = async (
  database: Database,
  projections: readonly Projection[],
  people: number,
  progress: (loaded: number) => void,
): Promise<void> => {
  for (const projection of projections) await ensureGeneration(database, projection);
  const targets = projections.map((projection) => {
    const names = tablesOf(projection);
    return projection.tables.map((table) => targetOf(names, table));
  });
  await withoutIndexes(database, targets.flat(), async () => {
    for (let from = 0; from < people; from += PEOPLE_A_BATCH) {
      const to = Math.min(people, from + PEOPLE_A_BATCH);
      const events = Array.from({ length: to - from }, (_, i) => personEvents(from + i)).flat();
      await database.transaction(async (tx) => {
        for (const projection of projections) {
          const names = tablesOf(projection);
          for (const { table, adds, puts } of foldFresh(projection, events))
            await copyIn(tx, targetOf(names, table), table, [...adds, ...puts]);
        }
      });
      progress(to);
    }
  });
  for (const target of targets.flat()) await database.query(`VACUUM ANALYZE ${target}`);
};
