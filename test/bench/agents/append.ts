import { EventLog } from '#libs/event-store';
import { newId } from '#libs/kernel';
import pg from 'pg';
import { answerAsAgent } from '../run-agent.js';

interface Question {
  readonly to: 'node' | 'postgres';
  readonly url: string;
  readonly inFlight: number;
  readonly events: number;
}

const event = (): { id: string; type: string; data: Record<string, unknown>; metadata: Record<string, unknown> } => ({
  id: newId(),
  type: 'email.opened',
  data: { campaignId: newId(), messageId: newId(), machine: false },
  metadata: {
    $correlationId: newId(),
    $causationId: newId(),
    actor: { kind: 'import', id: 'bench' },
    source: 'bench',
    occurredAt: '2026-05-01T10:00:00.000Z',
    schemaVersion: 1,
    chain: newId().repeat(2),
  },
});

const toNode = (url: string): { append: () => Promise<unknown>; close: () => Promise<unknown> } => {
  const log = new EventLog(url, 'bench');
  return { append: () => log.append(`engagement-${newId()}`, 'no-stream', [event()]), close: () => log.close() };
};

/** A transaction an event, a prepared statement, a connection for each in flight. */
const toPostgres = (url: string, connections: number): ReturnType<typeof toNode> => {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  return {
    append: () => {
      const { id, type, data, metadata } = event();
      return pool.query({
        name: 'append',
        text: 'INSERT INTO bench_events (stream, revision, id, type, bytes) VALUES ($1, 0, $2, $3, $4)',
        values: [`engagement-${newId()}`, id, type, Buffer.from(JSON.stringify({ data, metadata }))],
      });
    },
    close: () => pool.end(),
  };
};

answerAsAgent(async ({ to, url, inFlight, events }: Question) => {
  const target = to === 'node' ? toNode(url) : toPostgres(url, inFlight);
  const many = async (total: number): Promise<void> => {
    let left = total;
    const worker = async (): Promise<void> => {
      while (left-- > 0) await target.append();
    };
    await Promise.all(Array.from({ length: inFlight }, worker));
  };
  // Connections and prepared statements are made before the clock runs.
  await many(inFlight * 4);
  const began = performance.now();
  await many(events);
  const milliseconds = performance.now() - began;
  await target.close();
  return { milliseconds, appended: events + inFlight * 4 };
});
