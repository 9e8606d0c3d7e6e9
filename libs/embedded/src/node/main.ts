import { pino } from 'pino';
import { DatabaseInUseError } from './event-writer.js';
import { startNode } from './server.js';

/**
 * The node as a process of its own. Environment: `RAPPORT_NODE_DATABASE_URL`, `RAPPORT_NODE_PORT` (0 takes a free one).
 * Says `{"ready":true,"port":…}` on its standard output and to the parent process; ends when the parent has gone.
 */
const logger = pino({ name: 'node' }, pino.destination(2));

const main = async (): Promise<void> => {
  const url = process.env['RAPPORT_NODE_DATABASE_URL'];
  const port = Number(process.env['RAPPORT_NODE_PORT'] ?? 0);
  if (!url) throw new Error('RAPPORT_NODE_DATABASE_URL is not set.');
  const stopAsked = new Promise<string>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve(signal));
    process.on('disconnect', () => resolve('disconnect'));
  });
  const node = await startNode(url, port);
  logger.info({ port: node.port }, 'ready');
  process.stdout.write(`${JSON.stringify({ ready: true, port: node.port })}\n`);
  process.send?.({ ready: true, port: node.port });
  const reason = await stopAsked;
  logger.info({ reason }, 'stopping');
  await node.stop();
};

try {
  await main();
  process.exit(0);
} catch (error) {
  if (error instanceof DatabaseInUseError) logger.fatal(error.message);
  else logger.fatal({ err: error }, 'could not start');
  process.exit(1);
}
