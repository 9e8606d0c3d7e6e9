import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { StoredRecord } from './record.js';

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

interface Row {
  position: string;
  stream: string;
  revision: string;
  event_id: string;
  type: string;
  bytes: Buffer;
}

const columns = 'position, stream, revision, event_id, type, bytes';

const toRecord = (row: Row): StoredRecord => ({
  position: BigInt(row.position),
  stream: row.stream,
  revision: BigInt(row.revision),
  id: row.event_id,
  type: row.type,
  bytes: row.bytes,
});

type Queryable = Pick<pg.Pool, 'query'>;

/** Reads of the one table, each a page of bounded size. */
export class EventTable {
  constructor(private readonly db: Queryable) {}

  async allForwards(after: bigint, limit: number): Promise<StoredRecord[]> {
    return this.select('position > $1 ORDER BY position LIMIT $2', [after, limit]);
  }

  async allBackwards(before: bigint | undefined, limit: number): Promise<StoredRecord[]> {
    return before === undefined
      ? this.select('true ORDER BY position DESC LIMIT $1', [limit])
      : this.select('position < $1 ORDER BY position DESC LIMIT $2', [before, limit]);
  }

  async streamForwards(stream: string, from: bigint, limit: number): Promise<StoredRecord[]> {
    return this.select('stream = $1 AND revision >= $2 ORDER BY revision LIMIT $3', [stream, from, limit]);
  }

  async streamBackwards(stream: string, from: bigint | undefined, limit: number): Promise<StoredRecord[]> {
    return from === undefined
      ? this.select('stream = $1 ORDER BY revision DESC LIMIT $2', [stream, limit])
      : this.select('stream = $1 AND revision <= $2 ORDER BY revision DESC LIMIT $3', [stream, from, limit]);
  }

  /** The last revision of each stream that has events. */
  async heads(streams: readonly string[]): Promise<Map<string, bigint>> {
    const { rows } = await this.db.query<{ stream: string; revision: string }>(
      `SELECT s.stream, e.revision FROM unnest($1::text[]) AS s (stream)
       CROSS JOIN LATERAL (SELECT revision FROM events WHERE stream = s.stream COLLATE "C" ORDER BY revision DESC LIMIT 1) e`,
      [streams],
    );
    return new Map(rows.map((row) => [row.stream, BigInt(row.revision)]));
  }

  async lastPosition(): Promise<bigint> {
    const { rows } = await this.db.query<{ position: string }>(
      'SELECT position FROM events ORDER BY position DESC LIMIT 1',
    );
    return BigInt(rows[0]?.position ?? 0);
  }

  async idAt(position: bigint): Promise<string | undefined> {
    const { rows } = await this.db.query<{ event_id: string }>('SELECT event_id FROM events WHERE position = $1', [
      position,
    ]);
    return rows[0]?.event_id;
  }

  private async select(where: string, params: readonly unknown[]): Promise<StoredRecord[]> {
    const { rows } = await this.db.query<Row>({
      text: `SELECT ${columns} FROM events WHERE ${where}`,
      values: params.map(String),
    });
    return rows.map(toRecord);
  }
}

/** COPY pays from about this many rows on. */
const COPY_FROM_ROWS = 64;

/** Writes rows inside the caller's transaction. */
export const insertRecords = async (client: pg.ClientBase, records: readonly StoredRecord[]): Promise<void> => {
  if (records.length >= COPY_FROM_ROWS) {
    const lines = function* (): Generator<string> {
      for (const r of records) {
        yield `${r.position}\t${escape(r.stream)}\t${r.revision}\t${r.id}\t${escape(r.type)}\t\\\\x${r.bytes.toString('hex')}\n`;
      }
    };
    await pipeline(
      Readable.from(lines()),
      (client as pg.Client).query(copyFrom(`COPY events (${columns}) FROM STDIN`)),
    );
    return;
  }
  await client.query(
    `INSERT INTO events (${columns}) SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::uuid[], $5::text[], $6::bytea[])`,
    [
      records.map((r) => r.position.toString()),
      records.map((r) => r.stream),
      records.map((r) => r.revision.toString()),
      records.map((r) => r.id),
      records.map((r) => r.type),
      records.map((r) => r.bytes),
    ],
  );
};

const escape = (text: string): string =>
  text.replace(/[\\\t\n\r]/g, (c) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[c] ?? c);
