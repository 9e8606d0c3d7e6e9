import { encodePosition } from '#libs/kernel';
import { countDeadLetters, readCheckpoints } from '#libs/projecting';
import Table from 'cli-table3';
import { say } from '../../terminal.js';
import { withDatabase } from '../../running/with-database.js';

/** Where each generation of each projection stands. */
export const status = ({ json = false }: { json?: boolean }): Promise<void> =>
  withDatabase(async (database) => {
    const parked = await countDeadLetters(database);
    const stored = (await readCheckpoints(database)).map((row) => ({
      projection: row.projection,
      version: row.version,
      build: row.build,
      generation: row.generation,
      state: row.state,
      reason: row.reason ?? null,
      position: encodePosition(row.position),
      lastEventAt: row.eventAt?.toISOString() ?? null,
      parked: row.generation === 'live' ? (parked.get(row.projection) ?? 0) : 0,
    }));
    if (json) return say(JSON.stringify(stored, null, 2));
    const head = [
      'projection',
      'version',
      'build',
      'generation',
      'state',
      'reason',
      'position',
      'last event',
      'parked',
    ];
    const table = new Table({ head, style: { head: [] } });
    for (const row of stored) table.push(Object.values(row).map((value) => value ?? ''));
    say(table.toString());
  });
