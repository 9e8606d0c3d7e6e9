import { pino } from 'pino';
import { setTimeout as wait } from 'node:timers/promises';
import { startNode } from './server.js';
import { DatabaseInUseError } from './write-connection.js';

/**
 * The node as a process of its own. Environment: `RAPPORT_NODE_DATABASE_URL`, a database of its own;
 * `RAPPORT_NODE_PORT`, 0 or unset takes a free one. Says `{"ready":true,"port":…}` on its standard output and to the
 * process that forked it; ends by SIGTERM, SIGINT, or when that process has gone. Logs JSON lines to standard error.
 */
const STOP_MILLISECONDS = 8_000;

const logger = pino({ name: 'node' }, pino.destination(2));

const refuse = (error: unknown): never => {
  if (error instanceof DatabaseInUseError) logger.fatal(error.message);
  else logger.fatal({ err: error }, 'The event store node could not start.');
  process.exit(1);
};

const stopAsked = new Promise<string>((resolve) => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve(signal));
  process.on('disconnect', () => resolve('disconnect'));
});

const main = async (): Promise<void> => {
  const databaseUrl = process.env['RAPPORT_NODE_DATABASE_URL'];
  const port = Number(process.env['RAPPORT_NODE_PORT'] || 0);
  if (!databaseUrl) throw new Error('RAPPORT_NODE_DATABASE_URL is not set: it names the database of the node.');
  if (!Number.isInteger(port)) throw new Error('RAPPORT_NODE_PORT is not a number.');
  const node = await startNode({ databaseUrl, port, logger, onSuperseded: refuse });
  logger.info({ port: node.port }, 'ready');
  const ready = { ready: true, port: node.port };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
  process.send?.(ready);
  logger.info({ reason: await stopAsked }, 'stopping');
  await Promise.race([node.stop(), wait(STOP_MILLISECONDS)]);
};

await main().catch(refuse);
process.exit(0);
