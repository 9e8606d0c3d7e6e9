import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { COLUMNS } from './event-table.js';
import type { StoredRecord } from './record.js';

/** COPY pays from about this many rows on. */
const COPY_FROM_ROWS = 64;

const escape = (text: string): string =>
  text.replace(/[\\\t\n\r]/g, (c) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[c] ?? c);

/** In pieces of about this size: a write to the socket for each row cost more than the row. */
const COPY_PIECE_CHARACTERS = 256 * 1024;

const copyLines = function* (records: readonly StoredRecord[]): Generator<string> {
  let piece = '';
  for (const { position, stream, revision, id, type, bytes } of records) {
    piece += `${position}\t${escape(stream)}\t${revision}\t${id}\t${escape(type)}\t\\\\x${bytes.toString('hex')}\n`;
    if (piece.length < COPY_PIECE_CHARACTERS) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
};

/** Stores all records or none: one statement is one transaction, and one round trip. */
export const insertRecords = async (client: pg.Client, records: readonly StoredRecord[]): Promise<void> => {
  if (records.length >= COPY_FROM_ROWS) {
    await pipeline(Readable.from(copyLines(records)), client.query(copyFrom(`COPY events (${COLUMNS}) FROM STDIN`)));
    return;
  }
  await client.query({
    name: 'insert-records',
    text: `INSERT INTO events (${COLUMNS})
           SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::uuid[], $5::text[], $6::bytea[])`,
    values: [
      records.map(({ position }) => position.toString()),
      records.map(({ stream }) => stream),
      records.map(({ revision }) => revision.toString()),
      records.map(({ id }) => id),
      records.map(({ type }) => type),
      records.map(({ bytes }) => bytes),
    ],
  });
};
