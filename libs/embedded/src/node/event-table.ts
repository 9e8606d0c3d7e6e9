import type pg from 'pg';
import type { StoredRecord } from './record.js';

/** Idempotent; run where nobody reads yet. */
export const createTables = `
CREATE TABLE IF NOT EXISTS events (
  position bigint PRIMARY KEY,
  stream text COLLATE "C" NOT NULL,
  revision bigint NOT NULL,
  event_id uuid NOT NULL,
  type text COLLATE "C" NOT NULL,
  -- the ReadResp message that readers get
  bytes bytea NOT NULL
);
ALTER TABLE events ALTER COLUMN bytes SET STORAGE EXTERNAL;
CREATE UNIQUE INDEX IF NOT EXISTS events_by_stream ON events (stream, revision);
`;

export const COLUMNS = 'position, stream, revision, event_id, type, bytes';

interface Row {
  position: string;
  stream: string;
  revision: string;
  event_id: string;
  type: string;
  bytes: Buffer;
}

const toRecord = (row: Row): StoredRecord => ({
  position: BigInt(row.position),
  stream: row.stream,
  revision: BigInt(row.revision),
  id: row.event_id,
  type: row.type,
  bytes: row.bytes,
});

type Queryable = Pick<pg.ClientBase, 'query'>;

/** Reads of the one table, each a page of bounded size. */
export class EventTable {
  constructor(private readonly db: Queryable | pg.Pool) {}

  /** Right after a position. */
  async allForwards(after: bigint, limit: number): Promise<StoredRecord[]> {
    return this.select('all-forwards', 'position > $1 ORDER BY position LIMIT $2', [after, limit]);
  }

  /** Right before a position; from the end where there's none. */
  async allBackwards(before: bigint | undefined, limit: number): Promise<StoredRecord[]> {
    return before === undefined
      ? this.select('all-from-end', 'true ORDER BY position DESC LIMIT $1', [limit])
      : this.select('all-backwards', 'position < $1 ORDER BY position DESC LIMIT $2', [before, limit]);
  }

  /** From a revision on. */
  async streamForwards(stream: string, from: bigint, limit: number): Promise<StoredRecord[]> {
    const where = 'stream = $1 AND revision >= $2 ORDER BY revision LIMIT $3';
    return this.select('stream-forwards', where, [stream, from, limit]);
  }

  /** From a revision downwards; from the end where there's none. */
  async streamBackwards(stream: string, from: bigint | undefined, limit: number): Promise<StoredRecord[]> {
    return from === undefined
      ? this.select('stream-from-end', 'stream = $1 ORDER BY revision DESC LIMIT $2', [stream, limit])
      : this.select('stream-backwards', 'stream = $1 AND revision <= $2 ORDER BY revision DESC LIMIT $3', [
          stream,
          from,
          limit,
        ]);
  }

  /** The last revision of each stream that has events. */
  async heads(streams: readonly string[]): Promise<Map<string, bigint>> {
    const { rows } = await this.db.query<{ stream: string; revision: string }>({
      name: 'heads',
      text: `SELECT s.stream, e.revision FROM unnest($1::text[]) AS s (stream) CROSS JOIN LATERAL
             (SELECT revision FROM events WHERE stream = s.stream COLLATE "C" ORDER BY revision DESC LIMIT 1) e`,
      values: [streams],
    });
    return new Map(rows.map((row) => [row.stream, BigInt(row.revision)]));
  }

  /** The last revision of a stream; -1 for one without events. */
  async lastRevision(stream: string): Promise<bigint> {
    return (await this.heads([stream])).get(stream) ?? -1n;
  }

  async lastPosition(): Promise<bigint> {
    const { rows } = await this.db.query<{ position: string }>(
      'SELECT position FROM events ORDER BY position DESC LIMIT 1',
    );
    return BigInt(rows[0]?.position ?? 0);
  }

  private async select(name: string, where: string, params: readonly (string | bigint | number)[]) {
    const { rows } = await this.db.query<Row>({
      name,
      text: `SELECT ${COLUMNS} FROM events WHERE ${where}`,
      values: params.map(String),
    });
    return rows.map(toRecord);
  }
}
